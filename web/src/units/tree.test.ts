// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { above, fold, grow, visible } from './tree';

const tree = grow({
  on: '2025-07-01',
  codes: ['iso:VN', 'vn34:01', 'vn34:00004', 'vn34:00008', 'vn34:08', 'vn34:00745'],
  names: ['Việt Nam', 'Thành phố Hà Nội', 'Phường Ba Đình', 'Phường Ngọc Hà', 'Tỉnh Tuyên Quang', 'Xã Phố Bảng'],
  levels: [0, 1, 3, 3, 1, 3],
  parents: [-1, 0, 1, 1, 0, 4],
});
const names = (rows: number[]) => rows.map((i) => tree.names[i]);

test('names are compared as they are typed without marks', () => {
  expect(fold('  Đồng   Tháp ')).toBe('dong thap');
  expect(fold('Ba Đình')).toBe(fold('Ba Đình'.normalize('NFD')));
});

test('a tree knows how far each branch reaches and each place among its siblings', () => {
  expect([...tree.ends]).toEqual([6, 4, 3, 4, 6, 6]);
  expect([...tree.depths]).toEqual([0, 1, 2, 2, 1, 2]);
  expect([...tree.places]).toEqual([1, 1, 1, 2, 2, 1]);
  expect([...tree.siblings]).toEqual([1, 2, 2, 2, 2, 1]);
});

test('closed branches hide what is below', () => {
  expect(names(visible(tree, new Set([0])))).toEqual(['Việt Nam', 'Thành phố Hà Nội', 'Tỉnh Tuyên Quang']);
  expect(names(visible(tree, new Set([0, 1])))).toEqual(['Việt Nam', 'Thành phố Hà Nội', 'Phường Ba Đình', 'Phường Ngọc Hà', 'Tỉnh Tuyên Quang']);
});

test('what is asked for is shown with what it stands in, open or not', () => {
  expect(names(visible(tree, new Set(), 'pho bang'))).toEqual(['Việt Nam', 'Tỉnh Tuyên Quang', 'Xã Phố Bảng']);
  expect(visible(tree, new Set(), 'khong co')).toEqual([]);
});

test('a node knows its path, a code its node', () => {
  expect(names(above(tree, tree.at('vn34:00745')))).toEqual(['Việt Nam', 'Tỉnh Tuyên Quang']);
  expect(tree.at('vn63:00001')).toBe(-1);
});
