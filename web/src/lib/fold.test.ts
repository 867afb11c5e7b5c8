// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { fit, fold } from './fold';

test('marks and capitals do not matter, decomposed or not', () => {
  expect(fold('Thị trấn Phó Bảng')).toBe('thi tran pho bang');
  expect(fold('ĐẮK LẮK'.normalize('NFD'))).toBe('dak lak');
});

test('every word must begin a word, in any order', () => {
  expect(fit('bang pho', 'Thị trấn Phó Bảng')).toBeGreaterThan(0);
  expect(fit('anh', 'Thành phố')).toBe(0);
  expect(fit('', 'Thành phố')).toBe(0);
});

test('what is called so comes before what only contains it', () => {
  const names = ['Theo dõi thực hiện', 'Kiểm tra', 'Bảng kiểm tra theo kỳ'];
  const best = (query: string) => [...names].sort((a, b) => fit(query, b) - fit(query, a))[0];
  expect(best('kiem tra')).toBe('Kiểm tra');
  expect(best('theo')).toBe('Theo dõi thực hiện');
  expect(fit('b1', 'B1 Buổi tuyên truyền')).toBeGreaterThan(fit('b1', 'B10 Hòm thư'));
});
