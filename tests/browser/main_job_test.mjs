// SPDX-License-Identifier: Apache-2.0
// browser: an officer reports and the centre sees it at once
// The main job: a commune's officer and the centre, each in a window of their own.
import assert from 'node:assert/strict';
import { accounts, fits, open, period, run, signIn, step, unit } from './desk.mjs';

await run(async () => {
  const officer = await open();
  const centre = await open();

  step('a wrong password is refused with a sentence');
  await officer.goto('/');
  await officer.getByLabel('Tên đăng nhập').fill('xa-pho-bang');
  await officer.getByLabel('Mật khẩu', { exact: true }).fill('sai mat khau');
  await officer.getByRole('button', { name: 'Đăng nhập' }).click();
  await officer.getByRole('alert').waitFor();
  await fits(officer, 'sign-in');

  step('both sign in and choose their own passwords');
  await signIn(officer, accounts.officer);
  await signIn(centre, accounts.centre);

  step('the centre watches the board of communes of Tuyên Quang');
  await centre.goto(`/ctr-07/board?level=commune&under=vn34:08&period=${period}&sort=code&kind=report`);
  const row = centre.locator(`[role="row"][data-unit="${unit}"]`);
  await row.waitFor();
  assert.doesNotMatch(await row.locator('.cell').first().getAttribute('aria-label'), /chờ duyệt/);

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
  await row.locator('.cell[aria-label*="chờ duyệt"], .cell[aria-label*="trễ hạn"]').first().waitFor({ timeout: 5000 });
  console.log(`   seen in the other window ${Date.now() - sent} ms after pressing the button`);
  await fits(centre, 'board');

  step('the figure stands in the totals and explains itself');
  await centre.goto(`/ctr-07/explore?indicators=B2&from=${period}&to=${period}&units=children:vn34:08`);
  await centre.locator(`[role=row][data-unit="${unit}"]`).getByRole('gridcell').filter({ hasText: '1.234' }).click();
  await centre.getByRole('heading', { name: 'Giải thích số này' }).waitFor();
  await fits(centre, 'explore');

  step('the centre returns it with a reason, and the officer sees it first');
  await centre.goto(`/ctr-07/reports/bm01/${period}/${unit}`);
  await centre.getByRole('button', { name: 'Trả lại…' }).click();
  await centre.getByLabel(/Lý do trả lại/).fill('Đề nghị rà soát chỉ tiêu B2');
  await centre.getByRole('button', { name: 'Trả lại báo cáo' }).click();
  await centre.getByTestId('report-state').filter({ hasText: 'Bị trả lại' }).waitFor();
  await officer.goto('/ctr-07/work');
  await officer.getByRole('link', { name: /Sửa báo cáo/ }).click();
  await officer.getByText('Đề nghị rà soát chỉ tiêu B2').waitFor();
  await officer.locator('#cell-B2').fill('1200');
  await officer.getByRole('button', { name: 'Gửi bản sửa' }).click();
  await officer.getByTestId('message').filter({ hasText: 'Đã nhận báo cáo (phiên bản 2' }).waitFor();

  step('the history of the obligation names who sent and who returned');
  await officer.goto(`/ctr-07/board?level=commune&under=vn34:08&period=${period}&sort=code&kind=report`);
  await officer.locator(`[role="row"][data-unit="${unit}"] .cell`).first().click();
  await officer.locator('aside').getByText('Cơ quan thường trực').waitFor();
  await officer.locator('aside').getByText('Công an xã Phố Bảng').first().waitFor();

  step('the centre verifies and locks on the page of checks, a return there wants its reason');
  await centre.goto('/ctr-07/work');
  await centre.getByRole('link', { name: /chờ tôi kiểm tra/i }).click();
  await centre.getByRole('heading', { name: 'Kiểm tra báo cáo' }).waitFor();
  const waiting = centre.locator(`li[data-report="bm01/${period}/${unit}"]`);
  const review = centre.locator(`article[data-shown="bm01/${period}/${unit}"][aria-busy="false"]`);
  await waiting.getByRole('link').click();
  await review.getByRole('button', { name: 'Trả lại…' }).click();
  await centre.getByRole('dialog').getByLabel(/Lý do trả lại|Lý do chung/).fill('Thiếu giải trình');
  await fits(centre, 'checks');
  await centre.getByRole('dialog').getByRole('button', { name: 'Trả lại báo cáo' }).click();
  await waiting.waitFor({ state: 'detached' });
  await officer.goto(`/ctr-07/reports/bm01/${period}/${unit}`);
  await officer.getByText('Thiếu giải trình').first().waitFor();
  await officer.locator('#cell-B2').fill('1201');
  await officer.getByRole('button', { name: 'Gửi bản sửa' }).click();
  await officer.getByTestId('message').filter({ hasText: 'phiên bản 3' }).waitFor();
  await centre.getByRole('button', { name: '1 thay đổi mới · Cập nhật' }).click({ timeout: 15_000 });
  await waiting.getByRole('link').click();
  await review.getByRole('button', { name: /^Duyệt/ }).click();
  await waiting.waitFor({ state: 'detached' });
  await centre.getByRole('button', { name: 'Đã duyệt, chưa khóa' }).click();
  await waiting.getByRole('link').click();
  await review.getByRole('button', { name: /^Khóa/ }).click();
  await waiting.waitFor({ state: 'detached' });
  await centre.getByText('Không có báo cáo nào đã duyệt mà chưa khóa.').waitFor();

  step('a merged province shows its worst state, and behind it what each part owed');
  await centre.goto('/ctr-07/board?level=province&kind=committee');
  const merged = centre.locator('[role="row"][data-unit="vn34:08"]');
  await merged.locator('.cell').first().click();
  const panel = centre.locator('aside');
  await panel.getByText('Tỉnh Hà Giang').first().waitFor();
  await panel.getByText('Tỉnh Tuyên Quang').first().waitFor();
  assert.ok((await panel.locator('li[data-obligation]').count()) > 1, 'the list behind the cell');
  await panel.getByRole('button', { name: 'Diễn biến, minh chứng' }).first().click();
  await panel.getByRole('heading', { name: 'Diễn biến' }).waitFor();
  await fits(centre, 'board-behind');

  step('the official report is made, its words are changed, it is issued and downloaded');
  await centre.goto('/ctr-07/documents');
  await centre.getByRole('button', { name: 'Lập báo cáo…' }).click();
  const making = centre.getByRole('dialog');
  await making.getByText('Bước 1 trên 3').waitFor();
  await making.getByRole('button', { name: 'Tiếp tục' }).click();
  await making.getByRole('radio', { name: '6 tháng cuối năm 2026' }).check();
  await making.getByRole('button', { name: 'Tiếp tục' }).click();
  await making.getByText(/Còn thiếu .* báo cáo của đơn vị cấp dưới/).waitFor();
  await fits(centre, 'document-new');
  await making.getByRole('button', { name: 'Lập báo cáo' }).click();
  await centre.getByTestId('document-state').filter({ hasText: 'Dự thảo' }).waitFor();
  await centre.locator('[data-passage="opening"]').fill('Thực hiện Chương trình, Cơ quan thường trực báo cáo như sau:');
  await centre.getByRole('button', { name: 'Lưu lời văn' }).click();
  await centre.getByTestId('message').filter({ hasText: 'Đã lưu lời văn' }).waitFor();
  await centre.getByText('Số liệu hiện nay giống như khi lập văn bản.').waitFor();
  await fits(centre, 'document');
  await centre.getByLabel(/Số \(tiếp theo/).fill('7');
  await centre.getByLabel('Họ tên người ký').fill('Nguyễn Văn An');
  await centre.getByRole('button', { name: 'Ban hành', exact: true }).click();
  await centre.getByRole('dialog').getByText(/mang số 7\//).waitFor();
  await centre.getByRole('dialog').getByRole('button', { name: 'Ban hành', exact: true }).click();
  await centre.getByTestId('document-state').filter({ hasText: 'Đã ban hành: 7/' }).waitFor();
  for (const format of ['DOCX', 'PDF', 'XLSX']) {
    const [download] = await Promise.all([centre.waitForEvent('download'), centre.getByRole('link', { name: format }).click()]);
    assert.ok(download.suggestedFilename().endsWith('.' + format.toLowerCase()), download.suggestedFilename());
  }
  await centre.goto('/ctr-07/documents');
  await centre.getByText(/Đã ban hành: 7\//).waitFor();
  await centre.getByRole('button', { name: /^Dự thảo/ }).click();
  await centre.getByText('Không có văn bản nào khớp bộ lọc.').waitFor();
  await centre.getByRole('button', { name: 'Bỏ lọc' }).click();
  await centre.getByText(/Đã ban hành: 7\//).waitFor();
  await fits(centre, 'documents');

  step('unit page, search without marks');
  await centre.goto('/ctr-07/units?q=xa%20pho%20bang%20ha%20giang');
  await centre.getByText('Thị trấn Phó Bảng').first().waitFor();
  await centre.goto(`/ctr-07/units/${unit}`);
  await centre.getByRole('heading', { name: 'Quá trình sắp xếp' }).waitFor();
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
  await centre.setViewportSize({ width: 360, height: 740 });
  for (const [name, path] of [
    ['checks', '/ctr-07/checks'], ['centre-work', '/ctr-07/work'], ['centre-board', '/ctr-07/board?level=province'], ['document', '/ctr-07/documents/1'],
    ['centre-documents', '/ctr-07/documents'],
  ]) {
    await centre.goto(path);
    await centre.locator('h1').waitFor();
    await centre.waitForLoadState('networkidle').catch(() => {});
    await fits(centre, name);
  }
});
