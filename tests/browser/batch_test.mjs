// SPDX-License-Identifier: Apache-2.0
// browser: an officer of a province fills one form for its communes
// A grid of many units: keyboard, a block from Excel by the units' names, sending what is clean.
import assert from 'node:assert/strict';
import { accessible, accounts, fits, open, period, run, signIn, step } from './desk.mjs';

const address = `/ctr-07/batch/bm02/${period}?under=vn34:08`;
const paste = (page, text) =>
  page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
const cell = (page, row, col) => page.locator(`[data-spot="${row}-${col}"]`);
const keys = async (page, ...all) => {
  for (const key of all) await page.keyboard.press(key);
};

await run(async () => {
  const province = await open();
  await signIn(province, accounts.province);

  step('the form of a commune leads to the grid of all of them');
  await province.goto(`/ctr-07/reports/bm02/${period}/vn34:00745`);
  await province.getByRole('link', { name: 'Nhập nhiều đơn vị' }).click();
  await province.getByRole('rowheader', { name: 'Xã Phố Bảng' }).waitFor();
  await province.locator('tbody tr').nth(100).waitFor();
  const names = await province.locator('tbody th.unit').allInnerTexts();
  assert.ok(names.length > 100, `${names.length} communes`);

  step('keys go across and down; the total follows');
  await cell(province, 0, 0).focus();
  await province.keyboard.type('1');
  await keys(province, 'Tab');
  await province.keyboard.type('1.234');
  await keys(province, 'Enter');
  assert.equal(await province.evaluate(() => document.activeElement.dataset.spot), '1-1');
  await province.keyboard.type('6');
  await keys(province, 'ArrowUp', 'ArrowLeft');
  assert.equal(await province.evaluate(() => document.activeElement.dataset.spot), '0-0');
  await province.locator('tfoot td').nth(2).filter({ hasText: '1.240' }).waitFor();

  step('Ctrl+D fills down, one step to undo');
  await keys(province, 'Shift+ArrowDown', 'Shift+ArrowDown', 'Control+d');
  assert.equal(await cell(province, 2, 0).inputValue(), '1');
  await keys(province, 'Control+z');
  assert.equal(await cell(province, 2, 0).inputValue(), '');
  await keys(province, 'Control+z', 'Control+z', 'Control+z');

  step('a block goes to the units that it names, in any order');
  await cell(province, 0, 0).focus();
  const figures = '3\t44\t12\t5\t2\t1\t20\t2\t4\t4\t30\t25\t1\t4';
  const wrong = '3\t10\t12\t5\t2\t1\t20\t2\t4\t4\t30\t25\t1\t4';
  await paste(province, `Đơn vị\tC1\n${names[4]}\t${figures}\n${names[2]}\t${figures}\n${names[7]}\t${wrong}\n`);
  const dialog = province.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Dán 42 ô' }).click();
  assert.equal(await cell(province, 4, 1).inputValue(), '44');
  assert.equal(await cell(province, 2, 1).inputValue(), '44');
  await province.locator('tbody tr').nth(7).getByText(/1 lỗi/).waitFor();
  await fits(province, 'batch');
  await accessible(province, 'batch');

  step('only the rows with errors, and what is wrong in words');
  await province.getByRole('button', { name: /Chỉ hàng có lỗi 1/ }).click();
  assert.match(province.url(), /wrong=1/);
  await cell(province, 0, 0).focus();
  await keys(province, 'Alt+ArrowDown');
  await province.locator('#batch-about').getByText(/\(C7 là 20, C2 là 10\.\) Sửa C7 hoặc C2/).waitFor();
  await fits(province, 'batch-wrong');
  await province.getByRole('button', { name: /^Tất cả/ }).click();

  step('what is clean is sent, the rest stays');
  await province.getByRole('button', { name: 'Gửi 2 báo cáo không có lỗi' }).click();
  await province.getByTestId('message').filter({ hasText: 'Đã nhận 2 trên 2 báo cáo.' }).waitFor();
  await province.locator('tbody tr').nth(4).getByText('Đã gửi, chờ duyệt').waitFor();
  assert.equal(await cell(province, 7, 1).inputValue(), '10');

  step('one row is mended and sent by itself');
  await cell(province, 7, 1).focus();
  await province.keyboard.type('44');
  await keys(province, 'Enter');
  await cell(province, 7, 1).focus();
  await province.getByRole('button', { name: `Gửi báo cáo ${names[7]}` }).click();
  await province.locator('tbody tr').nth(7).getByText('Đã gửi, chờ duyệt').waitFor();

  step('on a phone it is a list of the units; in English and in the dark too');
  await province.evaluate(() => { localStorage.setItem('language', 'en'); localStorage.setItem('theme', 'dark'); });
  for (const [width, height] of [[1440, 900], [768, 1024], [360, 740]]) {
    await province.setViewportSize({ width, height });
    await province.goto(address);
    await province.getByText(names[0]).first().waitFor();
    await fits(province, 'batch-dark-en');
    if (width === 360) await accessible(province, 'list of units in English, dark');
  }
  await province.setViewportSize({ width: 1440, height: 900 });
  await province.goto(`/ctr-07/batch/bm02/${period}?under=vn34:00745`);
  await cell(province, 0, 0).waitFor();
  await accessible(province, 'grid in English, dark');
  await province.setViewportSize({ width: 360, height: 740 });
  await province.goto(address);
  await province.getByRole('link', { name: new RegExp(names[4]) }).click();
  await province.locator('#cell-C2').waitFor();
  assert.equal(await province.locator('#cell-C2').inputValue(), '44');
});
