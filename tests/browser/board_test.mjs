// SPDX-License-Identifier: Apache-2.0
// browser: the gap board is read as a grid, a map or in words, and late units get their letters
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { namesOf } from '../../web/src/board/zip.ts';
import { accounts, accessible, fits, open, period, run, shots, signIn, step } from './desk.mjs';

await run(async () => {
  const page = await open();
  await signIn(page, accounts.centre);
  const theme = (name) => page.evaluate((now) => (document.documentElement.dataset.theme = now), name);
  const grid = page.getByRole('grid');
  const row = (code) => page.locator(`[role="row"][data-unit="${code}"]`);
  const focused = () => page.evaluate(() => [document.activeElement?.closest('[data-r]')?.dataset.r, document.activeElement?.closest('[data-c]')?.dataset.c].map(Number));

  step('provinces: a grid of states, each cell with its words');
  await page.goto('/ctr-07/board');
  await row('vn34:08').waitFor();
  assert.equal(await grid.getAttribute('aria-rowcount'), '36');
  assert.match(await row('vn34:08').locator('.cell').first().getAttribute('aria-label'), /Ban Chỉ đạo, Cả chương trình: (Quá hạn|Trong hạn)/);
  await page.evaluate(() => document.fonts.ready);
  await fits(page, 'board-grid');
  await accessible(page, 'board');
  await theme('dark');
  await fits(page, 'board-grid-dark');
  await accessible(page, 'board, dark');
  await theme('light');

  step('by keyboard alone: one stop, arrows, evidence, and back to the same cell');
  await row('vn34:08').locator('.cell').first().focus();
  const [r] = await focused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  assert.deepEqual(await focused(), [r, 2]);
  await page.keyboard.press('Control+End');
  assert.equal((await focused())[0], 33);
  await page.keyboard.press('ArrowDown');
  assert.equal((await focused())[0], 33, 'it stops at the edge');
  await page.keyboard.press('Control+Home');
  assert.deepEqual(await focused(), [0, 0]);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const panel = page.locator('aside');
  await panel.locator('li[data-obligation]').first().waitFor();
  await fits(page, 'board-panel');
  await accessible(page, 'board with its panel');
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  assert.deepEqual(await focused(), [0, 2]);

  step('chips are filters, the address keeps them, and what matches nothing says so');
  await page.getByRole('group', { name: 'Lọc theo tình trạng' }).getByRole('button', { name: /^Quá hạn/ }).click();
  assert.match(page.url(), /state=late/);
  await page.goto('/ctr-07/board?state=returned&kind=committee');
  await page.getByText(/Không đơn vị nào khớp: “Bị trả lại” \+ “Ban Chỉ đạo”/).waitFor();
  await page.locator('#main').getByRole('button', { name: 'Bỏ lọc' }).last().click();
  await row('vn34:08').waitFor();

  step('late units are chosen, and their letters come as one file');
  await page.getByRole('button', { name: /^Chọn \d+ đơn vị quá hạn/ }).click();
  await page.getByText(/^Đã chọn \d+ đơn vị/).waitFor();
  await page.getByRole('button', { name: 'Bỏ chọn' }).click();
  const chosen = 11;
  await page.locator('[role="row"][aria-rowindex="3"] input').click();
  await page.locator('[role="row"][aria-rowindex="14"] input').click({ modifiers: ['Shift'] });
  await page.locator('[role="row"][aria-rowindex="5"] input').click();
  await page.getByText('Đã chọn 11 đơn vị').waitFor();
  await page.getByRole('button', { name: `Soạn công văn đôn đốc (${chosen})` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Mỗi đơn vị một công văn').waitFor();
  await fits(page, 'board-letters');
  const [zip] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: /^Soạn \d+ công văn/ }).click()]);
  const names = namesOf(readFileSync(await zip.path()));
  assert.equal(names.length, 2 * chosen);
  assert.equal(new Set(names).size, names.length);
  await dialog.getByText(`Đã soạn ${chosen} công văn.`).waitFor();
  await dialog.getByRole('button', { name: 'Đóng' }).last().click();

  step('an excuse wants its reason, and stands for all that were chosen');
  await page.goto(`/ctr-07/board?level=commune&under=vn34:08&period=${period}&sort=code&kind=report`);
  const before = row('vn34:00721').locator('.cell').first();
  await before.waitFor();
  await page.locator('[role="row"][data-unit] input').nth(0).click();
  await page.locator('[role="row"][data-unit] input').nth(2).click({ modifiers: ['Shift'] });
  await page.getByText('Đã chọn 3 đơn vị').waitFor();
  await page.getByRole('button', { name: 'Cho miễn…' }).click();
  await dialog.getByRole('button', { name: 'Cho miễn 3 đơn vị' }).click();
  await dialog.getByRole('alert').filter({ hasText: 'Ghi lý do' }).waitFor();
  await dialog.getByLabel('Lý do').fill('Lũ quét, mất liên lạc từ 10/9');
  await accessible(page, 'excuse');
  await dialog.getByRole('button', { name: 'Cho miễn 3 đơn vị' }).click();
  await page.getByText('Đã cho miễn 3 việc.').waitFor();
  await page.locator('.cell.is-excused').nth(2).waitFor();

  step('what changes in place is marked, what would come or go waits to be asked');
  const watcher = await open();
  await signIn(watcher, accounts.province);
  const shown = watcher.getByRole('grid');
  await watcher.goto(`/ctr-07/board?level=commune&under=vn34:08&period=${period}&kind=report&sort=code`);
  const same = watcher.locator('[role="row"][data-unit="vn34:00745"] .cell').nth(1);
  await same.waitFor();
  const narrowed = await open();
  await signIn(narrowed, accounts.province);
  await narrowed.goto(`/ctr-07/board?level=commune&under=vn34:08&period=${period}&kind=report&state=excused`);
  await narrowed.locator('[role="row"][data-unit]').nth(2).waitFor();
  assert.equal(await narrowed.getByRole('grid').getAttribute('aria-rowcount'), '5');
  await watcher.evaluate(() => {
    window.marked = new Promise((resolve) => {
      new MutationObserver(() => document.querySelector('.cell.fresh') && resolve(document.querySelector('.row:has(.fresh)').dataset.unit + document.querySelector('.cell.fresh').getAttribute('aria-label'))).observe(document.body, { subtree: true, attributes: true });
    });
  });
  const sent = await page.evaluate(async (asked) => {
    const { csrf } = await (await fetch('/api/v1/session')).json();
    const body = JSON.stringify({ subject: 'bm02', period: asked, units: ['vn34:00745'], note: 'Chia tách địa bàn' });
    return (await fetch('/api/v1/programmes/ctr-07/board/excuse', { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf }, body })).status;
  }, period);
  assert.equal(sent, 200);
  assert.match(await watcher.evaluate(() => window.marked), /^vn34:00745.*Được miễn/);
  assert.equal(await shown.getAttribute('aria-rowcount'), '126');
  await watcher.locator('.cell.fresh').waitFor({ state: 'detached' });

  step('3,321 communes scroll, and the focus stays on its cell while it is out of sight');
  await page.goto('/ctr-07/board?level=commune&sort=code');
  await row('vn34:00004').waitFor();
  assert.equal(await grid.getAttribute('aria-rowcount'), '3323');
  await row('vn34:00004').locator('.cell').first().focus();
  await grid.evaluate((node) => (node.scrollTop = 60_000));
  await page.locator('[role="row"][aria-rowindex="1680"]').waitFor();
  assert.ok((await page.locator('[role="row"][data-unit]').count()) < 60, 'only what is in sight is there');
  assert.deepEqual(await focused(), [0, 2]);
  await page.keyboard.press('ArrowDown');
  assert.deepEqual(await focused(), [1, 2]);
  await fits(page, 'board-communes');

  step('the map and the list read the same filter');
  await page.getByRole('group', { name: 'Cách xem' }).getByRole('button', { name: 'Danh sách' }).click();
  await page.locator('li[data-unit="vn34:00004"]').waitFor();
  await page.goto('/ctr-07/board?view=list');
  await page.locator('li[data-unit]').first().waitFor();
  await fits(page, 'board-list');
  await accessible(page, 'board in words');

  step('in print: A3 across, heads on every page, late in a black frame');
  await page.goto('/ctr-07/board?sort=code');
  await row('vn34:08').waitFor();
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: false });
  writeFileSync(`${shots}/board.pdf`, pdf);
  const text = execFileSync('pdftotext', ['-layout', `${shots}/board.pdf`, '-'], { encoding: 'utf8' });
  const size = execFileSync('pdfinfo', [`${shots}/board.pdf`], { encoding: 'utf8' }).match(/Page size:\s+([\d.]+) x ([\d.]+)/);
  assert.ok(Number(size[1]) > 1185 && Number(size[2]) < 850, `A3 across, not ${size[0]}`);
  assert.match(text, /Tỉnh Tuyên Quang/);
  assert.match(text, /Quá hạn/);
  assert.match(text, /Bảng theo dõi · 07\/CTrPH.*bản ghi số/);
  assert.match(text, /Dữ liệu mô phỏng/);
  assert.equal(text.split('\f').filter((each) => /Quá hạn/.test(each) && !/Đơn vị/.test(each)).length, 0, 'each page has the heads');
  execFileSync('pdftoppm', ['-r', '60', '-png', `${shots}/board.pdf`, `${shots}/board-print`]);
  await row('vn34:08').waitFor();

  step('as a list for Excel');
  const [csv] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Tải CSV' }).click()]);
  const lines = readFileSync(await csv.path(), 'utf8').split('\r\n');
  assert.match(lines[0], /^\ufeffMã đơn vị,Đơn vị,/);
  assert.ok(lines.some((line) => line.startsWith('vn34:08,Tỉnh Tuyên Quang,')));

  step('in English, and on a phone: units in words, filters folded away');
  await page.evaluate(() => localStorage.setItem('language', 'en'));
  await page.reload();
  await page.getByRole('heading', { name: 'Gap board' }).waitFor();
  await accessible(page, 'board in English');
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/ctr-07/board');
  await page.locator('li[data-unit]').first().waitFor();
  assert.equal(await grid.count(), 0);
  await fits(page, 'board-phone-en');
  await page.evaluate(() => localStorage.setItem('language', 'vi'));
  await page.reload();
  await page.locator('li[data-unit]').first().waitFor();
  await fits(page, 'board-phone');
  await accessible(page, 'board on a phone');
  await theme('dark');
  await fits(page, 'board-phone-dark');
  await accessible(page, 'board on a phone, dark');
  await page.locator('li[data-unit] .line button').first().click();
  await panel.locator('li[data-obligation], p').first().waitFor();
  await fits(page, 'board-phone-panel');
});
