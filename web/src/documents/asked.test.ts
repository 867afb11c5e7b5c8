// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import type { Programme } from '../lib/types';
import { askedReports, documentPeriods } from './asked';

const programme = {
  forms: [
    { code: 'q', source: 'typed', frequency: 'quarter' }, { code: 'y', source: 'typed', frequency: 'year' }, { code: 'm', source: 'module', frequency: 'quarter' },
  ],
} as unknown as Programme;
const told = (period: string) => askedReports(programme, period).map((a) => `${a.form.code} ${a.period}`);

it('a half is made from its quarters, a year from its quarters and the forms of the year', () => {
  expect(told('2026-H1')).toEqual(['q 2026-Q1', 'q 2026-Q2']);
  expect(told('2026-H2')).toEqual(['q 2026-Q3', 'q 2026-Q4', 'y 2026']);
  expect(told('2026')).toEqual(['q 2026-Q1', 'q 2026-Q2', 'q 2026-Q3', 'q 2026-Q4', 'y 2026']);
});
it('halves and years of opened quarters can be reported on, the latest first', () => {
  expect(documentPeriods(['2025-Q4', '2026-Q1', '2026-Q3'])).toEqual(['2026-H2', '2026-H1', '2026', '2025-H2', '2025']);
  expect(documentPeriods([])).toEqual([]);
});
