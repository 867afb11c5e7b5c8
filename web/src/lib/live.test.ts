// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { untilMidnight } from './live.svelte';

test('the day changes at midnight in Vietnam, which is 17:00 of universal time', () => {
  expect(untilMidnight(Date.parse('2026-09-16T16:59:00Z'))).toBe(60_000);
  expect(untilMidnight(Date.parse('2026-09-16T17:00:00Z'))).toBe(86_400_000);
});
