// SPDX-License-Identifier: Apache-2.0
// browser: a form is filled with the keyboard, the clipboard and Excel
// One officer fills forms as in a spreadsheet; the province looks into the same form from another window.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { accessible, accounts, fits, open, period, run, shots, signIn, step, unit } from './desk.mjs';

const address = (form) => `/ctr-07/reports/${form}/${period}/${unit}`;

/// Calls the API as the page's account would.
const api = (page, method, path, body) =>
  page.evaluate(async ([method, path, body]) => {
    const csrf = (await (await fetch('/api/v1/session')).json()).csrf;
    const answer = await fetch('/api/v1' + path, { method, headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf }, body: JSON.stringify(body) });
    return [answer.status, await answer.text()];
  }, [method, path, body]);

/// Pastes as a spreadsheet would have filled the clipboard.
const paste = (page, text, html = '') =>
  page.evaluate(([text, html]) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    if (html) clipboardData.setData('text/html', html);
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, [text, html]);
/// What copying puts on the clipboard.
const copied = (page, kind = 'copy') =>
  page.evaluate((kind) => {
    const clipboardData = new DataTransfer();
    document.activeElement.dispatchEvent(new ClipboardEvent(kind, { clipboardData, bubbles: true, cancelable: true }));
    return [clipboardData.getData('text/plain'), clipboardData.getData('text/html')];
  }, kind);
const shown = (page, code) => page.locator(`#cell-${code}`).inputValue();
const keys = async (page, ...all) => {
  for (const key of all) await page.keyboard.press(key);
};
const focused = (page) => page.evaluate(() => document.activeElement.id);
const saved = (page) => page.locator('.send .saved').filter({ hasText: /Đã lưu \d/ }).waitFor();

await run(async () => {
  const officer = await open();
  const province = await open();
  await signIn(officer, accounts.officer);
  await signIn(province, accounts.province);
  const centre = await open();
  await signIn(centre, accounts.centre);

  step('what was reported a year and a quarter ago stands beside');
  const before = { C1: '3', C2: '40', C3: '12', C4: '5', C6: '1', C7: '20', C9: '2', F1: '4', F2: '4', F3: '30', F4: '25', F5: '1', F6: '4' };
  for (const [past, c2, received_on] of [['2025-Q3', '32', '2025-09-18'], ['2026-Q1', '38', '2026-03-18'], ['2026-Q2', '40', '2026-06-18']]) {
    const [opened, why] = await api(centre, 'POST', '/programmes/ctr-07/periods', { period: past });
    assert.equal(opened, 200, why);
    const [sent, answer] = await api(centre, 'POST', '/programmes/ctr-07/submissions', {
      form: 'bm02', period: past, unit, cells: { ...before, C2: c2 }, received_on, reason: 'Số liệu kỳ trước',
    });
    assert.equal(sent, 200, answer);
  }
  await officer.goto(address('bm02'));
  await officer.getByRole('columnheader', { name: /Cùng kỳ.*Q3\/2025/ }).waitFor();
  assert.match(await officer.getByRole('row', { name: /C2/ }).first().innerText(), /32[\s\S]*38[\s\S]*40/);
  await accessible(officer, 'entry');

  step('keys move as in a spreadsheet: Enter down, arrows, Tab, F2, Esc');
  await officer.locator('#cell-C1').focus();
  await officer.keyboard.type('3');
  await keys(officer, 'Enter');
  assert.equal(await focused(officer), 'cell-C2');
  await officer.keyboard.type('45');
  await keys(officer, 'ArrowDown');
  assert.equal(await focused(officer), 'cell-C3');
  await keys(officer, 'ArrowUp');
  await officer.keyboard.type('46');
  await keys(officer, 'F2', 'Backspace', 'ArrowLeft');
  await officer.keyboard.type('1');
  await keys(officer, 'Tab');
  assert.equal(await shown(officer, 'C2'), '14', 'F2 edits: 46, 4, 1 before it');
  assert.equal(await focused(officer), 'cell-C3');
  await keys(officer, 'Shift+Tab');
  await officer.keyboard.type('99');
  await keys(officer, 'Escape');
  assert.equal(await shown(officer, 'C2'), '14', 'Esc gives up what was typed');
  await keys(officer, 'ArrowLeft');
  assert.equal(await officer.evaluate(() => document.activeElement.innerText), '40', 'past periods can be walked to');
  await keys(officer, 'ArrowRight', 'Control+Home');
  await keys(officer, 'Control+End', 'Escape', 'Tab');
  assert.ok(!(await officer.evaluate(() => document.activeElement.closest('[role=grid]'))), 'Esc and Tab leave the grid');

  step('undo and redo, step by step');
  await officer.locator('#cell-C2').focus();
  await officer.keyboard.type('41');
  await keys(officer, 'Enter', 'Control+z');
  assert.equal(await shown(officer, 'C2'), '14');
  await keys(officer, 'Control+y');
  assert.equal(await shown(officer, 'C2'), '41');

  step('a ratio is computed while its figures are typed, and a rule speaks at once');
  await officer.locator('#cell-C7').focus();
  await officer.keyboard.type('82');
  const ratio = officer.locator('#cell-C8');
  await ratio.filter({ hasText: '200,0' }).waitFor();
  await officer.locator('aside').getByText('Số điểm mô hình hiệu quả (C7) không được lớn hơn số điểm đang hoạt động (C2). (C7 là 82, C2 là 41.) Sửa C7 hoặc C2.').first().waitFor();
  assert.equal(await officer.locator('#cell-C7').getAttribute('aria-invalid'), 'true');
  await fits(officer, 'entry-rule');
  await accessible(officer, 'entry with an error');
  await officer.keyboard.press('Control+a');
  await officer.locator('#cell-C7').focus();
  await officer.keyboard.type('21');
  await keys(officer, 'Enter');
  await ratio.filter({ hasText: '51,2' }).waitFor();

  step('a figure far from the usual asks for an explanation; Alt and arrow go to it');
  await officer.locator('#cell-C3').focus();
  await officer.keyboard.type('90');
  await keys(officer, 'Enter', 'Control+Home', 'Alt+ArrowDown');
  assert.equal(await focused(officer), 'cell-C3');
  await officer.locator('aside').getByText('C3 cao hơn bình quân các kỳ trước 650 % (90 so với 12). Nếu đúng, ghi giải trình; nếu nhầm, sửa số.').first().waitFor();
  await fits(officer, 'entry-warning');
  await officer.locator('aside').getByRole('button', { name: 'Ghi giải trình C3' }).click();
  await officer.locator('#explain-C3:focus').waitFor();
  await officer.keyboard.type('Tính cả tổ của hai thôn mới');
  await officer.locator('tr', { has: officer.locator('#cell-C3') }).getByText('Cảnh báo, đã giải trình').waitFor({ state: 'attached' });
  await officer.locator('#cell-C3').focus();
  await keys(officer, 'Control+z');
  assert.equal(await shown(officer, 'C3'), '');

  step('a column from Excel is pasted as one step');
  await officer.locator('#cell-F1').focus();
  await paste(officer, '4\r\n1.234\r\n30\r\n');
  assert.deepEqual([await shown(officer, 'F1'), await shown(officer, 'F2'), await shown(officer, 'F3')], ['4', '1.234', '30']);
  await keys(officer, 'Control+z');
  assert.deepEqual([await shown(officer, 'F1'), await shown(officer, 'F2'), await shown(officer, 'F3')], ['', '', '']);

  step('“1,234” is asked once for the block, with the keyboard alone');
  await officer.locator('#cell-F1').focus();
  await paste(officer, '5\n1,234\nkhông\n7\n');
  const dialog = officer.getByRole('dialog');
  await dialog.getByText('“1,234” đọc được hai cách: 1234 hoặc 1 phẩy 234. Chọn cách đọc cho 1 ô vừa dán.').waitFor();
  assert.ok(await dialog.getByRole('button', { name: /Dán \d ô/ }).isDisabled(), 'nothing is guessed');
  await fits(officer, 'entry-paste');
  await accessible(officer, 'paste dialog');
  await dialog.getByLabel(/kiểu Anh/).focus();
  await keys(officer, 'Space');
  await dialog.getByRole('button', { name: 'Dán 3 ô' }).focus();
  await keys(officer, 'Enter');
  await dialog.waitFor({ state: 'hidden' });
  assert.deepEqual([await shown(officer, 'F1'), await shown(officer, 'F2'), await shown(officer, 'F3'), await shown(officer, 'F4')], ['5', '1.234', '', '7']);
  assert.equal(await focused(officer), 'cell-F1', 'the focus is back in the grid');

  step('a table with its headings goes to the rows that it names');
  await paste(officer, 'Chỉ tiêu\tKết quả\nF3\t12\nF4\t9\n');
  await dialog.getByText('Đặt theo mã hoặc tên chỉ tiêu').waitFor();
  await dialog.getByRole('button', { name: 'Dán 2 ô' }).click();
  assert.deepEqual([await shown(officer, 'F3'), await shown(officer, 'F4'), await shown(officer, 'F1')], ['12', '9', '5']);

  step('what is copied carries Vietnamese text and exact figures; cut clears, Delete clears, Ctrl+D fills down');
  await officer.locator('#cell-F1').focus();
  await keys(officer, 'Shift+ArrowDown');
  assert.deepEqual(await copied(officer), ['5\r\n1.234', '<table><tr><td data-figure="5">5</td></tr><tr><td data-figure="1234">1.234</td></tr></table>']);
  await copied(officer, 'cut');
  assert.equal(await shown(officer, 'F2'), '');
  await keys(officer, 'Control+z');
  await officer.locator('#cell-F1').focus();
  await keys(officer, 'Shift+ArrowDown', 'Control+d');
  assert.equal(await shown(officer, 'F2'), '5');
  await keys(officer, 'Delete');
  assert.deepEqual([await shown(officer, 'F1'), await shown(officer, 'F2')], ['', '']);
  await keys(officer, 'Control+z', 'Control+z');
  assert.equal(await shown(officer, 'F2'), '1.234');

  step('one text with two readings is asked in the panel');
  await officer.locator('#cell-F6').focus();
  await officer.keyboard.type('1,234');
  await keys(officer, 'Enter');
  await officer.locator('#cell-F6').focus();
  await officer.locator('aside').getByRole('button', { name: 'Là 1.234' }).click();
  assert.equal(await shown(officer, 'F6'), '1.234');

  step('the list of keys opens with a question mark and gives the focus back');
  await officer.locator('#cell-F6').focus();
  await keys(officer, '?');
  await officer.getByRole('heading', { name: 'Phím tắt' }).waitFor();
  await fits(officer, 'entry-keys');
  await keys(officer, 'Escape');
  await officer.getByRole('heading', { name: 'Phím tắt' }).waitFor({ state: 'hidden' });
  assert.equal(await focused(officer), 'cell-F6');

  step('the draft is saved as typed and is there on another device of the account');
  await saved(officer);
  const other = await open(360, 740);
  await signIn(other, accounts.officer);
  await other.goto(address('bm02'));
  await other.locator('#cell-F2').waitFor();
  assert.equal(await shown(other, 'F2'), '1.234');

  step('on a phone one indicator is one block, the first above the middle, the send bar at the bottom');
  const first = await other.locator('input.cell').first().boundingBox();
  assert.ok(first.y + first.height / 2 < 740 / 2, `the first field stands at ${first.y}`);
  assert.ok(first.height >= 44, 'a field is as high as a finger');
  await fits(other, 'entry-phone');
  await accessible(other, 'entry on a phone');
  await other.locator('#cell-C9').fill('900');
  await other.locator('#cell-C9').blur();
  await other.locator('#finding-C9').getByText(/C9/).first().waitFor();
  await other.getByRole('button', { name: 'Chi tiết C9' }).click();
  await other.locator('aside').getByRole('heading', { name: /^C9/ }).waitFor();
  await fits(other, 'entry-phone-panel');
  await other.keyboard.press('Escape');
  await other.locator('#cell-C9').fill('2');
  await other.close();

  step('two people in one form see each other');
  await province.goto(address('bm02'));
  await province.getByText(/Cũng đang mở biểu này: .*Công an xã Phố Bảng/).waitFor();
  await province.goto('/ctr-07/work');
  await province.locator('#main h1').waitFor();

  step('the template is filled in Excel: wrong cells are shown in place, the right ones are taken, nothing is sent');
  const file = `${shots}/figures.csv`;
  writeFileSync(file, `period,unit,indicator,value\n${period},${unit},C1,4\n${period},${unit},C2,50\n${period},${unit},C3,2.5\n${period},${unit},C9,mười\n`);
  await officer.locator('input[type=file]').setInputFiles(file);
  const result = officer.getByTestId('upload');
  await result.getByText('Đã đưa 4 ô vào biểu, trong đó 2 ô sai').waitFor();
  assert.deepEqual([await shown(officer, 'C2'), await shown(officer, 'C9')], ['50', 'mười']);
  assert.equal(await officer.locator('#cell-C9').getAttribute('aria-invalid'), 'true');
  assert.equal(await officer.locator('#cell-C3').getAttribute('aria-invalid'), 'true');
  await fits(officer, 'entry-upload');
  const [marked] = await Promise.all([officer.waitForEvent('download'), result.getByRole('button', { name: 'Tải tệp đánh dấu lỗi' }).click()]);
  assert.equal(readFileSync(await marked.path()).subarray(0, 2).toString(), 'PK', 'a workbook');
  const [template] = await Promise.all([officer.waitForEvent('download'), officer.getByRole('link', { name: 'Tải biểu mẫu' }).click()]);
  assert.match(template.suggestedFilename(), /\.xlsx$/);
  await officer.locator('#cell-C1').focus();
  await keys(officer, 'Control+z');
  assert.equal(await shown(officer, 'C9'), '', 'the file was one step');

  step('sent with a cell missing: said at the cell, the focus goes there; then received');
  await officer.getByRole('button', { name: 'Gửi báo cáo' }).click();
  await officer.getByTestId('message').filter({ hasText: /Chưa gửi được: còn \d+ lỗi ở ô .*Bản nháp đã lưu/ }).waitFor();
  await officer.locator('aside').getByText(/Nhập C3 .*Không có thì nhập 0/).first().waitFor();
  await fits(officer, 'entry-missing');
  await officer.locator('#cell-C1').focus();
  await paste(officer, Object.entries({ ...before, C2: '44', F6: '8' }).map(([code, value]) => `${code}\t${value}`).join('\n'));
  await dialog.getByRole('button', { name: /Dán \d+ ô/ }).click();
  await officer.getByRole('button', { name: 'Gửi báo cáo' }).click();
  await officer.getByTestId('message').filter({ hasText: 'Đã nhận báo cáo (phiên bản 1' }).waitFor();
  await fits(officer, 'entry-received');

  step('somebody else sends a newer version meanwhile: nothing is overwritten, each cell is chosen');
  await officer.locator('#cell-C9').fill('7');
  await saved(officer);
  const [corrected, said] = await api(province, 'POST', '/programmes/ctr-07/submissions', { form: 'bm02', period, unit, patch: true, based_on: 1, cells: { C9: '6' } });
  assert.equal(corrected, 200, said);
  assert.equal(JSON.parse(said).version, 2, said);
  const conflict = officer.getByTestId('conflict');
  await conflict.waitFor();
  await fits(officer, 'entry-conflict');
  await conflict.getByRole('button', { name: 'Giữ cả cột của tôi' }).click();
  await conflict.getByRole('button', { name: 'Gửi 1 ô' }).click();
  await officer.getByTestId('message').filter({ hasText: 'Đã nhận báo cáo (phiên bản 3' }).waitFor();
  assert.equal(await shown(officer, 'C9'), '7');

  step('nil in one action, asked with verbs');
  await officer.goto(address('bm03'));
  await officer.getByRole('button', { name: 'Không phát sinh…' }).click();
  await dialog.getByText('Gửi báo cáo không phát sinh?').waitFor();
  await fits(officer, 'entry-nil');
  await dialog.getByRole('button', { name: 'Gửi báo cáo không phát sinh' }).click();
  await officer.getByTestId('message').filter({ hasText: 'Đã nhận báo cáo (phiên bản 1' }).waitFor();

  step('in English and in the dark, on both sizes, for who may not change anything too');
  await centre.goto(address('bm02'));
  await officer.evaluate(() => { localStorage.setItem('language', 'en'); localStorage.setItem('theme', 'dark'); });
  for (const [width, height] of [[1440, 900], [768, 1024], [360, 740]]) {
    await officer.setViewportSize({ width, height });
    await officer.goto(address('bm02'));
    await officer.getByRole('button', { name: 'Send correction' }).waitFor();
    await fits(officer, 'entry-dark-en');
    await accessible(officer, `entry in English, dark, ${width}`);
  }
});
