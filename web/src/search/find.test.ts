// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { find, unitsOf, type Thing } from './find';

const things: Thing[] = [
  { group: 'page', key: 'board', name: { vi: 'Theo dõi', en: 'Gap board' }, address: '/ctr-07/board' },
  { group: 'page', key: 'checks', name: { vi: 'Kiểm tra', en: 'Check' }, address: '/ctr-07/checks' },
  { group: 'form', key: 'bm01', code: 'bm01', name: { vi: 'Biểu số 01: Tuyên truyền', en: 'Form 01: Information' } },
  { group: 'indicator', key: 'B1', code: 'B1', name: { vi: 'Buổi tuyên truyền trực tiếp', en: 'Information sessions' } },
  { group: 'indicator', key: 'B10', code: 'B10', name: { vi: 'Hòm thư tố giác', en: 'Letter boxes' } },
  { group: 'action', key: 'dark', name: { vi: 'Nền tối', en: 'Dark theme' }, act: () => undefined },
];
const found = (query: string) => find(query, things).map((thing) => thing.key);

test('marks do not matter and both languages are searched', () => {
  expect(found('theo doi')).toEqual(['board']);
  expect(found('gap')).toEqual(['board']);
  expect(found('tuyen truyen')).toEqual(['bm01', 'B1']);
  expect(found('nen toi')).toEqual(['dark']);
});

test('a code is found first', () => {
  expect(found('b1')[0]).toBe('B1');
  expect(found('bm01')).toEqual(['bm01']);
});

test('an old unit is followed by what it became, each once', () => {
  const heir = { code: 'vn34:00745', name: 'Xã Phố Bảng', level: 'commune', path: 'Xã Phố Bảng, tỉnh Tuyên Quang' };
  const old = { code: 'vn63:00715', name: 'Thị trấn Phó Bảng', level: 'commune', from: '', to: '2025-06-30', became: [heir] };
  expect(unitsOf([old, { ...heir, from: '2025-07-01', to: '', became: [] }]).map(({ unit, heirOf }) => [unit.name, heirOf])).toEqual([
    ['Thị trấn Phó Bảng', ''], ['Xã Phố Bảng', 'Thị trấn Phó Bảng'],
  ]);
});
