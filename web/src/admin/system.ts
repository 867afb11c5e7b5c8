// SPDX-License-Identifier: Apache-2.0
// What a person should know of the server's state, the worst first.
import { count, date } from '../lib/i18n.svelte';
import { localDay, moment } from '../lib/moments';
import type { System } from './types';

export interface State { key: string; level: 'good' | 'note' | 'bad'; values: Record<string, string> }
/// Senders that wait for the writer: with more than this, officers wait for seconds.
const many_waiting = 200;
/// Clocks that differ by more than this make deadlines look other than they are.
const clock_ms = 2 * 60_000;

export function statesOf(system: System, here: { secure: boolean; now: number }): State[] {
  const state = (name: string, level: State['level'], values: Record<string, string> = {}): State => ({ key: `${name}.${level}`, level, values });
  const apart = Math.abs(Date.parse(system.machine_now) - here.now) > clock_ms;
  const stands = system.today !== localDay(system.machine_now);
  const all = [
    system.cube.differs ? state('totals', 'bad') : state('totals', 'good', { n: count(system.cube.as_of) }),
    state('queue', system.writer.waiting > many_waiting ? 'note' : 'good', { n: count(system.writer.waiting) }),
    state('secure', here.secure ? 'good' : 'note'),
    stands ? state('day', 'note', { day: date(system.today) }) : apart ? state('clock', 'note', { at: moment(system.machine_now) }) : state('clock', 'good', { at: moment(system.machine_now) }),
    ...(system.demonstration ? [state('demonstration', 'note')] : []),
  ];
  const order = { bad: 0, note: 1, good: 2 };
  return all.sort((a, b) => order[a.level] - order[b.level]);
}
