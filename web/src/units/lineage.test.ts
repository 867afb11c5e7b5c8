// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { lanes, steps, undecided, width } from './lineage';
import type { Link } from './types';

const link = (code: string, more: Partial<Link> = {}): Link => ({
  unit: { code, name: code, level: 'commune' }, on: '2025-07-01', act: '1/NQ', land: 'full', people: 'full', default_heir: true, others: [], ...more,
});

test('links of one act make one step, the newest step first', () => {
  const found = steps([link('a'), link('b'), link('c', { on: '2030-01-01', act: '2/NQ' })]);
  expect(found.map((s) => [s.on, s.links.map((l) => l.unit.code).join()])).toEqual([['2030-01-01', 'c'], ['2025-07-01', 'a,b']]);
});

test('a lane is whole, some or thin by what came along', () => {
  expect(width(link('a'))).toBe('whole');
  expect(width(link('a', { land: 'part' }))).toBe('some');
  expect(width(link('a', { land: 'part', people: 'none' }))).toBe('thin');
});

test('a divided unit without an heir of its figures is undecided, a merged one never', () => {
  const others = [{ ...link('b', { default_heir: false }) }];
  expect(undecided(link('a', { default_heir: false, others }))).toBe(true);
  expect(undecided(link('a', { others }))).toBe(false);
  expect(undecided(link('a', { default_heir: false }))).toBe(false);
});

test('lanes begin at the middle of their rows and meet in the middle of the box', () => {
  const drawn = lanes([40, 60], 100, 80, true);
  expect(drawn.map((l) => l.y)).toEqual([20, 70]);
  expect(drawn[0]!.d).toBe('M0 20.0C40 20.0 40 50.0 80 50.0');
  expect(lanes([40], 100, 80, false)[0]!.d).toBe('M80 50.0C40 50.0 40 50.0 0 50.0');
});
