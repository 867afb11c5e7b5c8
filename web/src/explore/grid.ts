// SPDX-License-Identifier: Apache-2.0
// Where the cells of a large grid stand and which of them are in sight: all rows are equally high, all columns equally wide.

export interface Window { first: number; last: number }

/// Items first to last (not `last` itself) are drawn: those in sight and `over` on each side.
export function inSight(count: number, size: number, from: number, length: number, over: number): Window {
  const first = Math.max(0, Math.floor(from / size) - over);
  const last = Math.min(count, Math.ceil((from + length) / size) + over);
  return { first: Math.min(first, count), last: Math.max(last, Math.min(first, count)) };
}

/// What is drawn, and what has the focus though it scrolled away.
export function drawn({ first, last }: Window, kept: number, count: number): number[] {
  const found = Array.from({ length: last - first }, (_, i) => first + i);
  if (kept >= 0 && kept < count && (kept < first || kept >= last)) found.push(kept);
  return found;
}

/// How far to scroll so that an item is whole in sight, `covered` pixels at the beginning being under what sticks there.
export function shown(at: number, size: number, covered: number, from: number, length: number): number {
  const begin = at * size;
  if (begin < from) return begin;
  const room = length - covered;
  return begin + size > from + room ? begin + size - room : from;
}

/// Where a key leads from a cell, by the table of the design: arrows stop at the edge and never wrap.
export function moved(key: string, control: boolean, at: { row: number; column: number }, size: { rows: number; columns: number; page: number }): { row: number; column: number } | null {
  const row = (r: number) => Math.max(0, Math.min(size.rows - 1, r));
  const column = (c: number) => Math.max(0, Math.min(size.columns - 1, c));
  switch (key) {
    case 'ArrowUp': return { row: row(at.row - 1), column: at.column };
    case 'ArrowDown': return { row: row(at.row + 1), column: at.column };
    case 'ArrowLeft': return { row: at.row, column: column(at.column - 1) };
    case 'ArrowRight': return { row: at.row, column: column(at.column + 1) };
    case 'PageUp': return { row: row(at.row - size.page), column: at.column };
    case 'PageDown': return { row: row(at.row + size.page), column: at.column };
    case 'Home': return { row: control ? 0 : at.row, column: 0 };
    case 'End': return { row: control ? size.rows - 1 : at.row, column: size.columns - 1 };
    default: return null;
  }
}

/// A field of a text that a spreadsheet takes: tabs between, quoted where it must be. What begins like a formula and is no
/// number gets an apostrophe, so that no spreadsheet runs it.
export function field(text: string): string {
  const safe = /^[=+@\-−]/.test(text) && !/^[-−+]?[\d.,]+( ?%)?$/.test(text) ? `'${text}` : text;
  return /[\t\n\r"]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
export const tabbed = (rows: readonly (readonly string[])[]) => rows.map((row) => row.map(field).join('\t')).join('\r\n');

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escaped = (text: string) => text.replace(/[&<>"]/g, (c) => entities[c]!);
