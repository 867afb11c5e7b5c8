// SPDX-License-Identifier: Apache-2.0
// What becomes of what officers paste. Each line is one clipboard: from where, its text (and its HTML where that matters),
// how the desk is set, and what becomes of it, pasted at S1 unless said otherwise.
import { describe, expect, test } from 'vitest';
import { blockOf, copied, tabbed, tableOf } from './clipboard';
import { plan, wantsALook, type Choices, type Grid, type Target } from './paste';

// S1..S4 counts, S5 with two decimals, R1 computed, L1 locked, P1 a percentage.
const rows: Target[] = [
  ...['S1', 'S2', 'S3', 'S4'].map((code): Target => ({ code, kind: 'open', scale: 0, percent: false })),
  { code: 'S5', kind: 'open', scale: 2, percent: false },
  { code: 'R1', kind: 'computed', scale: 1, percent: true },
  { code: 'L1', kind: 'locked', scale: 0, percent: false },
  { code: 'P1', kind: 'open', scale: 1, percent: true },
];
const names = ['Buổi tuyên truyền', 'Lượt người dự', 'Tin, bài', 'Lượt phát thanh', 'Kinh phí', 'Tỷ lệ', 'Khu dân cư', 'Tỷ lệ đăng ký'];
const form: Grid = {
  rows: rows.length,
  cols: 1,
  at: (row) => rows[row],
  plain: (row) => (rows[row]!.code === 'S4' ? '90' : ''),
  rowNamed: (text) => rows.findIndex((r, i) => r.code === text || names[i]!.toLowerCase() === text.toLowerCase()),
};
const batch: Grid = {
  rows: 3,
  cols: 3,
  at: (row, col) => ({ code: `${'ABC'[row]}${col + 1}`, kind: row === 1 ? 'locked' : 'open', scale: 0, percent: false }),
  plain: () => '',
};

interface Case { text?: string; html?: string; language?: 'vi' | 'en'; choices?: Choices; at?: number; into?: Grid }

function outcome({ text = '', html = '', language = 'vi', choices = {}, at = 0, into = form }: Case): string {
  const made = plan(blockOf(text, html), into, { row: at, col: 0 }, language, choices);
  const words = made.cells.map((cell) => {
    if (cell.fate === 'taken') return `${cell.code}=${cell.plain}`;
    return `${cell.code} ${cell.fate}${cell.why ? ' ' + cell.why : ''}`;
  });
  if (made.named) words.unshift('by name');
  if (made.outside) words.push(`${made.outside} outside`);
  if (made.ask) words.push(`ask ${made.ask.about} ×${made.ask.count}${made.ask.vi ? ` “${made.ask.text}” is ${made.ask.vi} or ${made.ask.en}` : ''}`);
  return words.join(', ');
}

const excel = (cells: string) => `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><!--StartFragment--><table>${cells}</table><!--EndFragment--></body></html>`;

describe.each<[source: string, cases: [what: string, clipboard: Case, expected: string][]]>([
  ['Excel set to Vietnamese', [
    ['a column of counts', { text: '1246\r\n52940\r\n3120\r\n' }, 'S1=1246, S2=52940, S3=3120'],
    ['thousands with points', { text: '1.246\r\n52.940\r\n' }, 'S1=1246, S2=52940'],
    ['millions', { text: '1.234.567\r\n' }, 'S1=1234567'],
    ['decimal commas', { text: '1,5\r\n2,25\r\n', at: 3 }, 'S4=1.5, S5=2.25'],
    ['thousands and decimals together', { text: '1.234,50\r\n', at: 4 }, 'S5=1234.5'],
    ['accounting format: padded, with đồng', { text: ' 1.234,00 ₫ \r\n', at: 4 }, 'S5=1234'],
    ['accounting nought, a lone dash', { text: ' -   ₫ \r\n', at: 0 }, 'S1 asked, ask dash ×1'],
    ['a lone dash that is nought', { text: '-\r\n5\r\n', choices: { dash: 'zero' } }, 'S1=0, S2=5'],
    ['a lone dash that is nothing', { text: '-\r\n5\r\n', choices: { dash: 'nothing' } }, 'S1 blank, S2=5'],
    ['a percentage into a percentage', { text: '98,5%\r\n', at: 7 }, 'P1=98.5'],
    ['a percentage into a count', { text: '12%\r\n' }, 'S1 wrong percent'],
    ['parentheses for what is below nought', { text: '(12)\r\n(1.234,5)\r\n', at: 3 }, 'S4=-12, S5=-1234.5'],
    ['a minus behind the figure', { text: '12-\r\n' }, 'S1=-12'],
    ['a date that Excel made of 1/2', { text: '01-Thg2\r\n' }, 'S1 wrong date'],
    ['a date', { text: '16/12/2026\r\n' }, 'S1 wrong date'],
    ['a date with points', { text: '16.12.2026\r\n' }, 'S1 wrong date'],
    ['a column too narrow to show its figure', { text: '####\r\n' }, 'S1 wrong rounded'],
    ['a column too narrow, with the figure behind it', { text: '####\r\n', html: excel('<tr><td x:num="12345">####</td></tr>') }, 'S1=12345'],
    ['a long figure shown in powers of ten', { text: '1,23E+08\r\n' }, 'S1 wrong rounded'],
    ['a formula that failed', { text: '#DIV/0!\r\n#N/A\r\n' }, 'S1 wrong error, S2 wrong error'],
    ['a figure kept as text', { text: "'1246\r\n" }, 'S1=1246'],
    ['a cell with a line break', { text: '"12\n"\r\n13\r\n' }, 'S1=12, S2=13'],
    ['an empty cell between', { text: '12\r\n\r\n13\r\n' }, 'S1=12, S2 blank, S3=13'],
    ['merged cells: the figure stands first', { text: '12\t\r\n\t\r\n13\t\r\n' }, 'S1=12, S2 blank, S3=13'],
    ['the figure that is there already', { text: '90\r\n', at: 3 }, 'S4 same'],
    ['over computed and locked cells', { text: '1\r\n2\r\n3\r\n4\r\n', at: 4 }, 'S5=1, R1 computed, L1 locked, P1=4'],
    ['past the last cell', { text: '1\r\n2\r\n3\r\n', at: 7 }, 'P1=1, 2 outside'],
    ['words', { text: 'không có\r\n12 buổi\r\n' }, 'S1 wrong text, S2 wrong text'],
    ['three decimals that could be thousands', { text: '1,234\r\n' }, 'S1 asked, ask marks ×1 “1,234” is 1.234 or 1234'],
    ['three decimals behind a nought', { text: '0,234\r\n', at: 4 }, 'S5=0.234'],
    ['four digits before the comma', { text: '1234,567\r\n', at: 4 }, 'S5=1234.567'],
  ]],
  ['Excel set to English, desk in Vietnamese', [
    ['thousands with commas: asked once for the block', { text: '1,246\n52,940\n3120\n' }, 'S1 asked, S2 asked, S3=3120, ask marks ×2 “1,246” is 1.246 or 1246'],
    ['the block answered: English marks', { text: '1,246\n52,940\n3120\n', choices: { marks: 'en' } }, 'S1=1246, S2=52940, S3=3120'],
    ['the block answered: Vietnamese marks', { text: '1,246\n2\n', choices: { marks: 'vi' } }, 'S1=1.246, S2=2'],
    ['millions have one reading, their neighbours are asked', { text: '1,234,567\n1,234\n' }, 'S1=1234567, S2 asked, ask marks ×1 “1,234” is 1.234 or 1234'],
    ['a decimal point has one reading', { text: '1.5\n', at: 4 }, 'S5=1.5'],
    ['beside English decimals, 1.234 is in doubt too', { text: '1.234\n2.5\n', at: 3 }, 'S4 asked, S5=2.5, ask marks ×1 “1.234” is 1234 or 1.234'],
    ['dollars', { text: '$1,234.50\n', at: 4 }, 'S5=1234.5'],
    ['a percentage', { text: '98.5%\n', at: 7 }, 'P1=98.5'],
    ['a date', { text: '2-Jan\n12/16/2026\n2026-12-16\n' }, 'S1 wrong date, S2 wrong date, S3 wrong date'],
    ['powers of ten', { text: '1.23E+08\n' }, 'S1 wrong rounded'],
  ]],
  ['Desk in English', [
    ['English thousands are taken', { text: '1,246\n', language: 'en' }, 'S1=1246'],
    ['Vietnamese thousands are asked', { text: '1.246\n', language: 'en' }, 'S1 asked, ask marks ×1 “1.246” is 1246 or 1.246'],
    ['beside Vietnamese decimals, 1,246 is in doubt too', { text: '1,246\n2,5\n', language: 'en', at: 3 }, 'S4 asked, S5=2.5, ask marks ×1 “1,246” is 1.246 or 1246'],
  ]],
  ['LibreOffice', [
    ['the kept value settles the marks', { text: '1,246\n', html: '<table><tr><td align="right" sdval="1246" sdnum="1033;0;#,##0">1,246</td></tr></table>' }, 'S1=1246'],
    ['the kept value of a decimal', { text: '1,246\n', html: '<table><tr><td sdval="1.246" sdnum="1066;">1,246</td></tr></table>', at: 4 }, 'S5=1.246'],
    ['the shown text wins over a longer value behind it', { text: '12\n', html: '<table><tr><td sdval="12.345">12</td></tr></table>' }, 'S1=12'],
    ['a date stays a date, whatever day number is behind it', { text: '16/12/26\n', html: '<table><tr><td sdval="46372">16/12/26</td></tr></table>' }, 'S1 wrong date'],
    ['a lone dash with a nought behind it', { text: '-\n', html: '<table><tr><td sdval="0">-</td></tr></table>' }, 'S1=0'],
    ['thin spaces between thousands', { text: '52\u202f940\n' }, 'S1=52940'],
  ]],
  ['Google Sheets', [
    ['the kept value settles the marks', { text: '1,246', html: '<google-sheets-html-origin><table><tr><td data-sheets-value="{&quot;1&quot;:3,&quot;3&quot;:1246}">1,246</td></tr></table>' }, 'S1=1246'],
  ]],
  ['Web pages and mail', [
    ['only HTML', { html: '<table><tbody><tr><td>12</td></tr><tr><td>1.234</td></tr></tbody></table>' }, 'S1=12, S2=1234'],
    ['non-breaking spaces around and within', { html: '<table><tr><td>&nbsp;52&nbsp;940&nbsp;</td></tr></table>' }, 'S1=52940'],
    ['cells merged downwards', { html: '<table><tr><td rowspan=2>12</td></tr><tr></tr><tr><td>13</td></tr></table>' }, 'S1=12, S2=13'],
    ['text that lost its columns', { text: 'S1\n12\nS2\n13', html: '<table><tr><td>S1</td><td>12</td></tr><tr><td>S2</td><td>13</td></tr></table>' }, 'by name, S1=12, S2=13'],
    ['a typographic minus', { text: '−5\n' }, 'S1=-5'],
    ['a zero-width space and a byte-order mark', { text: '\ufeff12\u200b\n' }, 'S1=12'],
    ['apostrophes between thousands', { text: "52'940\n" }, 'S1=52940'],
    ['one line of text with no end', { text: '12' }, 'S1=12'],
    ['a sentence', { text: 'Kính gửi Ban Chỉ đạo' }, 'S1 wrong text'],
    ['a list with stray spaces', { text: '  12 \n 13\n' }, 'S1=12, S2=13'],
    ['two figures in one cell', { text: '12 34\n' }, 'S1 wrong text'],
  ]],
  ['Tables with their headings', [
    ['codes beside the figures: placed by code', { text: 'S3\t30\nS1\t10\n' }, 'by name, S3=30, S1=10'],
    ['names beside the figures', { text: 'Buổi tuyên truyền\tbuổi\t10\nTin, bài\ttin\t30\n' }, 'by name, S1=10, S3=30'],
    ['names in decomposed Unicode (from a Mac)', { text: 'Buổi tuyên truyền\t10\nTin, bài\t30\n'.normalize('NFD') }, 'by name, S1=10, S3=30'],
    ['a heading row above named rows', { text: 'Chỉ tiêu\tKết quả\nS1\t10\nS2\t20\n' }, 'by name, S1=10, S2=20'],
    ['several columns: which one is asked', { text: '10\t11\n20\t21\n' }, 'ask column ×2'],
    ['several columns: the second', { text: '10\t11\n20\t21\n', choices: { column: 1 } }, 'S1=11, S2=21'],
    ['numbered rows with a word column', { text: 'a\t10\nb\t20\n' }, 'S1=10, S2=20'],
    ['a row of figures into one column', { text: '10\t20\t30\n' }, 'ask column ×3'],
  ]],
  ['A grid of many units', [
    ['a block of rows and columns', { text: '1\t2\n\t\n5\t6\n', into: batch }, 'A1=1, A2=2, B1 blank, B2 blank, C1=5, C2=6'],
    ['over a unit whose report is locked', { text: '1\n2\n3\n', into: batch }, 'A1=1, B1 locked, C1=3'],
    ['wider and longer than the grid', { text: '1\t2\t3\t4\n1\t1\t1\t1\n2\t2\t2\t2\n3\t3\t3\t3\n', into: batch }, 'A1=1, A2=2, A3=3, B1 locked, B2 locked, B3 locked, C1=2, C2=2, C3=2, 7 outside'],
  ]],
])('%s', (_source, cases) => {
  test.each(cases)('%s', (_what, clipboard, expected) => {
    expect(outcome(clipboard)).toBe(expected);
  });
});

test('a plain column is carried out at once; a question, a skipped or wrong cell, a choice of column is shown first', () => {
  const look = (c: Case) => wantsALook(plan(blockOf(c.text ?? '', ''), form, { row: c.at ?? 0, col: 0 }, 'vi', c.choices));
  expect(look({ text: '1\n2\n' })).toBe(false);
  expect([look({ text: '1,234' }), look({ text: 'x' }), look({ text: '1\n2', at: 5 }), look({ text: '1\t2', choices: { column: 0 } }), look({ text: '1\n2', at: 7 })]).toEqual([true, true, true, true, true]);
});

test('quoted fields hold tabs, line ends and quotes; a lone quote is a letter', () => {
  expect(tabbed('"a\tb"\t"c\nd"\t"e""f"\n5"\t6')).toEqual([['a\tb', 'c\nd', 'e"f'], ['5"', '6']]);
  expect(tabbed('"Vì dân" phục vụ\t2')).toEqual([['"Vì dân" phục vụ', '2']]);
});

test('a table of HTML gives its merged cells room, and no script or comment of it', () => {
  const html = '<table><thead><tr><th colspan=2>A &amp; B</th><th>C</th></tr></thead><tr><td>1<!-- 9 --></td><td>2<br>3</td><td><b>4</b></td></tr><script>5</script></table>';
  expect(tableOf(html).map((row) => row.map((c) => c.text))).toEqual([['A & B', '', 'C'], ['1', '2 3', '4']]);
});

test('what is copied from the desk is pasted back as the same figures, in either language', () => {
  const figures = [['1234.5', '−'], ['-7', ''], ['1234', '0.125']];
  for (const from of ['vi', 'en'] as const) {
    const { text, html } = copied(figures.map((row) => [row[0]!]), from);
    for (const to of ['vi', 'en'] as const) expect(outcome({ text, html, language: to, at: 2 })).toBe('S3=1234.5, S4=-7, S5=1234');
  }
  expect(copied(figures, 'vi').text).toBe('1.234,5\t-\r\n-7\t\r\n1.234\t0,125');
});
