// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { differences, merged } from './conflict';

const order = ['A1', 'B1', 'B2', 'B3'];

test('only the cells that differ are shown, in the order of the form, empty ones too', () => {
  const found = differences(order, { B1: '1246', A1: '12.50', B3: '7' }, { A1: '12.5', B1: '1240', B2: '3' });
  expect(found.map((one) => `${one.code} ${one.mine || '-'} ${one.theirs || '-'}`)).toEqual(['B1 1246 1240', 'B2 - 3', 'B3 7 -']);
});

test('nothing can be sent until every cell was chosen; then each has its side', () => {
  const mine = { A1: '5', B1: '1246', B3: '7' };
  const found = differences(order, mine, { A1: '5', B1: '1240', B2: '3' });
  expect(merged(mine, found, { B1: 'mine', B2: 'theirs' })).toBeNull();
  expect(merged(mine, found, { B1: 'mine', B2: 'theirs', B3: 'theirs' })).toEqual({ A1: '5', B1: '1246', B2: '3' });
  expect(merged(mine, found, { B1: 'theirs', B2: 'mine', B3: 'mine' })).toEqual({ A1: '5', B1: '1240', B3: '7' });
});
