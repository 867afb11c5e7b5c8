// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { compare, median, minus, percent, percentChange, ranks, ratio, rounded } from './decimal';

test('a difference is exact where a floating number would not be', () => {
  expect(minus('0.3', '0.1')).toBe('0.2');
  expect(minus('9007199254740993', '1')).toBe('9007199254740992');
  expect(minus('1.5', '2')).toBe('-0.5');
  expect(minus('2.50', '2.5')).toBe('0.00');
});

test('rounding goes half away from zero, on both sides of it', () => {
  expect(rounded('2.25', 1)).toBe('2.3');
  expect(rounded('-2.25', 1)).toBe('-2.3');
  expect(rounded('2.249', 1)).toBe('2.2');
  expect(rounded('7', 2)).toBe('7.00');
  expect(ratio('1', '8', 2)).toBe('0.13');
  expect(ratio('-1', '8', 2)).toBe('-0.13');
  expect(ratio('1', '-8', 2)).toBe('-0.13');
});

test('a share and a change in per cent are rounded once, at the end', () => {
  expect(percent('1', '3')).toBe('33.3');
  expect(percent('2', '3')).toBe('66.7');
  expect(percent('0', '3')).toBe('0.0');
  expect(percentChange('1246', '1150')).toBe('8.3');
  expect(percentChange('3120', '312')).toBe('900.0');
  expect(percentChange('90', '100')).toBe('-10.0');
});

test('a change from below zero has the sign of the change', () => {
  expect(percentChange('-5', '-10')).toBe('50.0');
  expect(percentChange('-15', '-10')).toBe('-50.0');
});

test('nothing is divided by zero', () => {
  expect(percent('1', '0')).toBeNull();
  expect(percentChange('5', '0.0')).toBeNull();
});

test('decimals are compared by value, whatever zeros stand behind', () => {
  expect(compare('2.0', '2')).toBe(0);
  expect(compare('-1', '1')).toBe(-1);
  expect(compare('10', '9.99')).toBe(1);
});

test('equal values share a place, the next place is passed over, and what is missing has none', () => {
  expect(ranks(['5', '9', null, '9.0', '', '1'])).toEqual([3, 1, null, 1, null, 4]);
  expect(ranks([])).toEqual([]);
});

test('a median is a value of the list', () => {
  expect(median(['3', '1', '2'])).toBe('2');
  expect(median(['4', '1', '2', '10'])).toBe('2');
  expect(median([])).toBeNull();
});

test('what is no decimal is a mistake of the caller', () => {
  expect(() => compare('1,5', '1')).toThrow(RangeError);
});
