// SPDX-License-Identifier: Apache-2.0
// The board's rows as they came, without a copy: 10,035 units × 12 obligations are read where they lie.
import type { State, Wording } from '../lib/types';

/// [place in `states`, days or null], with the count behind where several obligations stand in one cell.
export type CompactCell = 0 | [number, number | null] | [number, number | null, number];
/// [code, name, path, late, done, owed, late below, owed below, cells]
export type Row = [string, string, string, number, number, number, number, number, CompactCell[]];
export interface Column { key: string; kind: string; subject: string; period: string; title: Wording }
export interface Board {
  as_of: number; on: string; simulated: boolean; row_count: number; totals: Record<string, number>; owed: number; overdue: number;
  columns: Column[]; states: State[]; rows: Row[];
  /// What none of the rows owes: no column is spent on it.
  unowed?: Column[];
}
export interface Cell { state: State; days: number | null; count: number }

export const code = (row: Row) => row[0];
export const name = (row: Row) => row[1];
/// The units above, without the own name: "Tỉnh Tuyên Quang".
export const above = (row: Row) => (row[2].startsWith(row[1] + ', ') ? row[2].slice(row[1].length + 2) : row[2] === row[1] ? '' : row[2]);
export const late = (row: Row) => row[3];
export const done = (row: Row) => row[4];
export const owed = (row: Row) => row[5];
export const lateBelow = (row: Row) => row[6];
export const owedBelow = (row: Row) => row[7];

export function cellOf(board: Board, row: Row, column: number): Cell | null {
  const cell = row[8][column];
  return cell ? { state: board.states[cell[0]]!, days: cell[1], count: cell[2] ?? 1 } : null;
}

/// Without the columns in which nothing stands in any row: what only another level owes would stand there empty.
export function withoutEmpty(board: Board): Board {
  const owed = board.columns.map(() => false);
  let missing = owed.length;
  for (const row of board.rows) {
    if (missing === 0) return board;
    row[8].forEach((cell, at) => {
      if (!cell || owed[at]) return;
      owed[at] = true;
      missing -= 1;
    });
  }
  if (missing === 0 || board.rows.length === 0) return board;
  const kept = <T>(all: T[]) => all.filter((_, at) => owed[at]);
  return {
    ...board, columns: kept(board.columns), unowed: board.columns.filter((_, at) => !owed[at]),
    rows: board.rows.map((row) => [...row.slice(0, 8), kept(row[8])] as Row),
  };
}

/// What wants a hand first, in one column or in all: the server lists the states in that order.
export function worst(board: Board, row: Row, column = -1): State | null {
  let least = board.states.length;
  row[8].forEach((cell, at) => {
    if (cell && (column < 0 || at === column)) least = Math.min(least, cell[0]);
  });
  return board.states[least] ?? null;
}

/// Rows in which something stands in one of the states; all of them where none is chosen.
export function inStates(board: Board, rows: Row[], chosen: readonly string[]): Row[] {
  const wanted = new Set(chosen.map((state) => board.states.indexOf(state as State)).filter((at) => at >= 0));
  return wanted.size ? rows.filter((row) => row[8].some((cell) => cell && wanted.has(cell[0]))) : rows;
}

const same = (a: CompactCell | undefined, b: CompactCell | undefined) => a === b || (!!a && !!b && a[0] === b[0] && a[1] === b[1] && a[2] === b[2]);

export interface Change { cells: Set<string>; moved: boolean; count: number }
/// What is new in `after`: the cells that stand otherwise (as "code/column"), and whether rows would come, go or move.
export function changes(before: Board, after: Board): Change {
  const cells = new Set<string>();
  const known = new Map(before.rows.map((row) => [row[0], row]));
  const columns = before.columns.length === after.columns.length && before.columns.every((column, at) => column.key === after.columns[at]!.key);
  let strange = 0;
  for (const row of after.rows) {
    const old = known.get(row[0]);
    if (!old) strange += 1;
    else if (columns) row[8].forEach((cell, at) => !same(old[8][at], cell) && cells.add(`${row[0]}/${at}`));
  }
  const gone = before.rows.length - (after.rows.length - strange);
  const moved = !columns || strange > 0 || gone > 0 || after.rows.some((row, at) => row[0] !== before.rows[at]![0]);
  return { cells, moved, count: cells.size + strange + gone };
}

/// The new values in the old order: who went stands as before, who came waits.
export function heldStill(before: Board, after: Board): Board {
  const fresh = new Map(after.rows.map((row) => [row[0], row]));
  return { ...after, rows: before.rows.map((row) => fresh.get(row[0]) ?? row) };
}

/// A short heading for a narrow column: "Biểu số 01" of "Biểu số 01: Tổ chức, tuyên truyền".
export const short = (title: string) => title.split(':')[0]!;

const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
/// One line a unit and column that is owed, as `phoihop gaps --format csv` lists them; the mark in front tells Excel its letters.
export const csvOf = (lines: (string | number)[][]) => '\ufeff' + lines.map((line) => line.map((text) => quoted(String(text))).join(',')).join('\r\n') + '\r\n';

/// Places from one row to another, both among them, in either direction.
export const range = (from: number, to: number) => Array.from({ length: Math.abs(to - from) + 1 }, (_, i) => Math.min(from, to) + i);
export const pieces = <T>(all: readonly T[], size: number): T[][] => Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
