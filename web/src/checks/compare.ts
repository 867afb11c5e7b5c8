// SPDX-License-Identifier: Apache-2.0
// How a figure stands to another one. Figures are texts of exact decimals; only where to draw a mark is a float.
import { compare, isZero, magnitude, minus, percentChange, ratio } from '../lib/decimal';
import type { Spread } from './types';

const short = (plain: string) => (plain.includes('.') ? plain.replace(/\.?0+$/, '') : plain);

/// The change from `before` to `now`: nothing where one is missing; 'same'; in percent with one decimal; or as it is, where
/// the base is under ten or the figures are percentages themselves (then in points).
export type Change = { kind: 'same' | 'percent' | 'difference' | 'points'; plain: string };
export function change(before: string, now: string, inPercent = false): Change | null {
  if (before === '' || now === '') return null;
  const difference = minus(now, before);
  if (isZero(difference)) return { kind: 'same', plain: '0' };
  if (inPercent) return { kind: 'points', plain: short(difference) };
  if (compare(magnitude(before), '10') < 0) return { kind: 'difference', plain: short(difference) };
  return { kind: 'percent', plain: short(percentChange(now, before)!) };
}

/// A change that a checker looks at: by half or more of a base of ten or more.
export const isLarge = (c: Change | null) => c?.kind === 'percent' && compare(magnitude(c.plain), '50') >= 0;

/// Much as it was: a unit that is always larger than its peers is no news.
export const isSteady = (c: Change | null) => c?.kind === 'same' || (c?.kind === 'percent' && compare(magnitude(c.plain), '20') < 0);

/// Farther from the middle half of the peers than one and a half times its width, and by more than a trifle.
export function isFar(value: string, spread: Spread | undefined): boolean {
  if (!spread || value === '') return false;
  const { lower_quartile: low, upper_quartile: high } = spread;
  const away = compare(value, low) < 0 ? minus(low, value) : compare(value, high) > 0 ? minus(value, high) : '0';
  const fence = ratio(minus(high, low), '2', places_max, 3n)!;
  return compare(away, fence) > 0 && compare(away, '5') > 0;
}
/// More than any figure has: a half of it is exact.
const places_max = 10;

/// Where value and quartiles lie on a line of 0 to 100, for drawing.
export function marks(value: string, spread: Spread): { low: number; median: number; high: number; value: number | null } {
  const numbers = [spread.lower_quartile, spread.median, spread.upper_quartile].map(Number) as [number, number, number];
  const own = value === '' ? null : Number(value);
  const all = own === null ? numbers : [...numbers, own];
  let from = Math.min(...all);
  let to = Math.max(...all);
  const room = (to - from) * 0.12 || 1;
  from -= room;
  to += room;
  const at = (x: number) => Math.round(((x - from) / (to - from)) * 1000) / 10;
  return { low: at(numbers[0]), median: at(numbers[1]), high: at(numbers[2]), value: own === null ? null : at(own) };
}
