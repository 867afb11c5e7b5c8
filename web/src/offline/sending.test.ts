// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { Refusal } from '../lib/api';
import { type Waiting, enqueue, follow, meaningOf, pause } from './sending';

const place = { programme: 'ctr-07', form: 'bm01', period: '2026-Q3', unit: 'vn34:00745' };
const waiting = (id: string, change: Partial<Waiting> = {}): Waiting => ({
  id, place, submission: { cells: { B1: id }, based_on: 2 }, made: '2026-09-16T07:00:00Z', tried: false, why: 'line', ...change,
});
const said = (status: number, code: string, body: unknown = null, where = '') => new Refusal(status, code, where, { vi: '', en: '' }, body);

test('only an answer of our server settles a submission; a proxy, a cut line and a fault leave it waiting', () => {
  expect(meaningOf(new TypeError('cut in the body')).kind).toBe('later');
  expect(meaningOf(said(0, 'offline')).kind).toBe('later');
  expect(meaningOf(said(502, 'broken')).kind).toBe('later');
  expect(meaningOf(said(404, 'broken')).kind).toBe('later');
  expect(meaningOf(said(500, 'unsupported')).kind).toBe('later');
  expect(meaningOf(said(429, 'too_many_requests')).kind).toBe('later');
  expect(meaningOf(said(503, 'busy')).kind).toBe('later');
  expect(meaningOf(said(422, 'broken', { verdict: 'refused', findings: [] })).kind).toBe('refused');
  expect(meaningOf(said(409, 'conflict')).kind).toBe('newer');
  expect(meaningOf(said(401, 'not_signed_in')).kind).toBe('signed_out');
  expect(meaningOf(said(403, 'not_allowed', null, 'X-CSRF-Token')).kind).toBe('other_session');
  expect(meaningOf(said(403, 'not_allowed')).kind).toBe('problem');
  expect(meaningOf(said(422, 'unknown_name')).kind).toBe('problem');
});

test('a later submission of a report replaces what was not tried and stands behind what the server may have', () => {
  const other = waiting('o', { place: { ...place, form: 'bm02' } });
  const next = waiting('n');
  expect(enqueue([waiting('a'), other], next).remove.map((one) => one.id)).toEqual(['a']);
  expect(enqueue([waiting('a', { tried: true }), other], next).remove).toEqual([]);
});

test('after the first was taken the next one of the same base is based on it, any other base stays', () => {
  expect(follow(waiting('b'), waiting('a'), 3).submission.based_on).toBe(3);
  const chosen = waiting('b', { submission: { cells: {}, based_on: 7 } });
  expect(follow(chosen, waiting('a'), 3).submission.based_on).toBe(7);
});

test('pauses grow from two seconds to five minutes', () => {
  expect([0, 1, 2, 3, 8, 40].map((tries) => Math.round(pause(tries, 0.5)))).toEqual([2, 4, 8, 16, 300, 300]);
});
