// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { Obligation, State } from '../lib/types';
import { countsOf, groupsOf, marksOf, shown, weekEnd } from './sort';

const today = '2026-09-16'; // a Wednesday
const of = (state: State, due: string): Obligation => ({
  id: 1, kind: 'report', subject: 'bm01', title: { vi: 'Biểu', en: 'Form' }, period: '2026-Q3', unit: { code: 'vn34:00745', name: 'Xã Phố Bảng', level: 'commune' },
  opens: '2026-06-15', due, progress: 'open', timing: 'due', state, days: 0, form: 'bm01', version: 0,
});
const items = [of('returned', '2026-09-10'), of('late', '2026-06-30'), of('due', '2026-09-18'), of('due', '2026-09-21'), of('not_due', '2026-12-16'), of('evidenced', '2026-09-18'), of('claimed', '2026-09-01')];

test('the week ends on Sunday', () => {
  expect(weekEnd(today)).toBe('2026-09-20');
  expect(weekEnd('2026-09-20')).toBe('2026-09-20');
});

test('what was returned or is late comes first, what is done last', () => {
  expect(groupsOf(items, today).map((group) => [group.name, group.items.length])).toEqual([['now', 2], ['week', 1], ['soon', 1], ['later', 1], ['done', 2]]);
  expect(groupsOf([], today)).toEqual([]);
});

test('a count opens exactly what it counts', () => {
  const counts = countsOf(items, today);
  expect(counts).toEqual({ returned: 1, late: 1, week: 1 });
  for (const show of ['returned', 'late', 'week'] as const) expect(shown(items, show, '', today)).toHaveLength(counts[show]);
  expect(shown(items, '', '2026-09-18', today)).toHaveLength(2);
});

test('a day shows its states, the most urgent first', () => {
  expect(marksOf(items, '2026-09-18')).toEqual([{ state: 'due', count: 1 }, { state: 'evidenced', count: 1 }]);
  expect(marksOf(items, '2026-09-17')).toEqual([]);
});
