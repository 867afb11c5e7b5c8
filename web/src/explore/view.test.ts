// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { asked, listed, pointed, read, totalOf } from './view';

const own = { indicators: ['B1'], from: '2026-Q3', to: '2026-Q3', units: 'level:province', on: '2026-11-23' };

test('what the address leaves out is the page’s own choice', () => {
  expect(read('', own)).toMatchObject({ ...own, shown: 'value', rows: 'units', view: '', counts: true, explain: '' });
});
test('what the address says stands, and what it cannot say falls back', () => {
  const view = read('?indicators=C2,C8&from=2025-Q1&units=children:vn34:08&show=year&view=maps&rows=villages&counts=off', own);
  expect(view).toMatchObject({ indicators: ['C2', 'C8'], from: '2025-Q1', to: '2026-Q3', units: 'children:vn34:08', shown: 'year', view: 'maps', rows: 'units', counts: false });
});
test('a shelf without indicators stays empty', () => {
  expect(read('?indicators=', own).indicators).toEqual([]);
});
test('the server is asked for one period by its name and for several by their range', () => {
  expect(asked({ ...own, measure: 'received' }).period).toBe('2026-Q3');
  expect(asked({ ...own, from: '2026-Q1', measure: 'received' }).period).toBe('2026-Q1..2026-Q3');
});
test('the total of a level is the nation, of the units below one that unit, and of picked ones none', () => {
  expect(totalOf('level:province')).toBe('nation');
  expect(totalOf('children:vn34:08')).toBe('vn34:08');
  expect(totalOf('under:vn34:08:commune')).toBe('vn34:08');
  expect(totalOf('vn34:08,vn34:01')).toBe('');
  expect(totalOf('nation')).toBe('');
  expect(listed('vn34:08,vn34:01')).toEqual(['vn34:08', 'vn34:01']);
  expect(listed('level:province')).toEqual([]);
});
test('a figure is pointed at by indicator, period and unit', () => {
  expect(pointed('B1|2026-Q3|vn34:08')).toEqual({ indicator: 'B1', period: '2026-Q3', unit: 'vn34:08' });
  expect(pointed('B1|2026-Q3')).toBeNull();
});
