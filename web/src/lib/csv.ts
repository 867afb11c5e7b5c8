// SPDX-License-Identifier: Apache-2.0
// Lists as files that Excel opens with the right letters.
import { save } from './save';

/// Excel and others take a cell that begins so for a formula; what people typed must not become one.
const guarded = (cell: string) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);

/// Semicolons, as spreadsheets under a Vietnamese locale want, quotes, CRLF; the mark of UTF-8 stands first, or Excel shows Vietnamese letters broken.
export const csvOf = (rows: readonly (readonly string[])[]) =>
  '\ufeff' + rows.map((row) => row.map((cell) => `"${guarded(cell).replaceAll('"', '""')}"`).join(';') + '\r\n').join('');

export function downloadCsv(name: string, rows: readonly (readonly string[])[]) {
  save(new Blob([csvOf(rows)], { type: 'text/csv;charset=utf-8' }), name);
}
