// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { apart, classOf, cuts, roundStep, runs, scaleOf, ticks } from './scale';

test('ticks are round numbers that hold all values', () => {
  expect(ticks(0, 97)).toEqual([0, 20, 40, 60, 80, 100]);
  expect(ticks(0, 1246)).toEqual([0, 250, 500, 750, 1000, 1250]);
  expect(ticks(-3, 7)).toEqual([-4, -2, 0, 2, 4, 6, 8]);
  expect(ticks(0, 0.3)).toEqual([0, 0.1, 0.2, 0.3]);
});

test('one value alone has a scale too', () => {
  expect(ticks(0, 0)).toContain(0);
  expect(ticks(5, 5).at(-1)).toBeGreaterThanOrEqual(5);
  expect(scaleOf([], 100).ticks.length).toBeGreaterThan(1);
});

test('bars begin at zero; a line may begin higher when zero is far', () => {
  expect(scaleOf([96, 98], 100).from).toBe(0);
  expect(scaleOf([96, 98], 100, { zero: false }).from).toBe(96);
  expect(scaleOf([10, 98], 100, { zero: false }).from).toBe(0);
});

test('a scale maps its ends to the ends of the drawing', () => {
  const scale = scaleOf([0, 97], 200);
  expect(scale.at(scale.from)).toBe(0);
  expect(scale.at(scale.to)).toBe(200);
  expect(scale.at(50)).toBe(100);
});

test('a step is 1, 2, 2.5 or 5 times a power of ten', () => {
  expect([0.7, 13, 210, 4100].map((span) => roundStep(span, 5))).toEqual([0.2, 5, 50, 1000]);
});

test('classes of a map are cut at round numbers and hold every value', () => {
  const values = [0, 12, 333, 97];
  const bounds = cuts(values);
  expect(bounds).toEqual([100, 200, 300, 400]);
  expect(values.map((v) => classOf(v, bounds))).toEqual([0, 0, 3, 0]);
  expect(cuts([7, 7])).toEqual([7]);
  expect(cuts([])).toEqual([]);
});

test('labels at the end of lines are moved apart in their order', () => {
  expect(apart([50, 52, 10], 16, 0, 100)).toEqual([50, 66, 10]);
  expect(apart([99, 98], 16, 0, 100)).toEqual([100, 84]);
});

test('a line is broken where a period is missing', () => {
  expect(runs([1, 2, null, 4])).toEqual([{ from: 0, points: [1, 2] }, { from: 3, points: [4] }]);
  expect(runs([null])).toEqual([]);
});
