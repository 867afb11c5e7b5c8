// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { Cube, Derivation, change, changed, layout, sorted } from './pivot';
import type { Columns } from './types';

const unit = (code: string, level = 'province') => ({ code, name: `Tỉnh ${code}`, level });
const answer = (values: Record<string, (string | null)[]>, notes?: (string | null)[]): Columns => ({
  as_of: 1, on: '2026-09-16', simulated: true, units: [unit('a'), unit('b'), unit('c'), unit('n', 'nation'), unit('n', 'nation')],
  columns: Object.entries(values).map(([key, v]) => ({
    indicator: key.split('|')[0]!, period: key.split('|')[1]!, values: v, reported: v.map((x) => (x ? 1 : 0)), expected: v.map(() => 2),
    ...(notes ? { notes } : {}),
  })),
});
const total = (values: Record<string, string>): Columns => ({
  as_of: 1, on: '2026-09-16', simulated: true, units: [unit('n', 'nation')],
  columns: Object.entries(values).map(([key, v]) => ({ indicator: key.split('|')[0]!, period: key.split('|')[1]!, values: [v], reported: [3], expected: [6] })),
});
const rules = { percentage: (i: string) => i === 'R', sums: (i: string) => i === 'S' };
const now = answer({ 'S|2026-Q3': ['12', '0', '', '3', null], 'R|2026-Q3': ['97.1', '98.5', '', null, null] }, ['', '', 'no_value', 'own', 'undivided']);
const cube = new Cube(now, total({ 'S|2026-Q3': '15', 'R|2026-Q3': '97.5' }));

test('rows of a parent’s own and undivided figures are told from units by their notes', () => {
  expect(cube.rows.map((row) => row.kind)).toEqual(['', '', '', 'own', 'undivided']);
  expect(new Set(cube.rows.map((row) => row.key)).size).toBe(5);
});
test('where no note tells, what was asked for does', () => {
  const silent = new Cube(answer({ 'S|2026-Q3': ['12', '0', '', '', null] }, ['', '', 'no_value', 'no_value', null]), undefined, 'level:province');
  expect(silent.rows.map((row) => row.kind)).toEqual(['', '', '', 'own', 'undivided']);
});
test('zero, missing and not answered are three things', () => {
  expect(cube.at('S', '2026-Q3', cube.rows[1]!)).toMatchObject({ value: '0', expected: 2 });
  expect(cube.at('S', '2026-Q3', cube.rows[2]!)).toMatchObject({ value: '', note: 'no_value' });
  expect(cube.at('S', '2026-Q3', cube.rows[4]!)).toBeNull();
  expect(cube.at('S', '2026-Q2', cube.rows[0]!)).toBeNull();
});
test('the total is the figure that the server gave for the unit above, not a sum of rows', () => {
  expect(cube.at('R', '2026-Q3', cube.total!.row)?.value).toBe('97.5');
});

const members = { units: cube.rows.slice(0, 2), indicators: ['S', 'R'], periods: ['2026-Q2', '2026-Q3'] };
test('units stand on the rows and periods under their indicator on the columns', () => {
  const found = layout(members, 'units', '', '');
  expect(found.rows.map((line) => line.row?.unit.code)).toEqual(['a', 'b']);
  expect(found.columns.map((line) => line.key)).toEqual(['S/2026-Q2', 'S/2026-Q3', 'R/2026-Q2', 'R/2026-Q3']);
  expect(found.span).toBe(2);
});
test('any dimension may stand on the rows, and another on pages of which one is shown', () => {
  expect(layout(members, 'periods', '', '').columns.map((line) => line.key)).toEqual(['a|/S', 'a|/R', 'b|/S', 'b|/R']);
  const paged = layout(members, 'units', 'indicators', 'R');
  expect(paged.columns.map((line) => line.key)).toEqual(['R/2026-Q2', 'R/2026-Q3']);
  expect(layout(members, 'units', 'indicators', 'gone').columns[0]!.key).toBe('S/2026-Q2');
});

test('a change is a difference and a percentage, of a percentage only points, of a small base no percentage', () => {
  expect(change('1246', '1150', false)).toEqual({ value: '96', percent: '8.3' });
  expect(change('98.5', '97.1', true)).toEqual({ value: '1.4', percent: null });
  expect(change('12', '9', false)).toEqual({ value: '3', percent: null });
  expect(change('12', '12', false)).toEqual({ value: '0', percent: null });
  expect(change('12', '', false).why).toBe('no_base');
});
test('a change is reckoned against the period before or the same one last year', () => {
  const before = new Cube(answer({ 'S|2026-Q2': ['20', '0', '1', null, null], 'S|2025-Q3': ['6', '', '', null, null] }));
  expect(new Derivation(cube, before, 'previous', rules).of('S', '2026-Q3', cube.rows[0]!)).toEqual({ value: '-8', percent: '-40.0' });
  expect(new Derivation(cube, before, 'year', rules).of('S', '2026-Q3', cube.rows[0]!)).toEqual({ value: '6', percent: null });
});
test('a share is of the total, and only of what adds up', () => {
  const shares = new Derivation(cube, undefined, 'share', rules);
  expect(shares.of('S', '2026-Q3', cube.rows[0]!).value).toBe('80.0');
  expect(shares.of('R', '2026-Q3', cube.rows[0]!).why).toBe('not_shared');
});
test('a place is one of the units that have a figure', () => {
  const places = new Derivation(cube, undefined, 'rank', rules);
  expect(places.of('R', '2026-Q3', cube.rows[1]!)).toEqual({ value: '1', of: 2 });
  expect(places.of('R', '2026-Q3', cube.rows[2]!).value).toBe('');
});

test('sorting puts what has no figure last and leaves a parent’s own rows at the end', () => {
  expect(sorted(cube, cube.rows, 'R|2026-Q3|down').map((row) => row.key)).toEqual(['b|', 'a|', 'c|', 'n|own', 'n|undivided']);
  expect(sorted(cube, cube.rows, 'R|2026-Q3|up').map((row) => row.key).slice(0, 3)).toEqual(['a|', 'b|', 'c|']);
  expect(sorted(cube, cube.rows, 'X|2026-Q3|up')).toEqual(cube.rows);
});
test('a new answer marks the figures that moved, also in the total', () => {
  const later = new Cube(answer({ 'S|2026-Q3': ['12', '4', '', '3', null], 'R|2026-Q3': ['97.1', '98.5', '', null, null] }, ['', '', 'no_value', 'own', 'undivided']), total({ 'S|2026-Q3': '19', 'R|2026-Q3': '97.5' }));
  expect([...changed(cube, later)].sort()).toEqual(['S|2026-Q3|b|', 'S|2026-Q3|n|total']);
});
