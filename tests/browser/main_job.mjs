// SPDX-License-Identifier: Apache-2.0
// The main job in a real browser: a commune's officer and the centre, each in a window of their own, on a database
// with the real territory. Called by tests/browser/run with the address and the passwords.
import { chromium } from 'playwright-core';
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';

const [address, shots, officerPassword, centrePassword, period] = process.argv.slice(2);
mkdirSync(shots, { recursive: true });
const unit = 'vn34:00745';
const problems = [];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
});

async function window(width, height) {
  const context = await browser.newContext({ viewport: { width, height }, baseURL: address, locale: 'vi-VN', acceptDownloads: true });
  const page = await context.newPage();
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('response', (response) => response.status() >= 500 && problems.push(`${response.status()} ${response.url()}`));
  return page;
}

async function signIn(page, name, password) {
  await page.goto('/');
  await page.getByLabel('Tên đăng nhập').fill(name);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  // A password that somebody else has seen must be changed before anything else.
  await page.getByRole('heading', { name: 'Đặt mật khẩu mới' }).waitFor();
  await page.getByLabel('Mật khẩu hiện tại').fill(password);
  await page.getByLabel(/Mật khẩu mới/).fill('mat khau rieng cua toi 26');
  await page.getByRole('button', { name: 'Đổi mật khẩu' }).click();
  await page.getByRole('heading', { name: 'Việc của tôi' }).waitFor();
}

let steps = 0;
function step(text) {
  steps += 1;
  console.log(`${steps}. ${text}`);
}

/// Nothing on the page is wider than the window, at any width that it is tested at.
async function fits(page, name) {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(overflow <= 0, `${name} scrolls sideways by ${overflow} px`);
  await page.screenshot({ path: `${shots}/${name}-${page.viewportSize().width}.png` });
}

try {
  const officer = await window(1440, 900);
  const centre = await window(1440, 900);

  step('a wrong password is refused with a sentence');
  await officer.goto('/');
  await officer.getByLabel('Tên đăng nhập').fill('xa-pho-bang');
  await officer.getByLabel('Mật khẩu', { exact: true }).fill('sai mat khau');
  await officer.getByRole('button', { name: 'Đăng nhập' }).click();
  await officer.getByRole('alert').waitFor();
  await fits(officer, 'sign-in');

  step('both sign in and choose their own passwords');
  await signIn(officer, 'xa-pho-bang', officerPassword);
  await signIn(centre, 'trung-uong', centrePassword);

  step('the centre watches the board of communes of Tuyên Quang');
  await centre.goto(`/ctr-07/board?level=commune&under=vn34:08&period=${period}&sort=code&kind=report`);
  const row = centre.locator(`tr[data-unit="${unit}"]`);
  await row.waitFor();
  const before = await row.locator('td.cell').first().innerText();
  assert.doesNotMatch(before, /chờ duyệt/);

  step('the officer opens the form from the list of work');
  await fits(officer, 'work');
  await officer.getByRole('link', { name: /Biểu số 01/ }).first().click();
  await officer.getByRole('heading', { name: /Biểu số 01/ }).waitFor();
  const cells = officer.locator('input.cell');
  const count = await cells.count();
  assert.ok(count > 10, 'the form has its cells');

  step('figures are typed with the keyboard alone');
  await cells.first().focus();
  for (let i = 0; i < count; i++) {
    await officer.keyboard.type('4');
    await officer.keyboard.press('Enter');
  }
  // More sessions than attendances cannot be: the form's own rule refuses it.
  await officer.locator('#cell-B1').fill('9');
  await officer.locator('#cell-B2').fill('1');

  step('the report is refused, the cell is marked, the draft is kept');
  await officer.getByRole('button', { name: 'Gửi báo cáo' }).click();
  await officer.getByTestId('message').filter({ hasText: 'Chưa gửi được' }).waitFor();
  assert.equal(await officer.locator('#cell-B2').getAttribute('aria-invalid'), 'true');
  await fits(officer, 'entry-refused');
  await officer.reload();
  await officer.locator('#cell-B2').waitFor();
  assert.equal(await officer.locator('#cell-B2').inputValue(), '1', 'the draft survived');

  step('mended, sent and received');
  await officer.locator('#cell-B2').fill('1.234');
  const sent = Date.now();
  await officer.getByRole('button', { name: 'Gửi báo cáo' }).click();
  await officer.getByTestId('message').filter({ hasText: 'Đã nhận báo cáo' }).waitFor();
  await fits(officer, 'entry-received');

  step('the board in the other window changes without a reload');
  await row.locator('td.cell').first().filter({ hasText: /chờ duyệt|trễ hạn/ }).waitFor({ timeout: 5000 });
  console.log(`   seen in the other window ${Date.now() - sent} ms after pressing the button`);
  await fits(centre, 'board');

  step('the figure stands in the totals and explains itself');
  await centre.goto(`/ctr-07/explore?indicators=B2&from=${period}&to=${period}&units=children:vn34:08`);
  const figure = centre.locator('tr', { hasText: 'Xã Phố Bảng' }).locator('button.value');
  await figure.filter({ hasText: '1.234' }).click();
  await centre.getByRole('heading', { name: 'Giải thích số này' }).waitFor();
  await fits(centre, 'explore');

  step('the centre returns it with a reason, and the officer sees it first');
  await centre.goto(`/ctr-07/reports/bm01/${period}/${unit}`);
  centre.once('dialog', (dialog) => dialog.accept('Đề nghị rà soát chỉ tiêu B2'));
  await centre.getByRole('button', { name: 'Trả lại…' }).click();
  await centre.getByTestId('report-state').filter({ hasText: 'Bị trả lại' }).waitFor();
  await officer.goto('/ctr-07/work');
  await officer.getByRole('link', { name: /Sửa báo cáo/ }).click();
  await officer.getByText('Đề nghị rà soát chỉ tiêu B2').waitFor();
  await officer.locator('#cell-B2').fill('1200');
  await officer.getByRole('button', { name: 'Gửi bản sửa' }).click();
  await officer.getByTestId('message').filter({ hasText: 'Đã nhận báo cáo (phiên bản 2' }).waitFor();

  step('the official report is made and downloaded');
  await centre.goto('/ctr-07/documents');
  await centre.getByRole('button', { name: 'Lập báo cáo' }).click();
  const [download] = await Promise.all([centre.waitForEvent('download'), centre.getByRole('link', { name: 'PDF' }).first().click()]);
  assert.match(download.suggestedFilename(), /\.pdf$/);
  await fits(centre, 'documents');

  step('unit page, search without marks');
  await centre.goto('/ctr-07/units?q=xa%20pho%20bang%20ha%20giang');
  await centre.getByText('Thị trấn Phó Bảng').first().waitFor();
  await centre.goto(`/ctr-07/units/${unit}`);
  await centre.getByRole('heading', { name: /Đơn vị tiền thân/ }).waitFor();
  await fits(centre, 'unit');

  step('every page fits a phone');
  await officer.setViewportSize({ width: 360, height: 740 });
  for (const [name, path] of [
    ['work', '/ctr-07/work'], ['entry', `/ctr-07/reports/bm01/${period}/${unit}`], ['board', `/ctr-07/board?level=commune&under=vn34:08&period=${period}`],
    ['explore', '/ctr-07/explore'], ['unit', `/ctr-07/units/${unit}`], ['documents', '/ctr-07/documents'],
  ]) {
    await officer.goto(path);
    await officer.locator('h1').waitFor();
    await officer.waitForLoadState('networkidle').catch(() => {});
    await fits(officer, name);
  }
  assert.deepEqual(problems, []);
  console.log(`${steps} passed, 0 failed`);
} catch (error) {
  console.error(`step ${steps} failed: ${error.stack}`);
  for (const problem of problems) console.error(`page: ${problem}`);
  for (const context of browser.contexts()) for (const page of context.pages()) await page.screenshot({ path: `${shots}/failed-${context.pages().indexOf(page)}-${browser.contexts().indexOf(context)}.png` }).catch(() => {});
  process.exitCode = 1;
} finally {
  await browser.close();
}
