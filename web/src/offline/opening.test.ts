// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { Report } from '../lib/types';
import type { Kept } from './keeping';
import { opening } from './opening';

const report = (change: Partial<Report>) =>
  ({
    version: 1, cells: { B1: '10' }, comments: {}, draft: null,
    versions: [{ version: 1, at: '2026-09-16T07:21:00Z', actor: 'Công an phường' }], ...change,
  }) as Report;
const draft = (cells: Record<string, string>, based_on = 1, at = '2026-09-16T07:00:00Z') => ({ cells, based_on, at });
const kept = (cells: Record<string, string>, basedOn = 1, seen?: string): Kept => ({ cells, comments: {}, basedOn, at: '2026-09-16T07:10:00Z', ...(seen ? { seen } : {}) });
const said = (of: Report, device?: Kept) => {
  const found = opening(of, device);
  const side = found.contest && `${found.contest.with}: ${found.contest.mine.cells['B1']} or ${found.contest.theirs.cells['B1']}`;
  return `${found.from} ${found.cells['B1']}${side ? ` (${side})` : ''}${found.spent ? ' spent' : ''}`;
};

test('a form opens with what this device has, then with the draft on the server, then with the version sent', () => {
  expect(said(report({}))).toBe('version 10 spent');
  expect(said(report({ draft: draft({ B1: '11' }) }))).toBe('draft 11 spent');
  expect(said(report({}), kept({ B1: '12' }))).toBe('device 12');
});

test('a draft of a version that is no longer current stands against the newer one, wherever it is', () => {
  expect(said(report({ version: 2 }), kept({ B1: '12' }))).toBe('device 12 (version: 12 or 10)');
  expect(said(report({ version: 2, draft: draft({ B1: '11' }) }))).toBe('draft 11 (version: 11 or 10)');
  expect(said(report({ version: 2 }), kept({ B1: '10.0' }))).toBe('version 10 spent');
});

test('two drafts of one person stand against each other unless the one on this device was made from the other', () => {
  const other = draft({ B1: '11' });
  expect(said(report({ draft: other }), kept({ B1: '12' }))).toBe('device 12 (draft: 12 or 11)');
  expect(said(report({ draft: other }), kept({ B1: '12' }, 1, other.at))).toBe('device 12');
  expect(said(report({ draft: other }), kept({ B1: '11' }))).toBe('device 11');
  // The answer to saving 11 was lost, and typing went on.
  expect(said(report({ draft: other }), { ...kept({ B1: '12' }), tried: { B1: '11' } })).toBe('device 12');
});
