// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { above, cellOf, changes, csvOf, heldStill, inStates, pieces, range, short, withoutEmpty, worst, type Board, type Row } from './rows';

const columns = ['a', 'b'].map((key) => ({ key, kind: 'report', subject: key, period: '2026-Q3', title: { vi: key, en: key } }));
const board = (...rows: Row[]): Board => ({
  as_of: 1, on: '2026-10-01', simulated: true, row_count: rows.length, totals: {}, owed: 0, overdue: 0, columns, states: ['returned', 'late', 'due', 'claimed'], rows,
});
const first: Row = ['vn34:1', 'Xã A', 'Xã A, Tỉnh T', 1, 0, 2, 0, 0, [[1, 41], [2, 3]]];
const second: Row = ['vn34:2', 'Xã B', 'Xã B, Tỉnh T', 0, 0, 1, 0, 0, [0, [3, null, 2]]];

test('a cell is read where it lies', () => {
  const all = board(first, second);
  expect(cellOf(all, first, 0)).toEqual({ state: 'late', days: 41, count: 1 });
  expect(cellOf(all, second, 0)).toBeNull();
  expect(cellOf(all, second, 1)).toEqual({ state: 'claimed', days: null, count: 2 });
  expect(above(first)).toBe('Tỉnh T');
});

test('the worst state of a row is what wants a hand first, or what one column says', () => {
  const all = board(first, second);
  expect([worst(all, first), worst(all, first, 1), worst(all, second, 0)]).toEqual(['late', 'due', null]);
});

test('a column in which nobody owes anything is not shown, but named', () => {
  const all = board(['vn34:1', 'Xã A', 'Xã A, Tỉnh T', 0, 0, 1, 0, 0, [0, [2, 3]]], second);
  const shown = withoutEmpty(all);
  expect(shown.columns.map((column) => column.key)).toEqual(['b']);
  expect(shown.unowed!.map((column) => column.key)).toEqual(['a']);
  expect(shown.rows.map((row) => row[8])).toEqual([[[2, 3]], [[3, null, 2]]]);
  expect(withoutEmpty(board(first, second)).columns.length).toBe(2);
  // Nobody at all is shown: then it is the filter that says so.
  expect(withoutEmpty(board()).columns.length).toBe(2);
});

test('chosen states keep the rows in which something stands so', () => {
  const all = board(first, second);
  expect(inStates(all, all.rows, ['claimed']).map((row) => row[0])).toEqual(['vn34:2']);
  expect(inStates(all, all.rows, []).length).toBe(2);
});

test('a cell that changes is marked in place; rows that would move wait', () => {
  const before = board(first, second);
  const paid: Row = ['vn34:1', 'Xã A', 'Xã A, Tỉnh T', 0, 0, 2, 0, 0, [[3, 41], [2, 3]]];
  expect(changes(before, board(paid, second))).toEqual({ cells: new Set(['vn34:1/0']), moved: false, count: 1 });
  const moved = changes(before, board(second, paid));
  expect(moved.moved).toBe(true);
  expect(heldStill(before, board(second, paid)).rows).toEqual([paid, second]);
  const gone = changes(before, board(second));
  expect([gone.moved, gone.count]).toEqual([true, 1]);
  expect(heldStill(before, board(second)).rows).toEqual([first, second]);
});

test('a list for Excel keeps commas and quotes inside their cells', () => {
  expect(csvOf([['Xã "A", B', 3]])).toBe('\ufeff"Xã ""A"", B",3\r\n');
});

test('ranges and pieces', () => {
  expect(range(5, 3)).toEqual([3, 4, 5]);
  expect(pieces([1, 2, 3], 2)).toEqual([[1, 2], [3]]);
  expect(short('Biểu số 01: Tổ chức')).toBe('Biểu số 01');
});
