// SPDX-License-Identifier: Apache-2.0
// Lighthouse on the desk's pages, in Chromium against a served database. Not a test: it prints what it measured and how busy
// the machine was, which the performance score depends on.
//
//   script/node bench/desk_lighthouse.mjs ADDRESS LOGIN PASSWORD [PERIOD] [UNIT] [PROGRAMME]
//
// Sign-in is looked at before anybody has signed in; the others as LOGIN, whose own report of PERIOD is the entry page. The
// phone is Lighthouse's own (slow line, processor slowed fourfold, simulated), the desk its desktop setting. Performance is
// measured by itself, because what looks for other faults slows the page, and is the median of five loads (Lighthouse's
// docs/variability.md); the processor's benchmark index says what four times slower means on this machine.
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
const loads = 5;
const others = ['accessibility', 'best-practices'];
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
const indices = [];
const bare = { port, disableStorageReset: true, logLevel: 'error' };
async function look(name, path) {
  for (const [form, config] of [['phone', undefined], ['desk', desktopConfig]]) {
    const runs = [];
    for (let i = 0; i < loads; ++i) runs.push((await lighthouse(address + path, { ...bare, onlyCategories: ['performance'] }, config)).lhr);
    indices.push(...runs.map((run) => run.environment.benchmarkIndex));
    runs.sort((a, b) => a.categories.performance.score - b.categories.performance.score);
    const middle = runs[Math.floor(loads / 2)];
    const { lhr } = await lighthouse(address + path, { ...bare, onlyCategories: others }, config);
    const percent = (run, key) => Math.round((run.categories[key]?.score ?? 0) * 100);
    const scores = [percent(middle, 'performance'), ...others.map((key) => percent(lhr, key))];
    passed &&= scores.every((score) => score >= least);
    const range = `${percent(runs[0], 'performance')}–${percent(runs[loads - 1], 'performance')}`;
    console.log(`| ${name} | ${form} | ${scores[0]} (${range}) | ${scores.slice(1).join(' | ')} | ${middle.audits['largest-contentful-paint'].displayValue} | ${middle.audits['total-blocking-time'].displayValue} | ${middle.audits['cumulative-layout-shift'].displayValue} |`);
    for (const [run, keys] of [[middle, ['performance']], [lhr, others]])
      for (const key of keys)
        for (const { id, weight } of run.categories[key].auditRefs) {
          const audit = run.audits[id];
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
  indices.sort((a, b) => a - b);
  console.log(`\nload at the end ${loadavg()[0].toFixed(1)}, benchmark index ${Math.round(indices[0])}–${Math.round(indices.at(-1))}, median ${Math.round(indices[indices.length >> 1])}`);
  for (const note of notes) console.log(`- ${note}`);
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
}
process.exitCode = passed ? 0 : 1;
