// SPDX-License-Identifier: Apache-2.0
// browser: a programme is read, compared, loaded after a dry run, and copied
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { accessible, accounts, fits, open, run, signIn, sound, step, uploads } from './desk.mjs';

const files = (name, from, to) => uploads('../../programmes/ctr-07/', '.yaml', 'application/yaml', name, from, to);

await run(async () => {
  const centre = await open();
  await signIn(centre, accounts.centre);

  step('the objectives stand first, every part has its tab');
  await centre.goto('/ctr-07/programme');
  await centre.getByRole('tab', { name: /Mục tiêu/, selected: true }).waitFor();
  assert.ok((await centre.getByRole('tab').count()) === 7);
  await sound(centre, 'programme');

  step('an indicator is found without marks and has an address of its own');
  await centre.getByRole('tab', { name: /Chỉ tiêu/ }).click();
  await centre.getByLabel(/Lọc theo mã hoặc tên/).fill('buoi tuyen truyen');
  await centre.getByRole('navigation', { name: 'Chỉ tiêu' }).getByRole('link', { name: /B1/ }).click();
  await centre.waitForURL(/indicator=B1/);
  await centre.getByRole('heading', { name: /^B1 · / }).waitFor();
  await centre.getByText('cộng các kỳ gốc').waitFor();
  await sound(centre, 'programme-indicator');

  step('a form says its regime and is shown as those who fill it see it');
  await centre.goto('/ctr-07/programme?form=bm01');
  await centre.getByText('Thời điểm chốt số liệu').waitFor();
  await centre.getByRole('button', { name: 'Xem thử biểu' }).click();
  await centre.getByRole('article', { name: 'Xem thử biểu' }).getByText('Số liệu kỳ này').waitFor();
  await sound(centre, 'programme-form');
  await centre.getByRole('combobox', { name: /Đơn vị/ }).last().fill('xa pho bang tuyen quang');
  await centre.getByRole('option').first().click();
  const template = centre.waitForEvent('download');
  await centre.getByRole('link', { name: 'Tải biểu mẫu' }).click();
  assert.match((await template).suggestedFilename(), /bm01-2026-Q3\.xlsx/);

  step('the calendar, obligations and parties are read, a whole part at once too');
  await centre.goto('/ctr-07/programme?section=calendar');
  await centre.getByRole('heading', { name: 'Các kỳ gần đây và sắp tới' }).waitFor();
  await centre.getByRole('row', { name: /Quý III\/2026/ }).waitFor();
  await sound(centre, 'programme-calendar');
  await centre.goto('/ctr-07/programme?section=standings&view=all');
  await centre.getByRole('heading', { name: /Thành lập, kiện toàn Ban Chỉ đạo/ }).waitFor();
  await sound(centre, 'programme-standings');

  step('a file with a mistake is refused with its line and what would be right');
  await centre.goto('/ctr-07/programme?section=versions');
  const choose = (list) => centre.getByLabel('Tệp định nghĩa').setInputFiles(list);
  await choose(files('indicators.yaml', '    over_units:', '    over_unit:'));
  await centre.getByRole('button', { name: 'Chạy thử' }).click();
  await centre.getByText(/Chưa nạp được: còn \d+ chỗ phải sửa/).waitFor();
  await centre.getByRole('rowheader', { name: /indicators\.yaml:\d+/ }).first().waitFor();
  await centre.getByText(/Có phải là “over_units”/).first().waitFor();
  await sound(centre, 'programme-faults');

  step('what would change the meaning of figures already taken is refused');
  await choose(files('indicators.yaml', '    over_time: last', '    over_time: sum'));
  await centre.getByRole('button', { name: 'Chạy thử' }).click();
  await centre.getByText(/Chưa nạp được: còn 1 chỗ phải sửa/).waitFor();

  step('a dry run shows each difference and who would owe what');
  const better = files('standings.yaml', 'year issued"\n    party: police\n    levels: [province, commune]', 'year issued"\n    party: police\n    levels: [province]').map((file) =>
    file.name === 'indicators.yaml' ? { ...file, buffer: Buffer.from(file.buffer.toString().replace('Buổi tuyên truyền trực tiếp', 'Buổi tuyên truyền, vận động trực tiếp')) } : file);
  await choose(better);
  await centre.getByRole('button', { name: 'Chạy thử' }).click();
  await centre.getByText('Sẽ là phiên bản 2 của ctr-07.').waitFor();
  await centre.getByText('Khác biệt (2)').waitFor();
  await centre.locator('ins', { hasText: 'truyền, vận động' }).waitFor();
  await centre.getByText(/Năm 2026: .* → .* việc/).waitFor();
  await sound(centre, 'programme-try');

  step('applied after a question, by the keyboard');
  await centre.getByRole('button', { name: 'Áp dụng…' }).focus();
  await centre.keyboard.press('Enter');
  await centre.getByRole('dialog', { name: 'Áp dụng phiên bản 2 của ctr-07?' }).waitFor();
  await fits(centre, 'programme-apply');
  await centre.getByRole('button', { name: 'Áp dụng phiên bản 2' }).click();
  await centre.getByText('Đã áp dụng phiên bản 2 của ctr-07.').waitFor();
  await centre.getByRole('link', { name: 'Mở chương trình ctr-07' }).click();
  await centre.locator('strong', { hasText: 'Phiên bản 2' }).waitFor();
  await centre.getByText('vận động trực tiếp').first().waitFor();
  await sound(centre, 'programme-versions');

  step('the old version is still read, and says that it is old');
  await centre.getByRole('button', { name: 'Đọc phiên bản này' }).last().click();
  await centre.getByText('Đang xem phiên bản 1, không phải phiên bản đang dùng.').waitFor();

  step('a copy under a new code is loaded as a programme of its own');
  await centre.goto('/ctr-07/programme?section=versions');
  await centre.getByLabel(/Mã mới/).fill('ctr-07');
  await centre.getByText('Mã gồm chữ thường không dấu').waitFor();
  await centre.getByLabel(/Mã mới/).fill('ctr-08');
  const download = centre.waitForEvent('download');
  await centre.getByRole('link', { name: 'Tải bản sao' }).click();
  const copy = await download;
  assert.equal(copy.suggestedFilename(), 'ctr-08.zip');
  const path = await copy.path();
  await choose({ name: 'ctr-08.zip', mimeType: 'application/zip', buffer: readFileSync(path) });
  await centre.getByRole('button', { name: 'Chạy thử' }).click();
  await centre.getByText(/Sẽ là chương trình mới ctr-08/).waitFor();

  step('a province reads all of it and loads nothing');
  const province = await open();
  await signIn(province, accounts.province);
  await province.goto('/ctr-07/programme?section=versions');
  await province.getByText(/được đọc, không được nạp/).waitFor();
  assert.equal(await province.getByLabel('Tệp định nghĩa').count(), 0);

  step('a phone shows one definition a screen, and everything fits');
  const phone = await open(360, 740, { hasTouch: true });
  await signIn(phone, accounts.centre);
  for (const [name, query, wait] of [
    ['programme', '', 'Bản đồ hành chính được giữ'], ['programme-list', 'section=indicators', 'A1'], ['programme-indicator', 'indicator=B1', 'Danh sách'],
    ['programme-form', 'form=bm01', 'Chế độ báo cáo'], ['programme-calendar', 'section=calendar', 'Các kỳ gần đây'], ['programme-versions', 'section=versions', 'So sánh hai phiên bản'],
  ]) {
    await phone.goto(`/ctr-07/programme?${query}`);
    await phone.getByText(wait).first().waitFor();
    await sound(phone, name);
  }

  step('and in English');
  await phone.evaluate(() => localStorage.setItem('language', 'en'));
  await phone.goto('/ctr-07/programme?indicator=B1');
  await phone.getByText('sum of the base periods').waitFor();
  await accessible(phone, 'programme in English');
  await fits(phone, 'programme-english');
});
