// SPDX-License-Identifier: Apache-2.0
// How long a keystroke takes to be painted in a form of 60 cells with all the programme's rules, in Chromium against a
// served database. Not a test: it prints what it measured and how busy the machine was.
//
//   script/node bench/desk_entry.mjs ADDRESS LOGIN PASSWORD FORM PERIOD UNIT [PROGRAMME]
//
// From the key going down until the task after the frame in which it was drawn. The form is the one named, widened in the
// browser to 60 cells of the programme with the rules of all its forms; nothing is sent.
import { chromium } from 'playwright-core';
import { loadavg } from 'node:os';

const [address, login, password, form, period, unit, programme = 'ctr-07'] = process.argv.slice(2);
if (!unit) {
  console.error('script/node bench/desk_entry.mjs ADDRESS LOGIN PASSWORD FORM PERIOD UNIT [PROGRAMME]');
  process.exit(2);
}
const wanted = 60;
const most_ms = 50;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, baseURL: address, locale: 'vi-VN', serviceWorkers: 'block' });
const page = await context.newPage();
const signed = await page.request.post('/api/v1/session', { data: { name: login, password } });
if (!signed.ok()) throw new Error(`${login} may not sign in: ${signed.status()}`);
let rules = 0;
await page.route(`**/api/v1/programmes/${programme}`, async (route) => {
  const meaning = await (await route.fetch()).json();
  const wide = meaning.forms.find((one) => one.code === form);
  const known = new Map(meaning.forms.flatMap((one) => one.cells).map((cell) => [cell.indicator, cell]));
  const typed = meaning.indicators.filter((one) => one.source === 'typed').map((one) => known.get(one.code) ?? { indicator: one.code, required: false, min: '0', max: null, jump_percent: 0 });
  // A programme with fewer cells lends them twice.
  const twins = typed.slice(0, Math.max(0, wanted - typed.length)).map((cell) => ({ ...cell, indicator: cell.indicator + '_2' }));
  for (const { indicator } of twins) meaning.indicators.push({ ...meaning.indicators.find((one) => one.code === indicator.slice(0, -2)), code: indicator });
  wide.cells = [...typed.slice(0, wanted), ...twins];
  wide.rules = meaning.forms.flatMap((one) => one.rules);
  rules = wide.rules.length;
  await route.fulfill({ json: meaning });
});
await page.route('**/draft', (route) => route.fulfill({ json: { at: new Date().toISOString(), findings: [] } }));
await page.goto(`/${programme}/reports/${form}/${period}/${unit}`);
await page.locator('input.cell').first().waitFor();
const cells = await page.locator('input.cell').count();
await page.evaluate(() => {
  window.painted = [];
  addEventListener('keydown', (event) => {
    requestAnimationFrame(() => {
      const after = new MessageChannel();
      after.port1.onmessage = () => window.painted.push([event.key, performance.now() - event.timeStamp]);
      after.port2.postMessage(0);
    });
  }, { capture: true });
});
await page.locator('input.cell').first().focus();
for (let i = 0; i < cells; i++) {
  for (const key of ['1', '2', '3', 'Enter']) {
    await page.keyboard.press(key);
    // A fast typist leaves some 100 ms; the next key comes when this one is painted.
    await page.waitForFunction((n) => window.painted.length >= n, i * 4 + ['1', '2', '3', 'Enter'].indexOf(key) + 1, { polling: 'raf' });
  }
}
const found = await page.evaluate('window.painted');
await browser.close();
const say = (name, list) => {
  const sorted = list.map(([, ms]) => ms).sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(1);
  console.log(`${name} (${sorted.length}): median ${at(0.5)} ms, 95 % ${at(0.95)} ms, longest ${sorted.at(-1).toFixed(1)} ms`);
  return Number(at(0.95));
};
console.log(`form: ${cells} cells, ${rules} rules`);
const digits = say('a digit', found.filter(([key]) => key !== 'Enter'));
say('Enter (takes the figure, goes down)', found.filter(([key]) => key === 'Enter'));
console.log(`load of the machine: ${loadavg().map((l) => l.toFixed(1)).join(' ')}`);
console.log(`95 % of the digits ${digits <= most_ms ? 'within' : 'over'} ${most_ms} ms`);
