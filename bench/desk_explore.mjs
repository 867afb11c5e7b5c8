// SPDX-License-Identifier: Apache-2.0
// How long the explorer takes from a click to the paint of a view of all communes × 20 indicators, in Chromium against a
// served database. Not a test: it prints what it measured and how busy the machine was.
//
//   script/node bench/desk_explore.mjs ADDRESS LOGIN PASSWORD [ROUNDS] [PROGRAMME]
//
// From the pointer going down on "Các xã, phường, đặc khu" until the frame after the one in which the grid holds its rows.
// The first round is what the server has to reckon; the others are what it holds already.
import { chromium } from 'playwright-core';
import { loadavg } from 'node:os';

const [address, login, password, rounds = '9', programme = 'ctr-07'] = process.argv.slice(2);
if (!password) {
  console.error('script/node bench/desk_explore.mjs ADDRESS LOGIN PASSWORD [ROUNDS] [PROGRAMME]');
  process.exit(2);
}
const wanted = 20;
const most_ms = 500;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, baseURL: address, locale: 'vi-VN' })).newPage();
const signed = await page.request.post('/api/v1/session', { data: { name: login, password } });
if (!signed.ok()) throw new Error(`${login} may not sign in: ${signed.status()}`);
const meaning = await (await page.request.get(`/api/v1/programmes/${programme}`)).json();
const codes = meaning.indicators.filter((i) => i.over_units === 'sum').slice(0, wanted).map((i) => i.code);

/// The click, and what the page itself saw of it.
async function click() {
  await page.goto(`/${programme}/explore?indicators=${codes.join(',')}&units=level:province`);
  await page.locator('[role=gridcell]').first().waitFor();
  await page.locator('#shelf-units').click();
  await page.evaluate(() => {
    performance.clearResourceTimings();
    window.painted = new Promise((done) => {
      let begun = 0;
      const look = () => {
        const grid = document.querySelector('[role=grid]');
        if (Number(grid?.getAttribute('aria-rowcount')) < 3000) return requestAnimationFrame(look);
        requestAnimationFrame(() => {
          const asked = performance.getEntriesByType('resource').filter((entry) => entry.name.includes('/figures'));
          done({
            ms: performance.now() - begun, rows: Number(grid.getAttribute('aria-rowcount')), columns: Number(grid.getAttribute('aria-colcount')),
            line_ms: Math.max(...asked.map((entry) => entry.responseEnd - entry.startTime)), bytes: asked.reduce((sum, entry) => sum + entry.encodedBodySize, 0),
            drawn: document.querySelectorAll('[role=gridcell]').length,
          });
        });
      };
      addEventListener('pointerdown', (event) => { begun = event.timeStamp; requestAnimationFrame(look); }, { capture: true, once: true });
    });
  });
  await page.getByRole('button', { name: 'Các xã, phường, đặc khu' }).click();
  return page.evaluate('window.painted');
}

const found = [];
for (let i = 0; i < Number(rounds); i++) found.push(await click());
await browser.close();
const rest = found.slice(1).map((one) => one.ms).sort((a, b) => a - b);
const middle = rest[Math.floor((rest.length - 1) / 2)];
const shown = (ms) => `${Math.round(ms)} ms`;
console.log(`view: ${found[0].rows} rows × ${found[0].columns - 1} figures; ${found[0].drawn} cells drawn; ${Math.round(found[0].bytes / 1024)} KiB on the line`);
console.log(`first: ${shown(found[0].ms)} (the server's answer ${shown(found[0].line_ms)})`);
console.log(`again (${rest.length}): median ${shown(middle)}, ${shown(rest[0])} to ${shown(rest.at(-1))}; the answer ${shown(found[1].line_ms)}`);
console.log(`load of the machine: ${loadavg().map((l) => l.toFixed(1)).join(' ')}`);
console.log(`${middle <= most_ms ? 'within' : 'over'} ${most_ms} ms`);
