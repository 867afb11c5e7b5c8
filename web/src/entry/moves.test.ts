// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { downColumn, moved, nextOpen, rectangle, spots } from './moves';

const size = { rows: 4, cols: 3 };
const press = (key: string, row: number, col: number, ctrl = false) => {
  const to = moved({ row, col }, { key, ctrl, shift: false, alt: false }, size, 2);
  return to && [to.row, to.col];
};

test('arrows and page keys move and stop at the edges', () => {
  expect(press('ArrowUp', 0, 1)).toEqual([0, 1]);
  expect(press('ArrowDown', 3, 1)).toEqual([3, 1]);
  expect(press('ArrowRight', 1, 2)).toEqual([1, 2]);
  expect(press('ArrowLeft', 1, 2)).toEqual([1, 1]);
  expect(press('PageDown', 1, 1)).toEqual([3, 1]);
  expect(press('Home', 2, 2)).toEqual([2, 0]);
  expect(press('End', 2, 0, true)).toEqual([3, 2]);
  expect(press('ArrowDown', 0, 1, true)).toEqual([3, 1]);
  expect(press('x', 0, 0)).toBeUndefined();
});

test('Tab goes through the cells that can be filled and leaves behind the last', () => {
  const open = ({ row, col }: { row: number; col: number }) => col === 1 && row !== 2;
  expect(nextOpen({ row: 1, col: 1 }, false, size, open)).toEqual({ row: 3, col: 1 });
  expect(nextOpen({ row: 3, col: 1 }, false, size, open)).toBeUndefined();
  expect(nextOpen({ row: 3, col: 1 }, true, size, open)).toEqual({ row: 1, col: 1 });
  expect(nextOpen({ row: 0, col: 1 }, true, size, open)).toBeUndefined();
});

test('Enter goes down its column over what is locked and stays at the last cell', () => {
  const open = ({ row }: { row: number }) => row !== 1;
  expect(downColumn({ row: 0, col: 2 }, false, size, open)).toEqual({ row: 2, col: 2 });
  expect(downColumn({ row: 3, col: 2 }, false, size, open)).toEqual({ row: 3, col: 2 });
  expect(downColumn({ row: 2, col: 2 }, true, size, open)).toEqual({ row: 0, col: 2 });
});

test('a selection is the rectangle between two cells, whichever was first', () => {
  expect([...spots(rectangle({ row: 2, col: 1 }, { row: 1, col: 2 }))].map(({ row, col }) => `${row}${col}`)).toEqual(['11', '12', '21', '22']);
});
