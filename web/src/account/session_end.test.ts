// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { isNear, left, minutes } from './session_end';

const hour = 3600_000;
const idle = 8 * 3600;

test('the end of a session is warned of five minutes before the earliest moment at which it may come', () => {
  const last = 1_000_000_000;
  const earliest = last + 8 * hour - 5 * 60_000;
  expect(isNear(earliest - 5 * 60_000 - 1, last, idle)).toBe(false);
  expect(isNear(earliest - 5 * 60_000, last, idle)).toBe(true);
  expect(minutes(left(earliest - 5 * 60_000, last, idle))).toBe(5);
  expect(left(earliest + 1, last, idle)).toBe(0);
});

test('an API token has no session that ends', () => {
  expect(isNear(9e15, 1, 0)).toBe(false);
});
