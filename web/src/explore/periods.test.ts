// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { firstDay, longer, previous, range, reportPeriods, shifted, yearBefore } from './periods';

test('the period before the first of a year is the last of the year before', () => {
  expect(previous('2026-Q1')).toBe('2025-Q4');
  expect(previous('2026-H1')).toBe('2025-H2');
  expect(previous('2026-M01')).toBe('2025-M12');
  expect(previous('2026')).toBe('2025');
  expect(previous('2026-9M')).toBe('2025-9M');
  expect(shifted('2025-Q4', 2)).toBe('2026-Q2');
});
test('the same period last year has the same number', () => {
  expect(['2026-Q3', '2026-H2', '2026-M07', '2026'].map(yearBefore)).toEqual(['2025-Q3', '2025-H2', '2025-M07', '2025']);
});
test('a range holds both its ends, and nothing when its ends are of two kinds', () => {
  expect(range('2025-Q3', '2026-Q2')).toEqual(['2025-Q3', '2025-Q4', '2026-Q1', '2026-Q2']);
  expect(range('2025-Q3', '2026')).toEqual([]);
  expect(range('2026-Q3', '2026-Q1')).toEqual([]);
  expect(range('once', 'once')).toEqual(['once']);
});
test('quarters make halves, nine months and years', () => {
  const quarters = ['2025-Q4', '2026-Q1', '2026-Q2', '2026-Q3'];
  expect(longer(quarters, 'half_year')).toEqual(['2025-H2', '2026-H1', '2026-H2']);
  expect(longer(quarters, 'year')).toEqual(['2025', '2026']);
  expect(longer(quarters, 'quarter')).toEqual(quarters);
});
test('the reform of 1 July 2025 falls on the first day of a quarter', () => {
  expect(firstDay('2025-Q3')).toBe('2025-07-01');
  expect(firstDay('2025-H2')).toBe('2025-07-01');
});
test('a quarter goes into the reports of its half, nine months and year', () => {
  expect(reportPeriods('2026-Q3')).toEqual(['2026-H2', '2026-9M', '2026']);
  expect(reportPeriods('2026-Q4')).toEqual(['2026-H2', '2026']);
  expect(reportPeriods('2026-H1')).toEqual(['2026-H1', '2026-9M', '2026']);
  expect(reportPeriods('2026')).toEqual(['2026']);
  expect(reportPeriods('once')).toEqual([]);
});
