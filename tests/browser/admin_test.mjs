// SPDX-License-Identifier: Apache-2.0
// browser: who manages accounts invites, gives, takes and looks back
// Administration at both widths, by mouse and by keyboard: accounts, invitations, journal, system, the own account.
import assert from 'node:assert/strict';
import { accessible, accounts, contrast, fits, open, prefer, problems, run, signIn, step } from './desk.mjs';

/// The page is whole at both widths, in both themes.
async function whole(page, name) {
  await page.waitForFunction(() => !document.querySelector('#main .loading'));
  await accessible(page, name);
  await fits(page, name);
  await prefer(page, 'theme', 'dark');
  await contrast(page, `${name}, dark`);
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page, `${name}-dark`);
  await prefer(page, 'theme', 'light');
  await fits(page, name);
  await page.setViewportSize({ width: 1440, height: 900 });
}

await run(async () => {
  const guest = await open();
  await guest.goto('/');
  step('signing in: passwords are pasted, shown and filled by a manager');
  const password = guest.getByLabel('Mật khẩu', { exact: true });
  await password.waitFor();
  assert.equal(await password.getAttribute('autocomplete'), 'current-password');
  assert.equal(await guest.getByLabel('Tên đăng nhập').getAttribute('autocomplete'), 'username');
  await password.evaluate((field) => {
    field.focus();
    document.execCommand('insertText', false, 'dan vao duoc');
  });
  await guest.getByRole('button', { name: 'Hiện' }).click();
  assert.equal(await password.getAttribute('type'), 'text');
  assert.equal(await password.inputValue(), 'dan vao duoc');
  await accessible(guest, 'sign-in');
  await fits(guest, 'sign-in');
  await guest.setViewportSize({ width: 360, height: 740 });
  await fits(guest, 'sign-in');

  const centre = await open();
  const officer = await open();
  await signIn(centre, accounts.centre);
  await signIn(officer, accounts.officer);

  step('an officer who manages nobody finds no administration, and is told who does');
  assert.equal(await officer.locator('nav.side').getByText('Quản trị').count(), 0);
  await officer.goto('/ctr-07/admin');
  await officer.getByText('không quản lý tài khoản nào').waitFor();

  step('the centre finds accounts by name without marks, by role and by unit; the address is the filter');
  await centre.goto('/ctr-07/admin');
  await centre.getByRole('link', { name: /Công an xã Phố Bảng/ }).waitFor();
  await whole(centre, 'admin-users');
  await centre.getByLabel(/Tên cơ quan hoặc/).fill('pho bang');
  await centre.waitForURL(/q=pho/);
  await centre.getByText('1 tài khoản').waitFor();
  await centre.getByRole('button', { name: 'Bỏ lọc' }).click();
  await centre.getByLabel('Vai trò').selectOption('unit_officer');
  await centre.waitForURL(/role=unit_officer/);
  await centre.getByText('2 tài khoản').waitFor();

  step('by the keyboard alone: to the account, a right is given and taken away');
  await centre.getByRole('link', { name: /Công an xã Phố Bảng/ }).focus();
  await centre.keyboard.press('Enter');
  await centre.getByRole('heading', { level: 1, name: 'Công an xã Phố Bảng' }).waitFor();
  await whole(centre, 'admin-user');
  await centre.getByRole('button', { name: 'Giao thêm quyền…' }).focus();
  await centre.keyboard.press('Enter');
  const dialog = centre.getByRole('dialog');
  await dialog.getByLabel('Vai trò').selectOption('reader');
  await dialog.getByRole('combobox', { name: /Đơn vị/ }).fill('tinh tuyen quang');
  await dialog.getByRole('option', { name: /Tỉnh Tuyên Quang/ }).first().waitFor();
  await centre.keyboard.press('ArrowDown');
  await centre.keyboard.press('Enter');
  await fits(centre, 'admin-grant');
  await dialog.getByRole('button', { name: 'Giao quyền' }).focus();
  await centre.keyboard.press('Enter');
  await centre.getByText('Đã giao quyền').waitFor();
  await centre.getByRole('button', { name: /Thu quyền Chỉ xem số liệu/ }).click();
  await dialog.getByRole('button', { name: 'Thu quyền' }).click();
  await centre.getByText('Đã thu quyền').waitFor();

  step('a token is drawn, shown once, and taken away');
  await centre.getByRole('button', { name: 'Cấp mã…' }).click();
  await dialog.getByLabel('Dùng cho').fill('Phần mềm một cửa');
  await dialog.getByLabel('gửi báo cáo').check();
  await dialog.getByRole('button', { name: 'Cấp mã' }).click();
  assert.match(await dialog.getByLabel('Mã truy cập').inputValue(), /^ph_/);
  await fits(centre, 'admin-token');
  await dialog.getByRole('button', { name: 'Đóng' }).last().click();
  await centre.getByRole('button', { name: /Thu hồi Phần mềm một cửa/ }).click();
  await dialog.getByRole('button', { name: 'Thu hồi' }).click();
  await centre.getByText(/đã thu hồi/).waitFor();

  step('all sessions of the officer are ended, and the next thing he asks for says so');
  await centre.getByRole('button', { name: 'Kết thúc mọi phiên' }).click();
  await dialog.getByRole('button', { name: 'Kết thúc mọi phiên' }).click();
  await centre.getByText('Đã kết thúc mọi phiên').waitFor();
  await officer.goto('/ctr-07/work');
  await officer.getByRole('heading', { name: 'Đăng nhập' }).waitFor();

  step('an account is disabled: the right password opens nothing; then enabled again');
  await centre.getByRole('button', { name: 'Ngừng tài khoản' }).click();
  await dialog.getByRole('button', { name: 'Ngừng tài khoản' }).click();
  await centre.getByText('Đã ngừng').first().waitFor();
  await officer.getByLabel('Tên đăng nhập').fill(accounts.officer.name);
  await officer.getByLabel('Mật khẩu', { exact: true }).fill(accounts.officer.password);
  await officer.getByRole('button', { name: 'Đăng nhập' }).click();
  await officer.getByRole('alert').waitFor();
  await centre.getByRole('button', { name: 'Mở lại tài khoản' }).click();
  await dialog.getByRole('button', { name: 'Mở lại tài khoản' }).click();
  await centre.getByText('Đang dùng').first().waitFor();

  step('a lost password is drawn anew and must be changed at the first sign-in');
  await centre.getByRole('button', { name: 'Cấp lại mật khẩu' }).click();
  await dialog.getByRole('button', { name: 'Cấp lại mật khẩu' }).click();
  const drawn = await dialog.getByLabel('Mật khẩu dùng một lần').inputValue();
  await dialog.getByRole('button', { name: 'Đóng' }).last().click();
  accounts.officer.password = drawn;
  await officer.goto('/');
  await officer.getByLabel('Mật khẩu', { exact: true }).fill(drawn);
  await fits(officer, 'sign-in-again');
  await signIn(officer, accounts.officer);

  step('all communes of a province are invited at once: who has an account is passed over, the links come in a file');
  await centre.goto('/ctr-07/admin/invitations?below=1');
  await centre.locator('form').getByRole('combobox', { name: 'Trong đơn vị' }).fill('tinh tuyen quang');
  await centre.getByRole('option', { name: /Tỉnh Tuyên Quang/ }).first().click();
  await centre.getByText('Sẽ mời 123 đơn vị').waitFor();
  await centre.getByText('Bỏ qua 1 đơn vị đã có tài khoản').waitFor();
  await whole(centre, 'admin-below');
  await centre.getByRole('button', { name: /Lập 123 lời mời/ }).click();
  const [file] = await Promise.all([centre.waitForEvent('download'), centre.getByRole('link', { name: /Tải loi-moi.xlsx/ }).click()]);
  assert.equal(file.suggestedFilename(), 'loi-moi.xlsx');
  await centre.getByRole('button', { name: 'Xong' }).click();
  await centre.getByLabel('Tên cơ quan', { exact: true }).fill('dong van');
  await centre.getByText('Công an xã Đồng Văn', { exact: true }).first().waitFor();
  await whole(centre, 'admin-invitations');

  step('an invitation is taken back');
  await centre.getByRole('button', { name: /Rút lời mời Công an xã Đồng Văn/ }).click();
  await dialog.getByRole('button', { name: 'Rút lời mời' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await centre.goto('/ctr-07/admin/invitations?state=withdrawn');
  await centre.getByText('Công an xã Đồng Văn', { exact: true }).first().waitFor();

  step('the journal says in words who did what, filtered by kind and by whom, and exports with its hashes');
  await centre.goto('/ctr-07/admin/journal');
  await centre.getByText('Rút lời mời').first().waitFor();
  await whole(centre, 'admin-journal');
  await centre.getByLabel('Về').selectOption('user');
  await centre.getByLabel('Việc', { exact: true }).selectOption('user_disabled');
  await centre.waitForURL(/verb=user_disabled/);
  await centre.getByText('Ngừng tài khoản').last().waitFor();
  await centre.waitForFunction(() => document.querySelectorAll('#main ol li').length === 1);
  const [csv] = await Promise.all([centre.waitForEvent('download'), centre.getByRole('link', { name: 'Xuất CSV' }).click()]);
  assert.match(csv.suggestedFilename(), /nhat-ky/);

  step('the system page says in words how the server is');
  await centre.goto('/ctr-07/admin/system');
  await centre.getByText('Số tổng hợp khớp với báo cáo').waitFor();
  await centre.getByText('Máy chủ đang chạy theo một ngày đã chọn').waitFor();
  await whole(centre, 'admin-system');
  await centre.goto('/ctr-07/admin/simulated');
  await centre.getByText('Dấu được đặt khi nạp').waitFor();
  await whole(centre, 'admin-simulated');

  step('the own account: sessions are listed and ended, in English too');
  await officer.goto('/ctr-07/account');
  await officer.getByText('Máy này, cửa sổ này').waitFor();
  await whole(officer, 'account');
  await officer.getByLabel('Mật khẩu hiện tại').fill('khong phai mat khau');
  await officer.getByLabel('Mật khẩu mới').fill('mat khau khac han 27');
  await officer.getByRole('button', { name: 'Đổi mật khẩu' }).click();
  await officer.getByRole('alert').filter({ hasText: 'chưa đúng' }).waitFor();
  assert.equal(await officer.getByRole('dialog').count(), 0, 'a wrong password ends no session');
  await prefer(officer, 'language', 'en');
  await officer.getByRole('heading', { name: 'My account' }).waitFor();
  await accessible(officer, 'account in English');
  await prefer(officer, 'language', 'vi');

  step('the end of a session is warned of five minutes before, and one key lets it go on');
  await officer.clock.install();
  await officer.goto('/ctr-07/account');
  await officer.getByText('Máy này, cửa sổ này').waitFor();
  await officer.clock.fastForward('07:51:00');
  const warning = officer.getByRole('dialog', { name: 'Phiên làm việc sắp kết thúc' });
  await warning.waitFor();
  await fits(officer, 'session-end');
  await officer.keyboard.press('Enter');
  await warning.waitFor({ state: 'hidden' });

  step('who runs the installation sees accounts, and nothing of reports');
  const operator = await open();
  await signIn(operator, accounts.operator);
  await operator.goto('/ctr-07/admin/journal?kind=fact');
  await operator.getByText('Không có bản ghi nào khớp').waitFor();
  await operator.goto('/ctr-07/admin');
  await operator.getByRole('link', { name: /Người vận hành/ }).waitFor();
  assert.deepEqual(problems, []);
});
