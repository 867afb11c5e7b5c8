// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { iconOf, pathOf } from './icons';

test('an icon becomes one path, its circles too', () => {
  expect(pathOf('<svg><path d="m1 2 3 4" /><circle cx="12" cy="12" r="10" /></svg>')).toBe('M1 2l 3 4M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0');
});

test('the triangle keeps its sides: what follows a first small m goes on relatively', () => {
  expect(iconOf.late.startsWith('M21.73 18l-8-14a2 2')).toBe(true);
  expect(pathOf('<svg><path d="m21 18a2 2 0 0 1 3 3" /></svg>')).toBe('M21 18a2 2 0 0 1 3 3');
});

test('every state has an icon of its own', () => {
  const all = Object.values(iconOf);
  expect(all.every((d) => d.startsWith('M'))).toBe(true);
  expect(new Set(all).size).toBe(9);
});
