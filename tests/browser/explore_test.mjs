// SPDX-License-Identifier: Apache-2.0
// browser: an officer explores figures as table, chart and map, and each figure explains itself
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync } from 'node:fs';
import { accessible, accounts, fits, open, period, prefer, run, shots, signIn, step, unit } from './desk.mjs';

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

  step('charts: bars in order, dots with their median, small multiples; the keyboard walks the figures and Enter explains');
  await page.goto(`${view}&view=chart`);
  const chart = page.locator('svg[role=img]').first();
  await chart.waitFor();
  assert.match(await chart.getAttribute('aria-label'), /B1 Buổi tuyên truyền trực tiếp \(buổi\) · Đơn vị trực thuộc Tỉnh Tuyên Quang · Quý III\/2026\. Lớn nhất: .*30 buổi/);
  await chart.focus();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('status').filter({ hasText: /30 buổi \(1 trên 1\)/ }).waitFor();
  await fits(page, 'explore-bars');
  await accessible(page, 'explore bars');
  await page.keyboard.press('Enter');
  await drawer.getByTestId('explained').filter({ hasText: '30' }).waitFor();
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Phân bố' }).click();
  await page.getByText('trung vị 8').waitFor();
  await page.getByRole('button', { name: 'Nhiều biểu đồ nhỏ' }).click();
  await page.getByRole('img', { name: /Các biểu đồ nhỏ cùng một thang đo/ }).waitFor();
  await page.getByRole('button', { name: 'Đường', exact: true }).click();
  await page.getByRole('img', { name: /Biểu đồ đường/ }).waitFor();
  await fits(page, 'explore-line');
  await accessible(page, 'explore line');

  step('a chart is saved as SVG and PNG that say what they show and that it is simulated');
  const save = async (press) => (await Promise.all([page.waitForEvent('download'), press()]))[0];
  const svg = await save(() => page.getByRole('button', { name: 'Tải SVG' }).click());
  const drawn = readFileSync(await svg.path(), 'utf8');
  assert.match(drawn, /Buổi tuyên truyền/);
  assert.match(drawn, /Dữ liệu mô phỏng/);
  assert.match(drawn, /font\/woff2;base64/);
  const png = await save(() => page.getByRole('button', { name: 'Tải PNG' }).click());
  copyFileSync(await png.path(), `${shots}/explore-chart.png`);
  assert.ok(readFileSync(await png.path()).length > 10_000);

  step('a map, and two maps on one scale where pointing at a province marks what it came from');
  await page.goto('/ctr-07/explore?indicators=B1&view=map');
  await page.getByRole('img', { name: /B1 Buổi tuyên truyền/ }).waitFor();
  await page.getByText('Quần đảo Hoàng Sa').first().waitFor();
  await page.getByText('Quần đảo Trường Sa').first().waitFor();
  await fits(page, 'explore-map');
  await accessible(page, 'explore map');
  await page.getByRole('button', { name: 'Hai bản đồ' }).click();
  await page.getByRole('heading', { name: /30\/06\/2025 · 63 đơn vị/ }).waitFor();
  await page.getByRole('heading', { name: /16\/09\/2026 · 34 đơn vị/ }).waitFor();
  const [now, then] = [page.locator('section[aria-label*="16/09/2026"]'), page.locator('section[aria-label*="30/06/2025"]')];
  await now.locator('[data-code="vn34:08"]').first().hover();
  await then.locator('.outlines .outline').nth(1).waitFor({ state: 'attached' });
  assert.equal(await then.locator('.outlines .outline').count(), 2, 'Hà Giang and Tuyên Quang are marked');
  assert.equal(await page.getByText('Quần đảo Trường Sa').count(), 2);
  await fits(page, 'explore-maps');
  await accessible(page, 'explore two maps');

  step('CSV and XLSX of the view; paper shows every row, not only those in sight');
  await page.goto(view);
  await page.locator('.cell').first().waitFor();
  await page.evaluate(() => { window.print = () => undefined; dispatchEvent(new Event('beforeprint')); });
  assert.ok((await page.locator('table.paper tbody tr').count()) > 120, 'all units are on paper');
  await page.emulateMedia({ media: 'print' });
  await page.locator('table.paper').waitFor();
  assert.equal(await grid(page).isVisible(), false);
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await page.emulateMedia({ media: 'screen' });
  await page.locator('table.paper').waitFor({ state: 'detached' });
  for (const [item, ending] of [[/^XLSX/, '.xlsx'], [/^CSV/, '.csv']]) {
    await page.getByRole('button', { name: 'Xuất', exact: true }).click();
    const file = await save(() => page.getByRole('link', { name: item }).click());
    assert.ok(file.suggestedFilename().endsWith(ending));
  }

  step('a view is kept by its name, stands on the dashboard and opens the same address');
  await page.getByRole('button', { name: 'Lưu cách xem' }).click();
  await page.getByLabel('Tên cách xem').fill('Tuyên truyền ở Tuyên Quang');
  await page.getByRole('dialog').getByRole('button', { name: 'Lưu cách xem' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.goto('/ctr-07/dashboard');
  const card = page.getByRole('article', { name: 'Tuyên truyền ở Tuyên Quang' });
  await card.getByText('50', { exact: true }).waitFor();
  await card.getByText('4 trên 125 báo cáo').first().waitFor();
  await page.getByRole('article', { name: 'Tuyên truyền, vận động' }).getByText('báo cáo').first().waitFor();
  await fits(page, 'dashboard');
  await accessible(page, 'dashboard');
  await card.getByRole('link', { name: 'Tuyên truyền ở Tuyên Quang' }).click();
  await page.waitForURL(/\/explore\?indicators=B1/);
  await page.goto('/ctr-07/dashboard');
  await card.getByRole('button', { name: 'Việc với' }).click();
  await page.getByRole('button', { name: 'Xóa' }).click();
  await card.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await card.waitFor();

  step('a report of the unit and period is made from the view');
  await page.goto(view);
  await page.getByRole('button', { name: 'Đưa vào báo cáo' }).click();
  const dialog = page.getByRole('dialog', { name: 'Lập báo cáo của Việt Nam?' });
  await dialog.getByText('Cách xem đang mở là của Tỉnh Tuyên Quang.').waitFor();
  await fits(page, 'explore-report');
  await dialog.getByRole('button', { name: 'Lập báo cáo' }).click();
  await page.waitForURL(/\/documents\/\d+/);
  await page.getByTestId('document-state').filter({ hasText: 'Dự thảo' }).waitFor();

  step('on a phone the figure stands first with n of m, its units as bars, the table a step away');
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(view);
  await page.getByRole('button', { name: /50 buổi/ }).waitFor();
  await fits(page, 'explore-phone');
  await accessible(page, 'explore phone');
  await page.getByRole('link', { name: 'Xem bảng' }).first().click();
  await grid(page).waitFor();
  await fits(page, 'explore-phone-table');
  await page.goto('/ctr-07/dashboard');
  await card.waitFor();
  await fits(page, 'dashboard-phone');

  step('dark and English');
  await page.emulateMedia({ colorScheme: 'dark' });
  await prefer(page, 'language', 'en');
  for (const [name, address] of [['table', `${view}&view=table`], ['chart', `${view}&view=chart`], ['maps', '/ctr-07/explore?indicators=B1&view=maps']]) {
    await page.goto(address);
    await page.getByRole('heading', { name: 'Explore figures' }).waitFor();
    await page.locator(name === 'table' ? '.cell' : 'svg[role=img]').first().waitFor();
    await fits(page, `explore-dark-${name}`);
    await accessible(page, `explore dark English ${name}`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto('/ctr-07/dashboard');
  await page.getByRole('heading', { name: 'By field of work' }).waitFor();
  await page.getByText('of 125 reports').first().waitFor();
  await fits(page, 'dashboard-dark');
  await accessible(page, 'dashboard dark English');
});
