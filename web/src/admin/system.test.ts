// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { statesOf } from './system';
import { t } from './texts';
import type { System } from './types';

const at = '2026-10-02T03:00:00.000Z';
const system: System = {
  version: '0.1.0', schema: 900, engine: 'sqlite', as_of: 12, now: at, today: '2026-10-02', machine_now: at, utc_offset_min: 420, secure: false,
  demonstration: false, writer: { waiting: 0, followed: 12 }, streams: 1, cube: { as_of: 12, differs: false, scrub_rounds: 0, scrubbed_periods: 0, filed: 0 },
  units: 4, programmes: [],
};
const here = { secure: true, now: Date.parse(at) };
const keys = (change: Partial<System>, place = here) => statesOf({ ...system, ...change }, place).map((state) => state.key);

test('a server that is well says so of each thing', () => {
  expect(keys({})).toEqual(['totals.good', 'queue.good', 'secure.good', 'clock.good']);
});

test('what is wrong comes first, then what should be known', () => {
  expect(keys({ cube: { ...system.cube, differs: true } }, { secure: false, now: here.now })).toEqual(['totals.bad', 'secure.note', 'queue.good', 'clock.good']);
  expect(keys({ writer: { waiting: 500, followed: 1 } })[0]).toBe('queue.note');
  expect(keys({ today: '2026-09-16' })[0]).toBe('day.note');
  expect(keys({}, { secure: true, now: here.now + 10 * 60_000 })[0]).toBe('clock.note');
  expect(keys({ demonstration: true })[0]).toBe('demonstration.note');
});

test('each state is said in words', () => {
  for (const key of ['totals.good', 'totals.bad', 'queue.good', 'queue.note', 'secure.good', 'secure.note', 'clock.good', 'clock.note', 'day.note', 'demonstration.note'])
    for (const more of ['', '.more']) expect(t.all[`system.${key}${more}`], key).toBeDefined();
});
