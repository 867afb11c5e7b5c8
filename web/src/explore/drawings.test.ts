// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { byFigure, focusOf, mapMeasure, painting, reformAt } from './drawings';
import { Cube } from './pivot';

const unit = (code: string) => ({ code, name: `Tỉnh ${code}`, level: 'province' });
const cube = new Cube({
  as_of: 1, on: '2026-09-16', simulated: true, units: [unit('a'), unit('b'), unit('c')],
  columns: [{ indicator: 'S', period: '2026-Q3', values: ['900', '300', ''], reported: [100, 10, 0], expected: [100, 12, 5] }],
});
const before = new Cube({
  as_of: 1, on: '2026-09-16', simulated: true, units: [unit('a'), unit('b'), unit('c')],
  columns: [{ indicator: 'S', period: '2026-Q2', values: ['1000', '300', '4'], reported: [100, 10, 1], expected: [100, 12, 5] }],
});
const words = { name: () => 'Buổi', unit: () => 'buổi', percentage: (i: string) => i === 'R' };

test('the reform is marked where a series crosses it, and nowhere else', () => {
  expect(reformAt(['2025-Q1', '2025-Q2', '2025-Q3'])).toBe(2);
  expect(reformAt(['2025-Q3', '2025-Q4'])).toBe(-1);
  expect(reformAt(['2024-Q1'])).toBe(-1);
});
test('a map divides counts by the reports that they come from, so that a large province is not dark for being large', () => {
  const found = mapMeasure(cube, undefined, 'value', 'S', '2026-Q3', true, words);
  expect(cube.rows.map((row) => found.of(row).value)).toEqual(['9.0', '30.0', '']);
  expect(found.of(cube.rows[0]!).text).toContain('900 buổi');
});
test('a ratio is filled as it is', () => {
  expect(mapMeasure(cube, undefined, 'value', 'S', '2026-Q3', false, words).of(cube.rows[0]!).value).toBe('900');
});
test('a change is filled about zero', () => {
  const found = mapMeasure(cube, before, 'previous', 'S', '2026-Q3', true, words);
  const paint = painting(cube.rows.map((row) => found.of(row).value), true);
  expect(cube.rows.map((row) => found.of(row).value)).toEqual(['-10.0', '0.0', '']);
  expect(cube.rows.map((row) => paint.fill(found.of(row)))).toMatchObject([{ kind: 'diverging', step: expect.any(Number) }, { kind: 'diverging', step: 0 }, { kind: 'missing' }]);
  expect((paint.fill(found.of(cube.rows[0]!)) as { step: number }).step).toBeLessThan(0);
  // Nine classes on both sides of zero, as the legend of a map draws them.
  expect(paint.bounds).toEqual([-10, -7.5, -5, -2.5, 2.5, 5, 7.5, 10]);
});
test('two maps share cuts that hold the figures of both', () => {
  const paint = painting(['9', '30', '71'], false);
  expect(paint.bounds.at(-1)).toBeGreaterThanOrEqual(71);
  expect(paint.fill({ value: '0', text: '' })).toMatchObject({ kind: 'step', step: 0 });
  expect(paint.fill(undefined)).toBeUndefined();
});
test('bars stand in the order of their figures, what has none last', () => {
  expect(byFigure(cube, cube.rows, 'S', '2026-Q3').map((row) => row.unit.code)).toEqual(['a', 'b', 'c']);
});
test('what the address points at is kept while it is there', () => {
  expect(focusOf({ focus: 'S|2026-Q3' }, ['R', 'S'], ['2026-Q2', '2026-Q3'])).toEqual({ indicator: 'S', period: '2026-Q3' });
  expect(focusOf({ focus: 'X|2020-Q3' }, ['R', 'S'], ['2026-Q2', '2026-Q3'])).toEqual({ indicator: 'R', period: '2026-Q3' });
});
