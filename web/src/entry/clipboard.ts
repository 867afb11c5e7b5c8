// SPDX-License-Identifier: Apache-2.0
// A block of cells on its way through the clipboard. The plain text is read first, because it is what the officer saw;
// the table of the HTML says only what the text cannot: the figure behind "####", or which of two readings is meant.
import { written, type Language } from '../lib/numbers';

export interface Pasted {
  text: string;
  /// The figure that the sender's program kept behind the text, where it says so.
  exact?: string;
}
export type Block = Pasted[][];

/// Tab-separated text as spreadsheets write it: a quoted field may hold tabs, line ends and doubled quotes.
export function tabbed(text: string): string[][] {
  const rows: string[][] = [[]];
  let field = '';
  let quoted = false;
  const endField = () => {
    rows[rows.length - 1]!.push(field);
    field = '';
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if (quoted) {
      if (c !== '"') field += c;
      else if (text[i + 1] === '"') field += text[++i];
      else quoted = false;
    } else if (c === '"' && field === '' && closes(text, i)) quoted = true;
    else if (c === '\t') endField();
    else if (c === '\n' || c === '\r') {
      if (c === '\r' && text[i + 1] === '\n') i++;
      endField();
      rows.push([]);
    } else field += c;
  }
  endField();
  // Programs end the last row too; the empty row behind it is none.
  if (rows.length > 1 && rows.at(-1)!.join('') === '' && /[\r\n]$/.test(text)) rows.pop();
  return rows;
}

/// Whether the quote at `from` has its twin before the end of a field; else it is an inch mark or a word's own quote.
function closes(text: string, from: number): boolean {
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] !== '"') continue;
    if (text[i + 1] === '"') i++;
    else return i + 1 === text.length || '\t\r\n'.includes(text[i + 1]!);
  }
  return false;
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', minus: '−', ndash: '–', mdash: '—' };
const decoded = (html: string) =>
  html.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, dec?: string, hex?: string, name?: string) => {
    if (name) return entities[name.toLowerCase()] ?? whole;
    const code = dec ? Number(dec) : parseInt(hex ?? '', 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(tag);
  return found ? decoded(found[1] ?? found[2] ?? found[3] ?? '') : undefined;
}

/// The figure that a cell's tag carries: ours, LibreOffice's, Excel's, Google's.
function exactOf(tag: string): string | undefined {
  const google = /"1":3,"3":(-?[\d.]+)[,}]/.exec(attribute(tag, 'data-sheets-value') ?? '')?.[1];
  const found = attribute(tag, 'data-figure') ?? attribute(tag, 'sdval') ?? attribute(tag, 'x:num') ?? google;
  return found !== undefined && /^-?\d+(\.\d+)?$/.test(found) ? found : undefined;
}

/// The cells of the first table of a piece of HTML; a merged cell fills its first place and leaves the others empty.
export function tableOf(html: string): Block {
  const table = /<table[\s\S]*?<\/table\s*>/i.exec(html)?.[0];
  if (!table) return [];
  const rows: Block = [];
  const taken = new Set<string>();
  const parts = table.replace(/<!--[\s\S]*?-->|<(style|script)[\s\S]*?<\/\1\s*>/gi, '').split(/(?=<t[rdh][\s>])/i);
  for (const part of parts) {
    const tag = /^<(t[rdh])(?:\s[^>]*)?>/i.exec(part);
    if (!tag) continue;
    if (tag[1]!.toLowerCase() === 'tr') {
      rows.push([]);
      continue;
    }
    if (rows.length === 0) rows.push([]);
    const r = rows.length - 1;
    const row = rows[r]!;
    while (taken.has(`${r} ${row.length}`)) row.push({ text: '' });
    const span = (name: string) => Math.min(Math.max(Number(attribute(tag[0], name) ?? 1) || 1, 1), 1000);
    const [width, height] = [span('colspan'), span('rowspan')];
    const at = row.length;
    for (let dr = 1; dr < height; dr++) for (let dc = 0; dc < width; dc++) taken.add(`${r + dr} ${at + dc}`);
    const text = decoded(part.slice(tag[0].length).replace(/<\/t[rdh][\s\S]*$/i, '').replace(/\s+/g, ' ').replace(/<br\s*\/?>/gi, ' ').replace(/<[^>]*>/g, ''));
    const exact = exactOf(tag[0]);
    row.push(exact === undefined ? { text: text.trim() } : { text: text.trim(), exact });
    for (let dc = 1; dc < width; dc++) row.push({ text: '' });
  }
  return rows.filter((row) => row.length > 0);
}

/// What was copied, as a rectangle of texts. Empty rows and columns around it are left out.
export function blockOf(text: string, html: string): Block {
  const table = html ? tableOf(html) : [];
  let block: Block = table;
  if (text.trim() !== '') {
    const rows = tabbed(text.normalize('NFC'));
    const same = table.length === rows.length && rows.every((row, r) => row.length === table[r]!.length);
    // Browsers write a table's text in their own ways; where it has lost the columns, the table is what was copied.
    const lost = !same && table.length > 1 && !text.includes('\t') && table.some((row) => row.length > 1);
    if (!lost)
      block = rows.map((row, r) => row.map((cell, c) => {
        const exact = same ? table[r]![c]!.exact : undefined;
        return exact === undefined ? { text: cell } : { text: cell, exact };
      }));
  }
  return trimmed(block);
}

const blank = (cell: Pasted | undefined) => !cell || cell.text.replace(/[\s\u00a0\u200b\ufeff]/g, '') === '';

function trimmed(block: Block): Block {
  const rows = [...block];
  while (rows.length > 1 && rows.at(-1)!.every(blank)) rows.pop();
  let width = Math.max(...rows.map((row) => row.length), 0);
  while (width > 1 && rows.every((row) => blank(row[width - 1]))) width--;
  return rows.map((row) => Array.from({ length: width }, (_, c) => row[c] ?? { text: '' }));
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);

/// A block for other programs: figures as the language writes them (without the typographic minus, which they do not
/// read), and a table with the exact figure behind each.
export function copied(rows: readonly (readonly string[])[], language: Language): { text: string; html: string } {
  const shown = rows.map((row) => row.map((plain) => written(plain, language).replace('−', '-')));
  const field = (text: string) => (/[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const cell = (text: string, plain: string) => `<td${/^-?\d+(\.\d+)?$/.test(plain) ? ` data-figure="${plain}"` : ''}>${escaped(text)}</td>`;
  return {
    text: shown.map((row) => row.map(field).join('\t')).join('\r\n'),
    html: `<table>${shown.map((row, r) => `<tr>${row.map((text, c) => cell(text, rows[r]![c]!)).join('')}</tr>`).join('')}</table>`,
  };
}
