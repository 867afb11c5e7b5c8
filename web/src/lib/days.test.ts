// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { addDays, addMonths, daysBetween, typedDay, weekday, weeksOf } from './days';

const read = (text: string) => typedDay(text, '2026-09-16');

test('a day is read as officers write it, the day before the month', () => {
  for (const text of ['5/1/26', '05-01-2026', '5.1.2026', ' 05/01/2026 ', '5 1 2026', '05012026', '5/1', '2026-01-05', '５/１/２６'])
    expect(read(text)).toEqual({ day: '2026-01-05' });
  expect(read('')).toEqual({ day: '' });
});

test('what is no day is said to be none, never turned round', () => {
  for (const text of ['1/13/2026', 'hôm nay', '5/1/6', '32/1/2026', '0/1/2026', '5//1', '5/1/026', '512026']) expect(read(text)).toEqual({ fault: 'form' });
  expect(read('30/2/2026')).toEqual({ fault: 'none', d: 30, month: '2/2026' });
  expect(read('29/2/2028')).toEqual({ day: '2028-02-29' });
});

test('weeks begin on Monday and fill the month with its neighbours', () => {
  const weeks = weeksOf('2026-09');
  expect(weeks[0]).toEqual(['2026-08-31', '2026-09-01', '2026-09-02', '2026-09-03', '2026-09-04', '2026-09-05', '2026-09-06']);
  expect(weeks.at(-1)?.at(-1)).toBe('2026-10-04');
  expect(weeksOf('2027-02').length).toBe(4);
  expect(weekday('2026-09-16')).toBe(2);
});

test('stepping by months stops at a month that is shorter', () => {
  expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
  expect(addMonths('2026-01-31', -2)).toBe('2025-11-30');
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(daysBetween('2026-09-16', '2026-10-01')).toBe(15);
});
