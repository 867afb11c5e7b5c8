// SPDX-License-Identifier: Apache-2.0
// browser: from an invitation to the first accepted report in at most 12 clicks
// A new officer's path, timed by steps: the link is opened, a password is chosen, the first report of the first form is
// typed and sent, without a manual. Every press of the mouse counts, in the newcomer's window only.
import assert from 'node:assert/strict';
import { accounts, accessible, fits, open, run, signIn, step } from './desk.mjs';

const clicks_max = 12;

await run(async () => {
  const centre = await open();
  await signIn(centre, accounts.centre);

  step('the centre invites an office: its unit is found without marks, its name is proposed');
  await centre.goto('/ctr-07/admin/invitations?new=1');
  await centre.getByRole('combobox', { name: /Đơn vị/ }).last().waitFor();
  await centre.locator('form').getByRole('combobox', { name: /Đơn vị \(gồm/ }).fill('dong van tuyen quang');
  await centre.getByRole('option', { name: /Xã Đồng Văn/ }).first().click();
  const office = centre.getByLabel('Tên cơ quan được mời');
  await centre.waitForFunction(() => document.querySelector('form input[id$="-name"]')?.value === 'Công an xã Đồng Văn');
  await office.press('Enter');
  const link = await centre.getByTestId('link').locator('textarea').inputValue();
  assert.match(link, /\/invitation#[\w-]{43}$/);
  await fits(centre, 'invitation-note');
  await accessible(centre, 'the invitation as it is handed over');

  const officer = await open();
  let clicks = 0;
  const press = async (target) => {
    clicks += 1;
    await target.click();
  };
  const begun = Date.now();
  let last = begun;
  const told = (what) => {
    const now = Date.now();
    console.log(`   ${what}: ${now - last} ms, ${clicks} clicks so far`);
    last = now;
  };

  step('the newcomer opens the link, which leaves the address bar at once');
  await officer.goto(link.replace(/^https?:\/\/[^/]+/, ''));
  await officer.getByRole('heading', { name: 'Nhận lời mời' }).waitFor();
  await officer.getByText('Công an xã Đồng Văn').waitFor();
  assert.equal(new URL(officer.url()).hash, '', 'the secret is gone from the address');
  assert.equal(await officer.evaluate(() => document.referrer), '');
  assert.equal(await officer.getByLabel('Tên đăng nhập').inputValue(), 'xa-dong-van');
  await fits(officer, 'invitation');
  await accessible(officer, 'the invitation');
  await officer.setViewportSize({ width: 360, height: 740 });
  await fits(officer, 'invitation');
  await officer.setViewportSize({ width: 1440, height: 900 });
  told('the invitation is read');

  step('a password is chosen, and the newcomer is at work');
  await press(officer.getByLabel('Mật khẩu riêng'));
  await officer.keyboard.type('suối chảy qua bản 2026');
  await press(officer.getByRole('button', { name: 'Bắt đầu làm việc' }));
  await officer.getByRole('heading', { name: 'Việc của tôi' }).waitFor();
  assert.match(officer.url(), /\/(ctr-07\/work)?$/);
  told('signed in, on My work');

  step('the first thing to do is the report that is owed; it opens at its first cell');
  await press(officer.getByRole('link', { name: /Biểu số 01/ }).first());
  await officer.getByRole('heading', { name: /Biểu số 01/ }).waitFor();
  const cells = officer.locator('input.cell');
  await cells.first().waitFor();
  const count = await cells.count();
  told(`the form with ${count} cells`);

  step('the figures are typed with the keyboard, one after the other');
  await press(cells.first());
  for (let i = 0; i < count; i++) {
    await officer.keyboard.type('4');
    await officer.keyboard.press('Enter');
  }
  told('all cells typed');

  step('the report is sent and received');
  await press(officer.getByRole('button', { name: 'Gửi báo cáo' }).first());
  await officer.getByTestId('message').filter({ hasText: 'Đã nhận báo cáo' }).waitFor();
  await fits(officer, 'first-report');
  told('received');
  console.log(`   from the link to the received report: ${Date.now() - begun} ms, ${clicks} clicks`);
  assert.ok(clicks <= clicks_max, `${clicks} clicks, more than ${clicks_max}`);

  step('the link is used up; the centre sees who came');
  const other = await open();
  await other.goto(link.replace(/^https?:\/\/[^/]+/, ''));
  await other.getByRole('alert').filter({ hasText: 'không còn mở được' }).waitFor();
  await centre.goto('/ctr-07/admin/invitations?state=accepted');
  await centre.getByText('Công an xã Đồng Văn', { exact: true }).first().waitFor();
});
