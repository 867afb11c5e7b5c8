// SPDX-License-Identifier: Apache-2.0
// browser: reports made without a line arrive once, whatever is cut or killed on the way
// One officer behind a line that is cut at every step, a server that is killed, a second device, a session that ends, a
// period that is closed, a store that is full. The server is asked afterwards: each report is there exactly once, with
// the last figures. DESK_CUTS and DESK_SEED repeat or lengthen the random part.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { accessible, accounts, fits, open, period, run, signIn, step, today, unit } from './desk.mjs';
import { Line, Server, chance, cuts } from './line.mjs';

const { DESK_PROGRAM: program, DESK_WORK: work, PHOIHOP_DB: served } = process.env;
const form = `/ctr-07/reports/bm01/${period}/${unit}`;

/// The report as the server has it, asked by another account over a line of its own.
async function reportOf(server, watcher) {
  const answer = await watcher.request.get(`http://127.0.0.1:${server.port}/api/v1/programmes/ctr-07/reports/bm01/${period}/${unit}`);
  assert.equal(answer.status(), 200);
  return answer.json();
}
const back = (page) => page.evaluate(() => window.dispatchEvent(new Event('online')));
const badge = (page) => page.locator('header a[href$="/outbox"]');
/// Pressed and not sent: the page itself says that it waits. (The badge alone also says that there is no line.)
const held = (page) => page.getByText(/sẽ tự gửi khi có mạng/).first().waitFor();
const sendButton = (page) => page.getByRole('button', { name: /^Gửi (báo cáo|bản sửa)$/ });
const ready = (page) => page.locator('#cell-B2').waitFor();
async function workerIsThere(page) {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}
/// The page asks again for what it opened before the worker was there.
async function keptOnDevice(page, count) {
  await page.waitForFunction(async (wanted) => {
    const base = await new Promise((done) => { const asked = indexedDB.open('phoihop'); asked.onsuccess = () => done(asked.result); });
    const rows = await new Promise((done) => { const asked = base.transaction('rows').objectStore('rows').getAllKeys(); asked.onsuccess = () => done(asked.result); });
    base.close();
    return rows.filter((id) => id.startsWith('answer')).length >= wanted;
  }, count);
}

await run(async () => {
  const copy = `${work}/offline.db`;
  execFileSync(program, ['backup', '--db', served, '--out', copy]);
  const server = new Server(program, copy, today);
  await server.start();
  const line = new Line(server);
  await line.listen();
  const device = { baseURL: line.address };
  const officer = await open(1440, 900, device);
  const watcher = await open(1440, 900, { baseURL: `http://127.0.0.1:${server.port}` });
  await signIn(watcher, accounts.centre);
  let sent = 0;
  /// The server has as many versions as reports were sent, and the newest one has this figure.
  const exactly = async (value, what = '') => {
    // What waited may still be on its way when the page has just been loaded.
    let report = await reportOf(server, watcher);
    for (const until = Date.now() + 15_000; report.versions.length < sent && Date.now() < until; ) report = await reportOf(server, watcher);
    const newest = report.versions.slice(0, 4).map((one) => `${one.version}: ${one.cells.B2}`).join(', ');
    assert.equal(report.versions.length, sent, `each report is there exactly once ${what} (${newest})`);
    assert.equal(report.cells.B2, value, `with the last figures ${what}`);
  };
  const offline = async (page) => {
    line.cut();
    await page.context().setOffline(true);
  };
  const online = async (page) => {
    line.mend();
    await page.context().setOffline(false);
    await back(page);
  };

  try {
    step('an officer opens a form once; the desk is on the device');
    await signIn(officer, accounts.officer);
    await workerIsThere(officer);
    await officer.goto(form);
    await ready(officer);
    await keptOnDevice(officer, 4);

    step('without a line the form opens anew, figures are typed and stay');
    await offline(officer);
    await officer.goto(form);
    await ready(officer);
    const cells = officer.locator('input.cell');
    for (let i = 0; i < (await cells.count()); i++) await cells.nth(i).fill('4');
    await officer.locator('#cell-B2').fill('100');
    await officer.getByText(/trên máy này/).first().waitFor();
    await officer.reload();
    await ready(officer);
    assert.equal(await officer.locator('#cell-B2').inputValue(), '100', 'the draft is on the device');

    step('the button puts the report into the outbox, which says why it waits');
    await sendButton(officer).click();
    await badge(officer).filter({ hasText: '1 mục chờ gửi' }).waitFor();
    await held(officer);
    await fits(officer, 'offline-entry');
    await badge(officer).click();
    await officer.getByRole('heading', { name: 'Chờ gửi', exact: true }).waitFor();
    await officer.getByTestId('waiting').filter({ hasText: 'Xã Phố Bảng' }).waitFor();
    for (const [width, scheme] of [[1440, 'light'], [1440, 'dark'], [360, 'light'], [360, 'dark']]) {
      await officer.setViewportSize({ width, height: width === 360 ? 740 : 900 });
      await officer.emulateMedia({ colorScheme: scheme });
      await fits(officer, `outbox-${scheme}`);
      await accessible(officer, `outbox ${scheme} ${width}`);
    }
    await officer.setViewportSize({ width: 1440, height: 900 });
    await officer.emulateMedia({ colorScheme: 'light' });

    step('the line is back: it is sent by itself, once');
    await online(officer);
    await officer.getByText(/Không có gì chờ gửi/).waitFor();
    await badge(officer).waitFor({ state: 'detached' });
    sent += 1;
    await exactly('100');

    const cutAt = async (where, value, meanwhile, after) => {
      await officer.locator('#cell-B2').fill(value);
      const sprung = line.trap(`POST /api/v1/programmes/ctr-07/submissions`, where, meanwhile);
      await sendButton(officer).click();
      await sprung;
      await after?.();
      line.mend();
      await back(officer);
      await badge(officer).waitFor({ state: 'detached' });
      sent += 1;
      await exactly(value);
    };
    await officer.goto(form);
    await ready(officer);
    for (const where of cuts) {
      step(`the line is cut: ${where}`);
      await cutAt(where, String(200 + sent));
    }

    step('the server is killed between receipt and answer, and started again');
    await cutAt('received', '301', () => server.kill(), () => server.start());
    await cutAt('body', '302', () => server.kill(), () => server.start());

    const seed = Number(process.env.DESK_SEED ?? 20260916);
    const rounds = Number(process.env.DESK_CUTS ?? 50);
    step(`${rounds} random cuts, seed ${seed}`);
    const random = chance(seed);
    const one = (list) => list[Math.floor(random() * list.length)];
    const done = new Map();
    for (let i = 0; i < rounds; i++) {
      const value = String(1000 + i);
      // What is cut: saving the draft, sending, both, or sending twice in a row with another figure.
      const what = one(['draft', 'send', 'send', 'send', 'twice', 'reload']);
      const where = one(cuts);
      const kills = random() < 0.1;
      done.set(`${what} ${where}`, (done.get(`${what} ${where}`) ?? 0) + 1);
      if (what === 'draft') {
        const sprung = line.trap('PUT /api/v1/programmes/ctr-07/reports', where);
        await officer.locator('#cell-B2').fill(value);
        await sprung;
        await sendButton(officer).click();
        await badge(officer).waitFor();
      } else {
        await officer.locator('#cell-B2').fill(value);
        const sprung = line.trap('POST /api/v1/programmes/ctr-07/submissions', where, kills ? () => server.kill() : undefined);
        await sendButton(officer).click();
        await sprung;
        await badge(officer).waitFor();
        if (what === 'twice') {
          // The first one may be there already: then both count, in their order.
          await officer.locator('#cell-B2').fill(value + '9');
          await sendButton(officer).click();
          await held(officer);
        }
        if (what === 'reload') await officer.reload();
        if (kills) await server.start();
      }
      line.mend();
      await back(officer);
      await badge(officer).waitFor({ state: 'detached' });
      sent += what === 'twice' ? 2 : 1;
      await exactly(what === 'twice' ? value + '9' : value, `round ${i}: ${what}, ${where}${kills ? ', killed' : ''}`);
      if (what === 'reload') await ready(officer);
    }
    console.log('   ' + [...done].sort().map(([name, n]) => `${name} ${n}`).join(', '));

    step('two devices of one officer: nothing is overwritten, each cell is chosen');
    const other = await open(1440, 900, device);
    await signIn(other, accounts.officer);
    await other.goto(form);
    await ready(other);
    await officer.goto(form);
    await ready(officer);
    await officer.context().setOffline(true);
    await officer.locator('#cell-B2').fill('5001');
    await officer.locator('#cell-B1').fill('7');
    await sendButton(officer).click();
    await held(officer);
    await other.locator('#cell-B2').fill('5002');
    await sendButton(other).click();
    await other.getByText(/Đã nhận báo cáo/).first().waitFor();
    sent += 1;
    await exactly('5002');
    await officer.context().setOffline(false);
    await back(officer);
    await badge(officer).click();
    await officer.getByTestId('waiting').filter({ hasText: 'phiên bản mới hơn' }).waitFor();
    await officer.getByRole('link', { name: 'Chọn giá trị từng ô' }).click();
    const conflict = officer.getByTestId('conflict');
    await conflict.waitFor();
    assert.equal(await conflict.locator('tbody tr').count(), 2, 'only the cells that differ');
    assert.equal(await conflict.locator('input:checked').count(), 0, 'nothing is chosen beforehand');
    assert.ok(await conflict.getByRole('button', { name: /^Gửi 2 ô/ }).isDisabled());
    for (const [width, scheme] of [[1440, 'light'], [1440, 'dark'], [360, 'light']]) {
      await officer.setViewportSize({ width, height: width === 360 ? 740 : 900 });
      await officer.emulateMedia({ colorScheme: scheme });
      await fits(officer, `conflict-${scheme}`);
      await accessible(officer, `conflict ${scheme} ${width}`);
    }
    await officer.setViewportSize({ width: 1440, height: 900 });
    await officer.emulateMedia({ colorScheme: 'light' });
    await conflict.getByRole('row', { name: /^B1/ }).getByRole('radio').first().focus();
    await officer.keyboard.press('Space');
    await conflict.getByRole('row', { name: /^B2/ }).getByRole('radio').nth(1).check();
    await conflict.getByRole('button', { name: /^Gửi 2 ô/ }).click();
    await officer.getByText(/Đã nhận báo cáo/).first().waitFor();
    sent += 1;
    await exactly('5002');
    assert.equal((await reportOf(server, watcher)).cells.B1, '7');
    await badge(officer).waitFor({ state: 'detached' });

    step('a new password and the end of the session leave what waits; signing in happens in place');
    await offline(officer);
    await officer.goto(form);
    await ready(officer);
    await officer.locator('#cell-B2').fill('6001');
    await sendButton(officer).click();
    await held(officer);
    line.mend();
    // On the other device: a new password ends all other sessions.
    const password = 'mat khau thu ba cua toi 27';
    const csrf = (await (await other.request.get('/api/v1/session')).json()).csrf;
    const changed = await other.request.post('/api/v1/session/password', {
      headers: { 'X-CSRF-Token': csrf, Origin: line.address }, data: { old: accounts.officer.password, new: password },
    });
    assert.equal(changed.status(), 204);
    await officer.context().setOffline(false);
    await back(officer);
    await officer.getByRole('dialog').getByText('Phiên làm việc đã hết hạn').waitFor();
    await fits(officer, 'sign-in-again');
    await accessible(officer, 'sign in again');
    await officer.getByLabel('Mật khẩu', { exact: true }).fill(password);
    await officer.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
    await officer.getByRole('dialog').waitFor({ state: 'hidden' });
    await badge(officer).waitFor({ state: 'detached' });
    sent += 1;
    await exactly('6001');

    step('another account on this device reads nothing of it');
    await offline(officer);
    await officer.locator('#cell-B2').fill('7001');
    await sendButton(officer).click();
    await held(officer);
    await officer.context().clearCookies();
    await online(officer);
    await officer.getByRole('dialog').getByText('Phiên làm việc đã hết hạn').waitFor();
    await officer.goto('/');
    await signIn(officer, accounts.province);
    await officer.goto('/ctr-07/outbox');
    await officer.getByText(/Không có gì chờ gửi/).waitFor();
    assert.equal(await officer.getByText('7001').count(), 0);
    await exactly('6001');

    step('the first account comes back: its report is sent');
    await officer.context().clearCookies();
    await officer.goto('/');
    await signIn(officer, { ...accounts.officer, password });
    sent += 1;
    await badge(officer).waitFor({ state: 'detached' });
    await exactly('7001');

    step('the period is closed meanwhile: the reason and the ways out stand beside it');
    await officer.goto(form);
    await ready(officer);
    await offline(officer);
    await officer.locator('#cell-B2').fill('8001');
    await sendButton(officer).click();
    await held(officer);
    const session = await (await watcher.request.get('/api/v1/session')).json();
    const { version } = await reportOf(server, watcher);
    for (const step of ['verify', 'lock']) {
      const decided = await watcher.request.post(`/api/v1/programmes/ctr-07/reports/bm01/${period}/${unit}/decision`, {
        headers: { 'X-CSRF-Token': session.csrf, Origin: `http://127.0.0.1:${server.port}` }, data: { step, version },
      });
      assert.equal(decided.status(), 200);
    }
    await online(officer);
    await badge(officer).click();
    const stuck = officer.getByTestId('waiting');
    await stuck.filter({ hasText: /đã khóa.*Đề nghị cấp trên mở lại/ }).waitFor();
    await stuck.getByRole('button', { name: 'Chép lời đề nghị mở lại' }).waitFor();
    await fits(officer, 'outbox-closed');
    const [file] = await Promise.all([officer.waitForEvent('download'), stuck.getByRole('button', { name: 'Tải về' }).click()]);
    assert.match(readFileSync(await file.path(), 'utf8'), /2026-Q3,vn34:00745,B2,8001/);
    await exactly('7001');

    step('signing out asks about what is unsent, then wipes key, drafts and answers');
    const leave = async () => {
      await officer.getByRole('button', { name: /Công an xã Phố Bảng/ }).click();
      await officer.locator('[data-sign-out]').click();
    };
    await leave();
    const dialog = officer.getByRole('dialog');
    await dialog.getByText(/chưa gửi/).first().waitFor();
    await fits(officer, 'sign-out');
    await accessible(officer, 'sign out');
    await officer.keyboard.press('Escape');
    await stuck.waitFor();
    await leave();
    await dialog.getByRole('button', { name: 'Đăng xuất và xóa' }).click();
    await officer.waitForURL((url) => url.pathname === '/');
    await officer.getByRole('heading', { name: 'Đăng nhập', exact: true }).waitFor();
    const left = await officer.evaluate(async () => {
      const base = await new Promise((done) => { const asked = indexedDB.open('phoihop'); asked.onsuccess = () => done(asked.result); });
      const all = (store) => new Promise((done) => { const asked = base.transaction(store).objectStore(store).getAllKeys(); asked.onsuccess = () => done(asked.result); });
      return [...(await all('keys')), ...(await all('rows'))].filter((name) => name.includes('xa-pho-bang'));
    });
    assert.deepEqual(left, [], 'nothing of the account is left on the device');
    await officer.context().setOffline(true);
    await officer.goto('/').catch(() => undefined);
    assert.equal(await officer.getByText('Phố Bảng').count(), 0);
    await officer.context().setOffline(false);

    step('the store is full: the cell is named, the draft can be downloaded');
    await watcher.request.post(`/api/v1/programmes/ctr-07/reports/bm01/${period}/${unit}/decision`, {
      headers: { 'X-CSRF-Token': session.csrf, Origin: `http://127.0.0.1:${server.port}` }, data: { step: 'unlock', version, note: 'Mở lại' },
    });
    await other.goto(form);
    await ready(other);
    await other.evaluate(() => { IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }; });
    line.cut();
    await other.locator('#cell-B2').fill('9001');
    await other.getByText(/Bộ nhớ trình duyệt đã đầy, ô B2 chưa lưu được/).first().waitFor();
    await fits(other, 'storage-full');
    const [draft] = await Promise.all([other.waitForEvent('download'), other.getByRole('button', { name: 'Tải bản nháp' }).click()]);
    assert.match(readFileSync(await draft.path(), 'utf8'), /2026-Q3,vn34:00745,B2,9001/);
    line.mend();

    step('an address without HTTPS promises nothing');
    const plain = await open(1440, 900, { baseURL: line.address.replace('127.0.0.1', 'desk.lan') });
    await signIn(plain, { ...accounts.officer, password });
    await plain.goto('/ctr-07/outbox');
    await plain.getByText(/không dùng HTTPS/).waitFor();
  } finally {
    line.close();
    await server.kill();
  }
});
