// SPDX-License-Identifier: Apache-2.0
// browser: an officer explores figures as table, chart and map, and each figure explains itself
import assert from 'node:assert/strict';
import { accessible, accounts, address, fits, open, period, prefer, run, signIn, step, unit } from './desk.mjs';

/// Sends through the API what other offices would have sent.
async function sender(page) {
  const { csrf } = await (await page.request.get('/api/v1/session')).json();
  const headers = { 'X-CSRF-Token': csrf };
  return {
    async report(of, cells) {
      const answer = await page.request.post('/api/v1/programmes/ctr-07/submissions', { headers, data: { form: 'bm01', period, unit: of, cells } });
      assert.ok(answer.ok(), `${of}: ${await answer.text()}`);
    },
    async figures(ask) {
      return (await page.request.get(`/api/v1/programmes/ctr-07/figures?${new URLSearchParams({ period, ...ask })}`)).json();
    },
  };
}
const nothing = Object.fromEntries(['A3', 'A5', 'A6', 'B1', 'B2', 'B7', 'G1', 'G2', 'G3', 'G4', 'G5', 'G6'].map((code) => [code, '0']));
const cells = (more) => ({ ...nothing, ...more });
const grid = (page) => page.getByRole('grid');
const cell = (page, row, column) => grid(page).locator(`[role=row][aria-rowindex="${row}"] [aria-colindex="${column}"]`);
const rowOf = (page, code) => grid(page).locator(`[role=row][data-unit="${code}"]`);

await run(async () => {
  const page = await open();
  await signIn(page, accounts.centre);
  const office = await sender(page);
  const below = (await office.figures({ indicator: 'B1', units: 'children:vn34:08' })).figures.map((f) => f.unit.code);
  const [first, second, third, fourth] = [unit, ...below.filter((code) => code !== unit && code !== 'vn34:08')];
  await office.report(first, cells({ B1: '12', B2: '1234', A8: '1.5', G5: '10', G6: '7', G4: '1' }));
  await office.report(second, cells({ B1: '30', B2: '800', G5: '30', G6: '30', G4: '1' }));
  await office.report(third, cells());
  const view = `/ctr-07/explore?indicators=B1,B2,C1,G7&units=children:vn34:08`;

  step('a view is its address: table of units and indicators with the total by rule');
  await page.goto(view);
  await rowOf(page, first).getByRole('gridcell').first().filter({ hasText: '12' }).waitFor();
  const total = grid(page).locator('.total');
  assert.match(await total.innerText(), /Tỉnh Tuyên Quang[\s\S]*42[\s\S]*2\.034/);
  assert.match(await total.innerText(), /92,5/, 'a ratio is of the sums, not an average of ratios');
  await fits(page, 'explore-table');

  step('zero, missing and what cannot be added look and read differently');
  assert.equal((await rowOf(page, third).getByRole('gridcell').first().locator('.main').innerText()).trim(), '0');
  assert.match(await rowOf(page, fourth).getByRole('gridcell').first().getAttribute('class'), /missing/);
  assert.match(await rowOf(page, fourth).getByRole('gridcell').first().innerText(), /chưa có/);
  assert.match(await total.innerText(), /không cộng được|chưa có/);
  await accessible(page, 'explore table');

  step('the keyboard walks the grid, one stop for Tab, and Enter explains down to the report and the missing by name');
  await cell(page, 2, 2).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-colindex')), '2');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const drawer = page.locator('aside.drawer');
  await drawer.getByTestId('explained').filter({ hasText: '42' }).waitFor();
  assert.match(page.url(), /explain=B1%7C2026-Q3%7Cvn34%3A08/, 'the explained figure stands in the address');
  await drawer.getByRole('heading', { name: /Từ các báo cáo \(3\)/ }).waitFor();
  await drawer.getByRole('button', { name: 'Xã Phố Bảng' }).last().click();
  await drawer.getByText(/Phiên bản 1 · Đã gửi, chờ duyệt · nhận ngày \d\d\/\d\d\/\d{4}/).waitFor();
  await drawer.getByRole('link', { name: 'Mở báo cáo' }).waitFor();
  await drawer.getByRole('heading', { name: /Chưa có báo cáo của/ }).waitFor();
  await fits(page, 'explore-explain');
  await accessible(page, 'explore drawer');
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('role')), 'gridcell', 'the focus is back on the figure');

  step('a selected block is copied with its heads, as people write it and exactly');
  await page.keyboard.press('Shift+ArrowRight');
  const copied = await page.evaluate(() => {
    const data = new DataTransfer();
    document.activeElement.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }));
    return [data.getData('text/plain'), data.getData('text/html')];
  });
  assert.match(copied[0], /42\t2\.034$/);
  assert.match(copied[1], /<td>2034<\/td>/);

  step('share, rank and change are shown of the same figures');
  await page.getByRole('combobox', { name: 'Hiện', exact: true }).selectOption('share');
  await rowOf(page, second).getByRole('gridcell').first().filter({ hasText: '71,4 %' }).waitFor();
  await page.getByRole('combobox', { name: 'Hiện', exact: true }).selectOption('rank');
  await rowOf(page, second).getByRole('gridcell').first().filter({ hasText: '1 trên 3' }).waitFor();
  await page.getByRole('combobox', { name: 'Hiện', exact: true }).selectOption('value');

  step('a report that comes in moves the figures in place and leaves the focus where it is');
  await cell(page, 2, 2).focus();
  await office.report(fourth, cells({ B1: '8', B2: '100' }));
  await total.getByRole('gridcell').first().filter({ hasText: '50' }).waitFor();
  await grid(page).locator('.marked').first().waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.querySelector('.main').textContent), '50', 'the focus stays on the same figure');
  await grid(page).locator('.marked').first().waitFor({ state: 'detached' });

  step('tokens of the shelf change the address: an indicator goes, another is found without marks');
  await page.getByRole('button', { name: 'Bỏ C1' }).click();
  await page.getByRole('button', { name: '+ Thêm chỉ tiêu' }).click();
  await page.getByLabel(/Tìm chỉ tiêu/).fill('kinh phi');
  await page.getByRole('checkbox', { name: /A8/ }).check();
  await page.waitForURL(/indicators=A8%2CB1%2CB2%2CG7/);
  await rowOf(page, first).getByRole('gridcell').first().filter({ hasText: '1,5' }).waitFor();
  await fits(page, 'explore-shelf');
  await accessible(page, 'explore shelf');

  step('dark, English, a phone');
  await page.emulateMedia({ colorScheme: 'dark' });
  await prefer(page, 'language', 'en');
  await page.getByRole('heading', { name: 'Explore figures' }).waitFor();
  await accessible(page, 'explore dark English');
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page, 'explore-dark');
});
