// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { csvOf } from './csv';

test('cells are quoted, letters are marked as UTF-8, and nothing becomes a formula', () => {
  expect(csvOf([['Đơn vị', 'Ghi "chú"'], ['=1+1', 'a,b']])).toBe('\ufeff"Đơn vị";"Ghi ""chú"""\r\n"\'=1+1";"a,b"\r\n');
});
