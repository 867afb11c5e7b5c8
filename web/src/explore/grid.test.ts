// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { drawn, inSight, moved, shown, tabbed } from './grid';

test('of three thousand rows only those in sight and some beside them are drawn', () => {
  expect(inSight(3321, 32, 32 * 100, 640, 10)).toEqual({ first: 90, last: 130 });
  expect(inSight(5, 32, 0, 640, 10)).toEqual({ first: 0, last: 5 });
  expect(inSight(5, 32, 9000, 640, 10)).toEqual({ first: 5, last: 5 });
});
test('the cell with the focus stays drawn when it scrolls away', () => {
  expect(drawn({ first: 3, last: 5 }, 9, 20)).toEqual([3, 4, 9]);
  expect(drawn({ first: 3, last: 5 }, 4, 20)).toEqual([3, 4]);
  expect(drawn({ first: 3, last: 5 }, -1, 20)).toEqual([3, 4]);
});
test('scrolling brings a cell out from under what sticks, and leaves one in sight alone', () => {
  expect(shown(2, 100, 240, 0, 1000)).toBe(0);
  expect(shown(2, 100, 240, 250, 1000)).toBe(200);
  expect(shown(9, 100, 240, 0, 1000)).toBe(240);
});
test('arrows stop at the edge, Home and End go along the row, with Ctrl to the corners', () => {
  const size = { rows: 10, columns: 4, page: 5 };
  expect(moved('ArrowLeft', false, { row: 0, column: 0 }, size)).toEqual({ row: 0, column: 0 });
  expect(moved('End', false, { row: 2, column: 0 }, size)).toEqual({ row: 2, column: 3 });
  expect(moved('End', true, { row: 2, column: 0 }, size)).toEqual({ row: 9, column: 3 });
  expect(moved('Home', true, { row: 2, column: 3 }, size)).toEqual({ row: 0, column: 0 });
  expect(moved('PageDown', false, { row: 7, column: 3 }, size)).toEqual({ row: 9, column: 3 });
  expect(moved('a', false, { row: 7, column: 3 }, size)).toBeNull();
});
test('copied rows are what a spreadsheet takes, and run no formula', () => {
  expect(tabbed([['Xã "A"', '−1,5', '1.234'], ['=1+1', '+8,3 %', '']])).toBe('"Xã ""A"""\t−1,5\t1.234\r\n\'=1+1\t+8,3 %\t');
});
