// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { iconOf, pathOf } from './icons';

test('an icon becomes one path, its circles too', () => {
  expect(pathOf('<svg><path d="m1 2 3 4" /><circle cx="12" cy="12" r="10" /></svg>')).toBe('M1 2 3 4M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0');
});

test('every state has an icon of its own', () => {
  const all = Object.values(iconOf);
  expect(all.every((d) => d.startsWith('M'))).toBe(true);
  expect(new Set(all).size).toBe(9);
});
