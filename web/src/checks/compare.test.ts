// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { change, isFar, isLarge, isSteady, marks } from './compare';

describe('how a figure stands to another one', () => {
  it('is in percent with one decimal, rounded half away from zero', () => {
    expect(change('312', '3120')).toEqual({ kind: 'percent', plain: '900' });
    expect(change('1150', '1246')).toEqual({ kind: 'percent', plain: '8.3' });
    expect(change('2000', '2001')).toEqual({ kind: 'percent', plain: '0.1' });
    expect(change('2000', '1999')).toEqual({ kind: 'percent', plain: '-0.1' });
    expect(change('90071992547409930', '90071992547409931')).toEqual({ kind: 'percent', plain: '0' });
  });
  it('is a difference where the base is under ten, and points of a percentage', () => {
    expect(change('3', '7')).toEqual({ kind: 'difference', plain: '4' });
    expect(change('0', '0.5')).toEqual({ kind: 'difference', plain: '0.5' });
    expect(change('97.1', '98.5', true)).toEqual({ kind: 'points', plain: '1.4' });
  });
  it('is nothing where a figure is missing, and says when nothing changed', () => {
    expect(change('', '7')).toBeNull();
    expect(change('7', '')).toBeNull();
    expect(change('7.0', '7')).toEqual({ kind: 'same', plain: '0' });
  });
  it('is large from a half on', () => {
    expect(isLarge(change('100', '150'))).toBe(true);
    expect(isLarge(change('100', '149'))).toBe(false);
    expect(isLarge(change('2', '9'))).toBe(false);
  });
});

it('a figure is steady that changed by less than a fifth, of a base of ten or more', () => {
  expect(isSteady(change('100', '119'))).toBe(true);
  expect(isSteady(change('100', '100'))).toBe(true);
  expect(isSteady(change('100', '80'))).toBe(false);
  expect(isSteady(change('3', '4'))).toBe(false);
  expect(isSteady(change('', '4'))).toBe(false);
});

describe('a figure among its peers', () => {
  const spread = { units: 98, lower_quartile: '10', median: '14', upper_quartile: '20' };
  it('is far outside one and a half widths of the middle half', () => {
    expect(isFar('35', spread)).toBe(false);
    expect(isFar('36', spread)).toBe(true);
    expect(isFar('-5', spread)).toBe(false);
    expect(isFar('-6', spread)).toBe(true);
    expect(isFar('35.5', spread)).toBe(true);
    expect(isFar('', spread)).toBe(false);
    expect(isFar('99', undefined)).toBe(false);
  });
  it('is not far by a trifle', () => {
    expect(isFar('6', { units: 9, lower_quartile: '1', median: '1', upper_quartile: '1' })).toBe(false);
    expect(isFar('7', { units: 9, lower_quartile: '1', median: '1', upper_quartile: '1' })).toBe(true);
  });
  it('is drawn inside the line', () => {
    const at = marks('99', spread);
    expect(at.low).toBeLessThan(at.median);
    expect(at.value!).toBeGreaterThan(at.high);
    expect(at.value!).toBeLessThanOrEqual(100);
    expect(marks('', spread).value).toBeNull();
    expect(marks('3', { units: 9, lower_quartile: '3', median: '3', upper_quartile: '3' }).value).toBe(50);
  });
});
