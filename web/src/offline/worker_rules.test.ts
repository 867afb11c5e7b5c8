// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { isKept, network } from './worker_rules';

test('what entry needs is kept on the device, what others decide by is not', () => {
  const report = '/programmes/ctr-07/reports/bm01/2026-Q3/vn34:00745';
  for (const name of ['/session', '/programmes/ctr-07', '/programmes/ctr-07/periods', '/programmes/ctr-07/work', report]) expect(isKept(name), name).toBe(true);
  for (const name of ['/health', '/programmes/ctr-07/board?on=x', '/programmes/ctr-07/checks', '/programmes/ctr-07/events', report + '/draft', '/documents/1'])
    expect(isKept(name), name).toBe(false);
});

const kept = async () => new Response('kept');
const said = async (fetched: Promise<Response>, copy: () => Promise<Response | undefined> = kept) => {
  const { response, fresh } = await network(fetched, copy, 20);
  return `${await response.text()} ${fresh}`;
};

test('the server goes before the copy; a cut line, a gateway without server and a silent line give the copy', async () => {
  expect(await said(Promise.resolve(new Response('server')))).toBe('server true');
  expect(await said(Promise.resolve(new Response('signed out', { status: 401 })))).toBe('signed out true');
  expect(await said(Promise.reject(new TypeError('cut')))).toBe('kept false');
  expect(await said(Promise.resolve(new Response('bad gateway', { status: 502 })))).toBe('kept false');
  expect(await said(new Promise(() => undefined))).toBe('kept false');
});

test('without a copy the line decides, however long it takes', async () => {
  const none = async () => undefined;
  expect(await said(new Promise((done) => setTimeout(done, 60, new Response('late'))), none)).toBe('late true');
  await expect(said(Promise.reject(new TypeError('cut')), none)).rejects.toThrow('cut');
});
