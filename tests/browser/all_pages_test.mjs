// SPDX-License-Identifier: Apache-2.0
// browser: every page holds for everybody, wide and narrow, light and dark, in both languages
// Walks all addresses of pages.ts for each account: axe-core finds nothing, nothing is wider than the window, no text is
// cut at 360 px, Tab reaches everything. DESK_PAGES=work,board keeps to some; DESK_ROLES=officer,centre to some accounts.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { accessible, accounts, contrast, open, period, prefer, run, shots, signIn, step, unit } from './desk.mjs';
import { holds, reachable } from './whole.mjs';

const only = (process.env.DESK_PAGES ?? '').split(',').filter(Boolean);
const roles = (process.env.DESK_ROLES ?? 'officer,province,centre,operator').split(',');
const table = readFileSync(new URL('../../web/src/pages.ts', import.meta.url), 'utf8');
const pages = [...table.matchAll(/case '([\w-]+)':/g)].map((m) => m[1]);
/// Addresses with parts or choices of their own, beside the bare ones.
const further = {
  officer: [`reports/bm01/${period}/${unit}`, `units/${unit}`],
  province: [`board?level=commune&under=vn34:08&period=${period}`, 'explore?indicators=B1&units=children:vn34:08', 'work?calendar=address'],
  centre: [`reports/bm01/${period}/${unit}`, 'board?level=province&kind=committee', 'units/vn34:08?on=2025-06-30', 'units?q=pho bang'],
  operator: [],
};
/// What one account has seen need not be walked again by the next unless it is another page for it.
const own = { officer: pages, province: ['work', 'batch', 'checks', 'dashboard'], centre: pages, operator: ['units', 'programme', 'admin', 'account'] };

async function settle(page) {
  await page.locator('#main h1').waitFor();
  await page.waitForFunction(() => !document.querySelector('#main .loading'));
  await page.evaluate(() => document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))));
}

const faults = [];
/// All faults of all pages are told at once.
async function check(what) {
  try {
    await what();
  } catch (error) {
    faults.push([error.message.split('\n')[0], ...(Array.isArray(error.actual) ? error.actual : [])].join('\n  '));
  }
}

await run(async () => {
  const walked = [];
  for (const role of roles) {
    const page = await open();
    await signIn(page, accounts[role]);
    const menu = await page.locator('nav.side a').evaluateAll((links) => links.map((link) => link.pathname.split('/')[2]));
    const bare = pages.filter((key) => own[role].includes(key) && (menu.includes(key) || ['account', 'outbox'].includes(key)));
    const addresses = [...bare, ...further[role]].filter((address) => {
      const key = address.split(/[/?]/)[0];
      return !only.length || only.includes(key);
    });
    step(`${role}: ${addresses.join(' · ')}`);
    for (const address of addresses) {
      const name = `${role} ${address}`;
      const shot = (kind) => page.screenshot({ path: `${shots}/${role}-${address.replace(/[^\w]+/g, '-')}-${kind}.png`, fullPage: false });
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto(`/ctr-07/${address}`);
      await settle(page);
      await check(() => holds(page, `${name} at 1440`, 'vi'));
      await check(() => accessible(page, `${name} at 1440`));
      await check(() => reachable(page, `${name} at 1440 by keyboard`));
      await shot('1440-light');
      await prefer(page, 'theme', 'dark');
      await check(() => contrast(page, `${name} at 1440 in the dark`));
      await shot('1440-dark');
      await page.setViewportSize({ width: 360, height: 740 });
      await settle(page);
      await check(() => holds(page, `${name} at 360`, 'vi'));
      await check(() => contrast(page, `${name} at 360 in the dark`));
      await shot('360-dark');
      await prefer(page, 'theme', 'light');
      await prefer(page, 'language', 'en');
      await settle(page);
      await check(() => holds(page, `${name} at 360 in English`, 'en'));
      await check(() => accessible(page, `${name} at 360 in English`));
      await shot('360-english');
      await prefer(page, 'language', 'vi');
      walked.push(name);
    }
    await page.context().close();
  }
  console.log(`${walked.length} pages walked`);
  assert.equal(faults.length, 0, `\n${faults.join('\n')}`);
});
