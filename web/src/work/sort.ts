// SPDX-License-Identifier: Apache-2.0
// In which order an officer meets the work, and what stands on which day.
import { addDays, weekday } from '../lib/days';
import type { Obligation, State } from '../lib/types';

export type GroupName = 'now' | 'week' | 'soon' | 'later' | 'done';
export type Show = 'returned' | 'late' | 'week' | '';

export const isDone = (o: Obligation) => ['claimed', 'evidenced', 'done_late', 'excused', 'passed_on'].includes(o.state);
/// The Sunday that ends the week of a day.
export const weekEnd = (today: string) => addDays(today, 6 - weekday(today));

export function groupOf(o: Obligation, today: string): GroupName {
  if (o.state === 'returned' || o.state === 'late') return 'now';
  if (isDone(o)) return 'done';
  if (o.state === 'due') return o.due <= weekEnd(today) ? 'week' : 'soon';
  return 'later';
}

export function groupsOf(items: readonly Obligation[], today: string): { name: GroupName; items: Obligation[] }[] {
  const names: GroupName[] = ['now', 'week', 'soon', 'later', 'done'];
  return names.map((name) => ({ name, items: items.filter((o) => groupOf(o, today) === name) })).filter((group) => group.items.length > 0);
}

/// The counts above the list; each opens its own list.
export function countsOf(items: readonly Obligation[], today: string) {
  return {
    returned: items.filter((o) => o.state === 'returned').length,
    late: items.filter((o) => o.state === 'late').length,
    week: items.filter((o) => groupOf(o, today) === 'week').length,
  };
}
export function shown(items: readonly Obligation[], show: string, day: string, today: string): Obligation[] {
  return items.filter((o) => (!day || o.due === day) && (!show || (show === 'week' ? groupOf(o, today) === 'week' : o.state === show)));
}

const order: State[] = ['returned', 'late', 'due', 'claimed', 'not_due', 'done_late', 'evidenced', 'excused', 'passed_on'];
/// The states of a day's work, the most urgent first, each with its count.
export function marksOf(items: readonly Obligation[], day: string): { state: State; count: number }[] {
  const onDay = items.filter((o) => o.due === day);
  return order.map((state) => ({ state, count: onDay.filter((o) => o.state === state).length })).filter(({ count }) => count > 0);
}
