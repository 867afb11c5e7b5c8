// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { onDay } from './heirs';

const state = (from: string, to: string, code: string) => ({ from, to, code, full_name: '', kind: '', parent: null, act: '' });
const link = (code: string) => ({ unit: { code, name: '', level: 'province' }, on: '2025-07-01', land: '', people: '', default_heir: true, act: '' });

test('a unit that goes on is the same unit under the code of that day', () => {
  const page = { states: [state('', '2025-06-30', 'vn63:04'), state('2025-07-01', '', 'vn34:04')], origins: [], heirs: [] };
  expect(onDay(page, '2026-11-23', '2025-06-30')).toEqual(['vn63:04']);
  expect(onDay(page, '2025-06-30', '2026-11-23')).toEqual(['vn34:04']);
});
test('a new unit came from its origins, an old one became its heirs', () => {
  const young = { states: [state('2025-07-01', '', 'vn34:08')], origins: [link('vn63:02'), link('vn63:08')], heirs: [] };
  expect(onDay(young, '2026-11-23', '2025-06-30')).toEqual(['vn63:02', 'vn63:08']);
  const old = { states: [state('', '2025-06-30', 'vn63:02')], origins: [], heirs: [link('vn34:08')] };
  expect(onDay(old, '2025-06-30', '2026-11-23')).toEqual(['vn34:08']);
});
