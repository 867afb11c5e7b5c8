// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { isOlder, untilMidnight } from './live.svelte';

test('the day changes at midnight in Vietnam, which is 17:00 of universal time', () => {
  expect(untilMidnight(Date.parse('2026-09-16T16:59:00Z'))).toBe(60_000);
  expect(untilMidnight(Date.parse('2026-09-16T17:00:00Z'))).toBe(86_400_000);
});

test('an answer is fetched anew when it is older than the change, or does not say how old it is', () => {
  expect([isOlder({ as_of: 41 }, 42), isOlder({ as_of: 42 }, 42), isOlder({ as_of: 43 }, 42), isOlder({}, 42), isOlder(undefined, 42)]).toEqual([true, false, false, true, true]);
});
