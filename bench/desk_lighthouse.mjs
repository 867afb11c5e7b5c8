// SPDX-License-Identifier: Apache-2.0
// Lighthouse on the desk's pages, in Chromium against a served database. Not a test: it prints what it measured and how busy
// the machine was, which the performance score depends on.
//
//   script/node bench/desk_lighthouse.mjs ADDRESS LOGIN PASSWORD [PERIOD] [UNIT] [PROGRAMME]
//
// Sign-in is looked at before anybody has signed in; the others as LOGIN, whose own report of PERIOD is the entry page. The
// phone is Lighthouse's own (slow line and processor, simulated), the desk its desktop setting.
import { chromium } from 'playwright-core';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse, { desktopConfig } from 'lighthouse';

const [address, login, password, period = '2026-Q3', unit = 'vn34:00745', programme = 'ctr-07'] = process.argv.slice(2);
if (!password) {
  console.error('script/node bench/desk_lighthouse.mjs ADDRESS LOGIN PASSWORD [PERIOD] [UNIT] [PROGRAMME]');
  process.exit(2);
}
const least = 95;
const categories = ['performance', 'accessibility', 'best-practices'];
const pages = [['my work', `/${programme}/work`], ['entry', `/${programme}/reports/bm01/${period}/${unit}`], ['board', `/${programme}/board`], ['explorer', `/${programme}/explore`]];

/// A port that was free a moment ago.
const port = await new Promise((done) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port: free } = server.address();
    server.close(() => done(free));
  });
});
const profile = mkdtempSync(join(tmpdir(), 'desk-lighthouse-'));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', baseURL: address, locale: 'vi-VN',
  args: ['--no-sandbox', '--disable-gpu', `--remote-debugging-port=${port}`],
});
let passed = true;
const notes = new Set();
async function look(name, path) {
  for (const [form, config] of [['phone', undefined], ['desk', desktopConfig]]) {
    const { lhr } = await lighthouse(address + path, { port, onlyCategories: categories, disableStorageReset: true, logLevel: 'error' }, config);
    const scores = categories.map((key) => Math.round((lhr.categories[key]?.score ?? 0) * 100));
    passed &&= scores.every((score) => score >= least);
    console.log(`| ${name} | ${form} | ${scores.join(' | ')} | ${lhr.audits['largest-contentful-paint'].displayValue} | ${lhr.audits['total-blocking-time'].displayValue} | ${lhr.audits['cumulative-layout-shift'].displayValue} |`);
    for (const key of categories)
      for (const { id, weight } of lhr.categories[key].auditRefs) {
        const audit = lhr.audits[id];
        if (weight > 0 && audit.score !== null && audit.score < 0.9) notes.add(`${name}, ${form}: ${audit.title} ${audit.displayValue ?? ''}`);
      }
  }
}
try {
  console.log(`${new Date().toISOString().slice(0, 10)}, load ${loadavg()[0].toFixed(1)}\n`);
  console.log('| page | as | performance | accessibility | best practices | largest paint | blocked | shift |\n| --- | --- | --- | --- | --- | --- | --- | --- |');
  await look('sign-in', '/');
  const signed = await browser.request.post(`${address}/api/v1/session`, { data: { name: login, password } });
  if (!signed.ok()) throw new Error(`${login} may not sign in: ${signed.status()}`);
  for (const [name, path] of pages) await look(name, path);
  console.log(`\nload at the end ${loadavg()[0].toFixed(1)}`);
  for (const note of notes) console.log(`- ${note}`);
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
}
process.exitCode = passed ? 0 : 1;
