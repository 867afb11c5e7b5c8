// SPDX-License-Identifier: Apache-2.0
// browser: an officer works through the day by keyboard: work, calendar, search, preferences
import assert from 'node:assert/strict';
import { accessible, accounts, address, fits, open, period, prefer, run, signIn, step, today, unit } from './desk.mjs';

/// Presses Tab until what holds the focus is called so.
async function tabTo(page, name) {
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    const said = await page.evaluate(() => (document.activeElement?.ariaLabel || document.activeElement?.textContent || '').replace(/\s+/g, ' ').trim());
    if (name.test(said)) return;
  }
  assert.fail(`Tab does not come to ${name}`);
}
const focused = (page, selector) => page.waitForFunction((what) => document.activeElement?.matches(what), selector);
const path = (page) => new URL(page.url()).pathname + new URL(page.url()).search;

await run(async () => {
  const page = await open();
  await signIn(page, accounts.officer);

  step('what is late stands first, and the menu counts it');
  await page.goto('/ctr-07/work');
  await page.getByRole('heading', { name: 'Việc của tôi', level: 1 }).waitFor();
  const first = page.locator('ul.card li').first();
  await first.getByText(/Quá hạn/).waitFor();
  await page.getByRole('link', { name: /Việc của tôi.*1 việc đang chờ/ }).waitFor();
  await fits(page, 'work');
  await accessible(page, 'work');

  step('a count opens its list by keyboard, and the address keeps it');
  await page.locator('#main h1').focus();
  await tabTo(page, /^Đến hạn tuần này/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/show=week/);
  assert.equal(await page.locator('ul.card li').count(), 3);
  await page.reload();
  await page.getByRole('button', { name: /Đến hạn tuần này/, pressed: true }).waitFor();
  assert.equal(await page.locator('ul.card li').count(), 3);
  await page.getByRole('button', { name: /Bị trả lại/ }).click();
  await page.getByText('Không có việc nào khớp “Bị trả lại”.').waitFor();
  await page.getByRole('button', { name: 'Bỏ lọc', exact: true }).click();

  step('the calendar is walked with the arrows; a day keeps the list to it');
  await page.locator(`[data-day="${today}"]`).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await focused(page, '[data-day="2026-09-18"]');
  assert.match(await page.locator('[data-day="2026-09-18"]').innerText(), /18/);
  await page.getByRole('button', { name: /18\/09\/2026: Trong hạn 3/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/day=2026-09-18/);
  assert.equal(await page.locator('ul.card li').count(), 3);
  await page.keyboard.press('PageDown');
  await focused(page, '[data-day="2026-10-18"]');
  await page.keyboard.press('PageUp');
  await focused(page, '[data-day="2026-09-18"]');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => !url.search.includes('day='));

  step('the calendar address is drawn, read without a session, drawn anew, revoked');
  await page.getByRole('button', { name: 'Địa chỉ lịch (.ics)' }).click();
  await page.getByText('Chưa có địa chỉ nào.').waitFor();
  await accessible(page, 'calendar address');
  await page.getByRole('button', { name: 'Tạo địa chỉ' }).click();
  const field = page.getByLabel('Địa chỉ lịch', { exact: true });
  await field.waitFor();
  const drawn = await field.inputValue();
  assert.ok(drawn.startsWith(`${address}/api/v1/calendar.ics?key=cal_`), drawn);
  const read = await fetch(drawn);
  const text = await read.text();
  assert.equal(read.headers.get('content-type'), 'text/calendar; charset=utf-8');
  assert.equal(text.match(/BEGIN:VEVENT\r\n/g).length, 4);
  assert.ok(text.includes(`UID:report.bm01.${period}.vn34-00745.ctr-07@phoihop\r\n`));
  assert.ok(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75), 'folded');
  assert.ok(text.replaceAll('\r\n ', '').includes('SUMMARY:Trong hạn: Biểu số 01'));
  await page.getByRole('button', { name: 'Tạo địa chỉ mới, bỏ địa chỉ cũ' }).click();
  await page.waitForFunction((old) => document.querySelector('#ics-address')?.value !== old, drawn);
  const renewed = await field.inputValue();
  assert.equal((await fetch(drawn)).status, 404);
  assert.equal((await fetch(renewed)).status, 200);
  await page.getByRole('button', { name: 'Thu hồi địa chỉ' }).click();
  await page.getByText(/Đã thu hồi/).waitFor();
  assert.equal((await fetch(renewed)).status, 404);
  await page.keyboard.press('Escape');
  await page.waitForURL((url) => !url.search.includes('calendar='));

  step('/ finds a unit by its old name without marks, and shows what it became');
  await page.locator('#main h1').focus();
  await page.keyboard.press('/');
  const box = page.getByRole('combobox', { name: /Tìm đơn vị, biểu/ });
  await box.waitFor();
  await page.keyboard.type('thi tran pho bang');
  const options = page.getByRole('dialog').getByRole('option');
  await options.filter({ hasText: 'Thị trấn Phó Bảng' }).first().waitFor();
  await options.filter({ hasText: /Xã Phố Bảng.*kế thừa Thị trấn Phó Bảng/ }).waitFor();
  await accessible(page, 'search');
  await fits(page, 'search');
  const heir = await options.evaluateAll((all) => all.findIndex((o) => /^Xã Phố Bảng/.test(o.textContent.trim())));
  for (let i = 0; i < heir; i++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/ctr-07/units/${unit}`);
  await focused(page, '#main h1');

  step('Ctrl-K finds an indicator by its code, a form in the own work, a page in the other language');
  for (const [typed, where] of [['b2', /\/explore\?indicators=B2/], ['bm01', new RegExp(`/reports/bm01/${period}/${unit}`)], ['gap board', /\/board$/]]) {
    await page.keyboard.press('Control+k');
    await box.waitFor();
    await page.keyboard.type(typed);
    await options.first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(where);
  }

  step('the day of the map is chosen in the bar: the address changes, the bar says so, and leads back');
  await page.goto(`/ctr-07/units/${unit}`);
  await page.getByRole('heading', { name: 'Xã Phố Bảng', level: 1 }).waitFor();
  await page.getByRole('button', { name: /^Bản đồ ngày/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: /Trước sắp xếp: 30\/06\/2025/ }).waitFor();
  await focused(page, '.panel a');
  await page.keyboard.press('ArrowDown');
  await tabTo(page, /Trước sắp xếp/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/on=2025-06-30/);
  await page.getByText('Đang xem bản đồ ngày 30/06/2025, không phải hôm nay.').waitFor();
  await fits(page, 'unit-other-day');
  await accessible(page, 'another day');
  await page.getByRole('link', { name: 'Về hôm nay' }).click();
  await page.waitForURL((url) => !url.search.includes('on='));

  step('keys of one letter can be switched off; ? lists the keys');
  await page.goto('/ctr-07/work');
  await page.locator('ul.card li').first().waitFor();
  await page.locator('#main h1').focus();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Phím tắt' }).waitFor();
  await accessible(page, 'keys');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Tài khoản/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel(/Phím tắt một chữ/).focus();
  await page.keyboard.press('Space');
  await page.getByLabel('Tối').check();
  await page.getByLabel('Dày').check();
  await accessible(page, 'account menu');
  assert.equal(await page.evaluate('document.documentElement.dataset.theme'), 'dark');
  await page.keyboard.press('Escape');
  await page.locator('#main h1').focus();
  await page.keyboard.press('/');
  assert.equal(await box.count(), 0, '/ does nothing once it is off');
  await page.reload();
  await page.locator('#main h1').waitFor();
  assert.equal(await page.evaluate('document.documentElement.dataset.theme + document.documentElement.dataset.density'), 'darkcompact');

  step('on a phone four places stand at the bottom, the rest behind one, and the calendar behind its own');
  // Between a phone and a desk the mark of simulated data is said once, too.
  for (const [width, mark] of [[1440, 'Dữ liệu mô phỏng'], [768, 'Dữ liệu mô phỏng'], [360, 'Mô phỏng']]) {
    await page.setViewportSize({ width, height: 740 });
    const said = (await page.locator('header .simulated').evaluate((mark) => [...mark.children].filter((part) => part.getBoundingClientRect().width > 1).map((part) => part.textContent)));
    assert.deepEqual(said, [mark], `at ${width} px`);
  }
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/ctr-07/work');
  await page.locator('ul.card li').first().waitFor();
  await fits(page, 'work-phone');
  await page.getByRole('button', { name: 'Xem lịch' }).click();
  await page.locator(`[data-day="${today}"]`).waitFor();
  await fits(page, 'work-calendar');
  await accessible(page, 'work calendar on a phone');
  await page.getByRole('button', { name: 'Thêm', exact: true }).click();
  await page.locator('.panel a', { hasText: 'Văn bản' }).click();
  await page.waitForURL('**/ctr-07/documents');

  step('an empty list says what will stand there, and when; in English too');
  const centre = await open();
  await signIn(centre, accounts.centre);
  await centre.goto('/ctr-07/work');
  await centre.getByText('Chưa có việc nào của Việt Nam.').waitFor();
  await centre.getByText('Kỳ tới: Quý IV/2026, mở ngày 15/12/2026.').waitFor();
  await prefer(centre, 'language', 'en');
  await centre.getByText('Next: Q4 2026, opens 15/12/2026.').waitFor();
  await accessible(centre, 'empty work');
  assert.equal(path(centre), '/ctr-07/work');
});
