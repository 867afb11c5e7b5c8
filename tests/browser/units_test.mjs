// SPDX-License-Identifier: Apache-2.0
// browser: units are walked through time, as pages, as a tree, and as two maps beside each other
import assert from 'node:assert/strict';
import { accessible, accounts, fits, open, prefer, run, signIn, sound, step, uploads } from './desk.mjs';

const lists = (name, from, to) => uploads('../../data/vn-units/', '.csv', 'text/csv', name, from, to);

await run(async () => {
  const centre = await open();
  await signIn(centre, accounts.centre);
  const tree = centre.getByRole('tree');
  const active = () => tree.evaluate((node) => document.getElementById(node.getAttribute('aria-activedescendant'))?.dataset.code);

  step('a commune shows the line of what went into it');
  await centre.goto('/ctr-07/units/vn34:00745');
  await centre.getByRole('heading', { name: 'Xã Phố Bảng', level: 1 }).waitFor();
  const line = centre.getByRole('region', { name: 'Quá trình sắp xếp' });
  await line.getByText('Hình thành ngày 01/07/2025 · 1684/NQ-UBTVQH15').waitFor();
  assert.ok((await line.getByRole('link').count()) >= 2, 'it was made of several');
  assert.equal(await line.locator('svg.wires path').count(), await line.locator('.side li').count(), 'each has its lane');
  await centre.getByRole('tab', { name: /Việc phải làm/ }).waitFor();
  await sound(centre, 'unit');

  step('the tabs are walked by arrows and stand in the address');
  await centre.getByRole('tab', { name: /Việc phải làm/ }).focus();
  await centre.keyboard.press('ArrowRight');
  await centre.getByRole('tabpanel', { name: 'Ban Chỉ đạo' }).getByText('Kiện toàn').or(centre.getByText('kiện toàn Ban Chỉ đạo')).first().waitFor();
  await centre.keyboard.press('ArrowRight');
  await centre.getByRole('table', { name: /Số liệu/ }).waitFor();
  assert.match(centre.url(), /tab=figures/);
  await sound(centre, 'unit-figures');
  await centre.keyboard.press('ArrowRight');
  await centre.getByText('Đơn vị này chưa có văn bản nào').waitFor();

  step('a divided commune says what went where, and that nobody takes its figures');
  await centre.goto('/ctr-07/units/vn63:18796?on=2025-06-30');
  await centre.getByRole('heading', { level: 1 }).waitFor();
  await centre.getByText(/Đang xem theo bản đồ ngày 30\/06\/2025/).waitFor();
  await centre.getByText(/Chưa chọn đơn vị kế thừa số liệu/).waitFor();
  await centre.getByText(/không gồm diện tích, một phần dân số/).first().waitFor();
  await sound(centre, 'unit-ended');

  step('its heir is chosen after a preview, with the paper behind it');
  await centre.getByRole('button', { name: 'Chọn đơn vị kế thừa…' }).click();
  const dialog = centre.getByRole('dialog', { name: /Chọn đơn vị kế thừa số liệu của Xã Kỳ Lợi/ });
  await dialog.getByRole('radio', { name: /Phường Sông Trí/ }).check();
  await dialog.getByLabel(/Văn bản quyết định/).fill('12/QĐ-UBND');
  await dialog.getByRole('button', { name: 'Xem trước' }).click();
  await dialog.getByText(/dòng “chưa chia” của Tỉnh Hà Tĩnh/).first().waitFor();
  await accessible(centre, 'heir');
  await fits(centre, 'unit-heir');
  await dialog.getByRole('button', { name: 'Ghi lựa chọn' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await centre.getByText('Kế thừa số liệu cũ').waitFor();
  assert.equal(await centre.getByText(/Chưa chọn đơn vị kế thừa/).count(), 0);

  step('lists with an error are refused with file and row, better ones are tried and applied');
  await centre.goto('/ctr-07/units?view=import');
  const choose = (list) => centre.getByLabel('Các tệp danh mục').setInputFiles(list);
  await choose(lists('commune_map.csv', 'full,full,1,1,resolution_text', 'full,ful,1,1,resolution_text'));
  await centre.getByRole('button', { name: 'Chạy thử' }).click();
  await centre.getByText(/Chưa nạp được: còn \d+ lỗi/).waitFor();
  await centre.getByRole('rowheader', { name: 'commune_map.csv:2' }).first().waitFor();
  await accessible(centre, 'import faults');
  await fits(centre, 'units-import-faults');
  await choose(lists('changes_2026.csv', '\n2026-04-30,commune,25270', '\n2026-09-01,commune,00745,full_name,Xã Phố Bảng,Phường Phố Bảng,9/2026,act\n2026-04-30,commune,25270'));
  await centre.getByRole('button', { name: 'Chạy thử' }).click();
  await centre.getByText(/Sẽ thêm 0 đơn vị, sửa 1 đơn vị/).waitFor();
  await centre.getByText('Xã Phố Bảng → Phường Phố Bảng').waitFor();
  await centre.getByText('Bản đồ ngày 01/07/2025: cây và mọi tổng không đổi.').waitFor();
  await sound(centre, 'units-import');
  await centre.getByRole('button', { name: 'Áp dụng…' }).click();
  await centre.getByRole('dialog', { name: 'Áp dụng thay đổi cho 1 đơn vị?' }).getByRole('button', { name: 'Áp dụng', exact: true }).click();
  await centre.getByText('Đã nạp: thêm 0 đơn vị, sửa 1 đơn vị.').waitFor();

  step('an abolished district says where its figures stand');
  await centre.goto('/ctr-07/units/vn63:026?on=2025-06-30');
  await centre.getByText(/Không có đơn vị kế thừa/).waitFor();

  step('the units below a province are a list to search');
  await centre.goto('/ctr-07/units/vn34:08?tab=below');
  await centre.getByText('124 đơn vị', { exact: true }).waitFor();
  await centre.getByLabel(/Lọc theo tên hoặc mã/).fill('pho bang');
  await centre.getByText('1 trên 124 đơn vị').waitFor();
  await sound(centre, 'unit-province');

  step('the tree of today is walked with the keyboard alone');
  await centre.goto('/ctr-07/units');
  await centre.getByText(/34 tỉnh, thành phố · 3\.321 đơn vị cấp xã/).waitFor();
  await tree.focus();
  assert.equal(await active(), 'iso:VN');
  await centre.keyboard.type('tuyen');
  assert.equal(await active(), 'vn34:08');
  await centre.keyboard.press('ArrowRight');
  await tree.locator('[data-code="vn34:08"][aria-expanded="true"]').waitFor();
  await centre.keyboard.press('ArrowRight');
  const first = await active();
  assert.match(first, /^vn34:/);
  assert.notEqual(first, 'vn34:08');
  await centre.keyboard.press('ArrowLeft');
  assert.equal(await active(), 'vn34:08');
  assert.ok((await tree.getByRole('treeitem').count()) < 80, 'only what is in sight is in the page');
  await sound(centre, 'units-tree');
  await centre.keyboard.press('Enter');
  await centre.getByRole('heading', { name: 'Tỉnh Tuyên Quang', level: 1 }).waitFor();

  step('the tree of 30 June 2025 has districts, and is filtered without marks');
  await centre.goto('/ctr-07/units?on=2025-06-30');
  await centre.getByText(/63 tỉnh, thành phố · 696 đơn vị cấp huyện · 10\.035 đơn vị cấp xã/).waitFor();
  await centre.getByLabel(/Lọc cây theo tên/).fill('pho bang');
  await tree.getByRole('treeitem', { name: /Phó Bảng/ }).first().waitFor();

  step('a commune picked before the reform shows what it became, on the other map too');
  await centre.goto('/ctr-07/units?view=compare&pick=vn63:00721');
  await centre.getByText('Đến 01/07/2025 thành 1 đơn vị:').waitFor();
  const right = centre.locator('#tree-right');
  await right.locator('.marked').first().waitFor();
  await sound(centre, 'units-compare');

  step('and back: what a new commune came from, with its shares and act');
  await right.locator('.marked .name').first().click();
  await centre.getByText(/Vào 30\/06\/2025 gồm \d+ đơn vị:/).waitFor();
  await centre.locator('#tree-left .marked').first().waitFor();
  await centre.getByText(/toàn bộ diện tích và dân số · 01\/07\/2025 · 1684\/NQ-UBTVQH15/).first().waitFor();

  step('on a phone everything fits, the newest on top');
  const phone = await open(360, 740, { hasTouch: true });
  await signIn(phone, accounts.centre);
  for (const [name, address, wait] of [
    ['unit', '/ctr-07/units/vn34:00745', 'Quá trình sắp xếp'], ['unit-ended', '/ctr-07/units/vn63:18796?on=2025-06-30', 'Quá trình sắp xếp'],
    ['unit-figures', '/ctr-07/units/vn34:00745?tab=figures', 'Số liệu'], ['units-tree', '/ctr-07/units', 'Việt Nam'], ['units-compare', '/ctr-07/units?view=compare&pick=vn63:00721', 'Đến 01/07/2025'],
  ]) {
    await phone.goto(address);
    await phone.getByText(wait).first().waitFor();
    if (name.startsWith('units')) await phone.getByRole('treeitem').first().waitFor();
    await sound(phone, name);
  }

  step('and in English');
  await centre.goto('/ctr-07/units/vn34:00745');
  await prefer(centre, 'language', 'en');
  await centre.getByRole('heading', { name: 'Line of succession' }).waitFor();
  await accessible(centre, 'unit in English');
  await fits(centre, 'unit-english');
});
