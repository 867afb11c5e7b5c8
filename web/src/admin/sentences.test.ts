// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { kinds, object, verb, verbs } from './sentences';
import { t } from './texts';

const record = {
  sequence: 7, at: '', actor: 'Công an xã Phố Bảng', verb: 'corrected', kind: 'fact', subject: 'fact:1/1/3/12', version: 2, name: '',
  unit: { code: 'vn34:00745', name: 'Xã Phố Bảng', level: 'commune' }, programme: 'ctr-07', period: '2026-Q3', about: 'bm01', hash: '',
};

test('every verb of the journal is said in words', () => {
  for (const kind of kinds) for (const one of verbs[kind] ?? []) expect(t.all[`verb.${kind}.${one}`], `${kind} ${one}`).toBeDefined();
});

test('what a record is about is said by name, period and unit', () => {
  expect(verb(record)).toBe('Gửi bản sửa báo cáo');
  expect(object(record)).toBe('bm01 · Quý III/2026 · Xã Phố Bảng · phiên bản 2');
});

test('a word of a newer program stands as it is', () => {
  expect(verb({ kind: 'fact', verb: 'sealed' })).toBe('sealed');
  expect(object({ ...record, kind: 'seal', about: '', period: '', unit: null, subject: 'seal:1' })).toBe('seal:1');
});
