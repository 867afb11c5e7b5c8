// SPDX-License-Identifier: Apache-2.0
// browser: the office above checks what came in, by hand and all at once
// The queue of checks: one report is given back at its cell, the others are verified and locked together.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { accessible, accounts, fits, open, period, run, signIn, step, today, unit } from './desk.mjs';

const cells = ['A3', 'A5', 'A6', 'A8', 'B1', 'B2', 'B3', 'B4', 'B5', 'B6', 'B7', 'G1', 'G2', 'G3', 'G4', 'G5', 'G6', 'G8', 'G9'];
/// Reports of some communes, as an office sends them in a file.
function send(codes, figures = {}, comments = {}) {
  const rows = ['period,unit,indicator,value,comment'];
  for (const [n, code] of codes.entries())
    for (const cell of cells) {
      const usual = cell === 'B2' ? 400 + 10 * n : cell === 'G2' || cell === 'G5' ? 30 : cell === 'A8' ? '9.5' : 4;
      rows.push(`${period},${code},${cell},${figures[cell] ?? usual},${comments[cell] ?? ''}`);
    }
  const file = `${process.env.DESK_WORK}/sent.csv`;
  writeFileSync(file, rows.join('\n') + '\n');
  execFileSync(process.env.DESK_PROGRAM, ['import', '--programme', 'ctr-07', '--form', 'bm01', '--today', today, file], { stdio: ['ignore', 'ignore', 'inherit'] });
}

await run(async () => {
  const centre = await open();
  await signIn(centre, accounts.centre);

  step('an empty queue teaches what will stand there');
  await centre.goto('/ctr-07/checks');
  await centre.getByText('Không có báo cáo nào chờ duyệt.').waitFor();
  await fits(centre, 'checks-empty');

  step('what came in stands with the doubtful report first, and the counts are filters');
  const communes = (await (await centre.request.get('/api/v1/units/vn34:08')).json()).children.map((u) => u.code).filter((code) => code !== unit).slice(0, 9);
  send(communes.slice(0, 8));
  send([unit], { G4: 0, G5: 30, B2: 9000 }, { G4: 'đã khảo sát cùng buổi họp' });
  await centre.goto('/ctr-07/checks');
  const rows = centre.locator('li[data-report]');
  await rows.first().getByRole('link', { name: /Xã Phố Bảng/ }).waitFor();
  assert.equal(await rows.count(), 9);
  await centre.getByRole('button', { name: 'Có cảnh báo 1' }).click();
  await centre.waitForFunction(() => document.querySelectorAll('li[data-report]').length === 1);
  assert.match(centre.url(), /findings=some/);
  await centre.getByRole('button', { name: 'Tất cả 9' }).click();
  await centre.waitForFunction(() => document.querySelectorAll('li[data-report]').length === 9);

  step('J opens the first one: findings, explanation, peers at the cells');
  await centre.keyboard.press('j');
  const article = centre.locator(`article[data-shown="bm01/${period}/${unit}"]`);
  await article.getByRole('heading', { name: /Xã Phố Bảng/ }).waitFor();
  assert.match(decodeURIComponent(centre.url()), new RegExp(`report=bm01/${period}/${unit}`));
  await article.getByText('Đơn vị giải trình: đã khảo sát cùng buổi họp').waitFor();
  await article.locator('tr[data-cell="B2"]').getByText('khác xa đơn vị cùng cấp').waitFor();
  await article.getByRole('button', { name: /Cần xem/ }).click();
  assert.ok((await article.locator('tr[data-cell]').count()) < cells.length, 'only what is to be looked at');
  await fits(centre, 'checks-report');
  await accessible(centre, 'checks with a report');
  await centre.emulateMedia({ colorScheme: 'dark' });
  await accessible(centre, 'checks with a report, dark');
  await fits(centre, 'checks-report-dark');
  await centre.emulateMedia({ colorScheme: 'light' });

  step('R asks at which cell, and does not take silence for an answer');
  await centre.keyboard.press('r');
  const dialog = centre.getByRole('dialog');
  await dialog.getByRole('heading', { name: /Trả lại báo cáo của Xã Phố Bảng/ }).waitFor();
  await dialog.getByRole('button', { name: 'Trả lại báo cáo' }).click();
  await dialog.getByText('Ghi nhận xét ở ít nhất một ô').waitFor();
  await dialog.getByLabel(/^G4/).fill('Có 30 phiếu thì ghi số cuộc khảo sát');
  await fits(centre, 'checks-return');
  await accessible(centre, 'the dialog of a return');
  await dialog.getByRole('button', { name: 'Trả lại báo cáo' }).click();
  await centre.locator(`li[data-report="bm01/${period}/${unit}"]`).waitFor({ state: 'detached' });
  // The next one opens by itself.
  await centre.waitForFunction((before) => !location.search.includes(before), unit);
  const told = await (await centre.request.get(`/api/v1/programmes/ctr-07/reports/bm01/${period}/${unit}`)).json();
  assert.deepEqual(told.returned_comments, { G4: 'Có 30 phiếu thì ghi số cuộc khảo sát' });

  step('A verifies it, and the list goes on without moving');
  const second = await centre.locator('article').getAttribute('data-shown');
  await centre.locator('article[aria-busy="false"]').waitFor();
  await centre.getByRole('button', { name: /^Duyệt/ }).last().waitFor();
  const opened = await centre.locator('article').getAttribute('data-shown');
  await centre.keyboard.press('a');
  await centre.locator(`li[data-report="${opened}"]`).waitFor({ state: 'detached' });
  assert.ok(second !== null);
  assert.equal(await rows.count(), 7);

  step('what comes meanwhile waits until it is asked for');
  send(communes.slice(8, 9));
  await centre.getByRole('button', { name: '1 thay đổi mới · Cập nhật' }).click({ timeout: 15_000 });
  await centre.waitForFunction(() => document.querySelectorAll('li[data-report]').length === 8);

  step('all without warnings are verified together, each judged by itself');
  await centre.getByRole('button', { name: 'Duyệt 8 báo cáo không có cảnh báo…' }).click();
  await dialog.getByRole('heading', { name: 'Duyệt 8 báo cáo?' }).waitFor();
  await fits(centre, 'checks-bulk');
  await dialog.getByRole('button', { name: 'Duyệt 8 báo cáo' }).click();
  await centre.getByTestId('bulk').filter({ hasText: 'Đã duyệt 8 báo cáo.' }).waitFor();
  await centre.getByText('Không có báo cáo nào chờ duyệt.').waitFor();

  step('some are chosen with Shift, and locked');
  await centre.getByRole('button', { name: 'Đã duyệt, chưa khóa' }).click();
  await centre.waitForFunction(() => document.querySelectorAll('li[data-report]').length === 9);
  await rows.nth(0).getByRole('checkbox').click();
  await rows.nth(2).getByRole('checkbox').click({ modifiers: ['Shift'] });
  await centre.getByText('Đã chọn 3 báo cáo').waitFor();
  await fits(centre, 'checks-chosen');
  await centre.getByRole('button', { name: 'Khóa 3…' }).click();
  await dialog.getByRole('button', { name: 'Khóa 3 báo cáo' }).click();
  await centre.getByTestId('bulk').filter({ hasText: 'Đã khóa 3 báo cáo.' }).waitFor();
  await centre.waitForFunction(() => document.querySelectorAll('li[data-report]').length === 6);

  step('a correction stands beside the version that was given back, with who and when');
  send([unit], { G4: 3, B2: 9000 });
  await centre.goto(`/ctr-07/checks?report=bm01/${period}/${unit}`);
  const versions = centre.getByRole('region', { name: 'Các phiên bản cạnh nhau' });
  await versions.getByText('Có 30 phiếu thì ghi số cuộc khảo sát').waitFor();
  assert.equal(await versions.locator('th[data-version]').count(), 2);
  assert.equal(await versions.locator('td.changed').count(), 1);
  await article.getByText(/Đã hỏi ở phiên bản 1/).waitFor();
  await versions.scrollIntoViewIfNeeded();
  await fits(centre, 'checks-versions');

  step('keys of one letter can be switched off');
  await centre.getByText('Phím tắt', { exact: true }).click();
  await centre.getByLabel('Dùng phím tắt một chữ').uncheck();
  await centre.locator('h1').click();
  await centre.keyboard.press('r');
  assert.equal(await centre.locator('dialog[open]').count(), 0);
  await centre.getByLabel('Dùng phím tắt một chữ').check();

  step('the list can be taken away as a file');
  const [download] = await Promise.all([centre.waitForEvent('download'), centre.getByRole('link', { name: /CSV/ }).click()]);
  assert.equal(download.suggestedFilename(), 'checks.csv');

  step('a phone shows the list, then one report with its decision at the bottom');
  const phone = await open(360, 740, { hasTouch: true, isMobile: true });
  await signIn(phone, accounts.province);
  await phone.goto('/ctr-07/checks');
  await phone.locator('li[data-report]').first().waitFor();
  await fits(phone, 'checks');
  await accessible(phone, 'checks on a phone');
  await phone.locator('li[data-report] a').first().click();
  await phone.locator('article[aria-busy="false"] tr[data-cell]').first().waitFor();
  await fits(phone, 'checks-report');
  await accessible(phone, 'a report on a phone');
  await phone.getByRole('link', { name: /Danh sách/ }).click();
  await phone.locator('li[data-report]').first().waitFor();
  await phone.emulateMedia({ colorScheme: 'dark' });
  await fits(phone, 'checks-dark');

  step('the same in English');
  await centre.evaluate(() => localStorage.setItem('language', 'en'));
  await centre.reload();
  await centre.getByRole('heading', { name: 'Check reports' }).waitFor();
  await centre.locator('article[aria-busy="false"] tr[data-cell]').first().waitFor();
  await fits(centre, 'checks-english');
  await accessible(centre, 'checks in English');
});
