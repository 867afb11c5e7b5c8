// SPDX-License-Identifier: Apache-2.0
// What the browser tests share: windows on the served database of tests/browser/run, signing in, what holds of each page.
import { chromium } from 'playwright-core';
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';

const given = process.env;
export const address = given.DESK_ADDRESS;
export const shots = given.DESK_SHOTS;
export const period = given.DESK_PERIOD;
export const today = given.DESK_TODAY;
export const unit = 'vn34:00745';
/// Who may sign in, with the password that was drawn for them.
export const accounts = {
  officer: { name: 'xa-pho-bang', password: given.DESK_OFFICER },
  province: { name: 'tinh-tuyen-quang', password: given.DESK_PROVINCE },
  centre: { name: 'trung-uong', password: given.DESK_CENTRE },
  operator: { name: 'van-hanh', password: given.DESK_OPERATOR },
};
mkdirSync(shots, { recursive: true });

/// Faults of any page: scripts that broke, answers 5xx. A test that expects one takes it out again.
export const problems = [];
let browser;

/// A window of its own: no cookie or kept draft is shared with another one.
export async function open(width = 1440, height = 900, options = {}) {
  const context = await browser.newContext({ viewport: { width, height }, baseURL: address, locale: 'vi-VN', acceptDownloads: true, ...options });
  const page = await context.newPage();
  watch(page);
  return page;
}
export function watch(page) {
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('response', (response) => response.status() >= 500 && problems.push(`${response.status()} ${response.url()}`));
}

const own = 'mat khau rieng cua toi 26';
/// Signs in; the first time the drawn password is changed, as everybody must but the offices of the demonstration.
export async function signIn(page, account) {
  await page.goto('/');
  await page.getByLabel('Tên đăng nhập').fill(account.name);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(account.password);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  const change = page.getByRole('heading', { name: 'Đặt mật khẩu mới' });
  await change.or(page.locator('#main h1')).first().waitFor();
  if (await change.isVisible()) {
    await page.getByLabel('Mật khẩu hiện tại').fill(account.password);
    await page.getByLabel(/Mật khẩu mới/).fill(own);
    await page.getByRole('button', { name: 'Đổi mật khẩu' }).click();
    account.password = own;
  }
  await page.locator('#main h1').waitFor();
}

/// Chooses language, theme or density as another window of the same account would.
export async function prefer(page, key, value) {
  await page.evaluate(([name, now]) => {
    localStorage.setItem(name, now);
    dispatchEvent(new StorageEvent('storage', { key: name, newValue: now }));
  }, [key, value]);
}

let steps = 0;
export function step(text) {
  steps += 1;
  console.log(`${steps}. ${text}`);
}

/// Nothing on the page is wider than the window; a picture is kept to be looked at.
export async function fits(page, name) {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(overflow <= 0, `${name} scrolls sideways by ${overflow} px`);
  await page.screenshot({ path: `${shots}/${name}-${page.viewportSize().width}.png` });
}

const axe = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
async function judge(page, name, rules) {
  if (!(await page.evaluate('Boolean(window.axe)'))) await page.evaluate(axe);
  // From the top: what is half under the bar because somebody scrolled is no target of half a size.
  await page.evaluate(() => scrollTo(0, 0));
  const found = await page.evaluate(async (runOnly) => {
    const result = await window.axe.run(document, { runOnly, resultTypes: ['violations'] });
    return result.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => `${n.html.slice(0, 160)} ${n.any[0]?.message ?? ''}`).join(' | ')}`);
  }, rules);
  assert.deepEqual(found, [], name);
}
/// axe-core finds nothing against WCAG 2.2 AA.
export const accessible = (page, name) => judge(page, name, ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);
/// What alone can differ in the other theme.
export const contrast = (page, name) => judge(page, name, { type: 'rule', values: ['color-contrast'] });

/// The page as it stands: fits, and has nothing that axe finds, in both themes.
export async function sound(page, name) {
  const theme = (wanted) => page.evaluate((now) => { document.documentElement.dataset.theme = now; }, wanted);
  await fits(page, name);
  await accessible(page, name);
  await theme('dark');
  await fits(page, `${name}-dark`);
  await accessible(page, `${name} dark`);
  await theme('light');
}

/// The files of a folder of the tree that end so, to be uploaded, with some words of one of them changed.
export const uploads = (folder, ending, mimeType, name, from, to) =>
  readdirSync(new URL(folder, import.meta.url)).filter((each) => each.endsWith(ending)).map((each) => {
    const text = readFileSync(new URL(folder + each, import.meta.url), 'utf8');
    if (each === name) assert.ok(text.includes(from), `${name} has “${from}”`);
    return { name: each, mimeType, buffer: Buffer.from(each === name ? text.replace(from, to) : text) };
  });

/// Runs a test: its windows are closed afterwards; where it fails, pictures of all windows are kept.
export async function run(story) {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    // An address that is not this machine's own, for what browsers refuse there.
    args: ['--host-resolver-rules=MAP desk.lan 127.0.0.1', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
  });
  try {
    await story();
    assert.deepEqual(problems, []);
    console.log(`${steps} passed, 0 failed`);
  } catch (error) {
    console.error(`step ${steps} failed: ${error.stack}`);
    for (const problem of problems) console.error(`page: ${problem}`);
    const pages = browser.contexts().flatMap((context) => context.pages());
    for (const [i, page] of pages.entries()) await page.screenshot({ path: `${shots}/failed-${i}.png` }).catch(() => {});
    process.exitCode = 1;
  } finally {
    await browser.close();
  }
}
