// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { sliceOf } from './virtual.svelte';

test('only the rows in sight are drawn, with some around them, and the rest is room', () => {
  expect(sliceOf(3321, 32, 3200, 640)).toEqual({ first: 90, last: 130, before: 2880, after: (3321 - 130) * 32 });
  expect(sliceOf(3321, 32, 0, 640).first).toBe(0);
  expect(sliceOf(5, 32, 0, 640)).toEqual({ first: 0, last: 5, before: 0, after: 0 });
  expect(sliceOf(0, 32, 0, 640)).toEqual({ first: 0, last: 0, before: 0, after: 0 });
});

test('a list that became shorter than where it was scrolled to shows its end', () => {
  const slice = sliceOf(12, 32, 9000, 640);
  expect([slice.first, slice.last]).toEqual([2, 12]);
});
