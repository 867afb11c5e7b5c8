// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { localDay, moment } from './moments';

test('a moment is said in local time, across midnight too', () => {
  expect(moment('2026-10-02T03:04:05.000Z')).toBe('10:04, 02/10/2026');
  expect(moment('2026-12-31T17:00:00.000Z', true)).toBe('00:00:00, 01/01/2027');
  expect(moment('')).toBe('');
  expect(localDay('2026-12-31T17:00:00.000Z')).toBe('2027-01-01');
});
