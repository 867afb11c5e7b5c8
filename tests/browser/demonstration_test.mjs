// SPDX-License-Identifier: Apache-2.0
// browser: the desk carries a whole country, half a million reports and 10,035 communes
// on: the demonstration
import assert from 'node:assert/strict';
import { accessible, accounts, fits, open, run, shots, signIn, step } from './desk.mjs';
import { holds } from './whole.mjs';

/// The page stands whole in both widths.
async function stands(page, name) {
  for (const [width, height] of [[1440, 900], [360, 740]]) {
    await page.setViewportSize({ width, height });
    await page.evaluate(() => document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))));
    await fits(page, name);
    await holds(page, `${name} at ${width}`, 'vi');
    await accessible(page, `${name} at ${width}`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}
const number = (text) => Number(text.replace(/\D/g, ''));

await run(async () => {
  const centre = await open();
  const grid = centre.getByRole('grid');
  const focusedRow = () => centre.evaluate(() => Number(document.activeElement?.closest('[role=row]')?.getAttribute('aria-rowindex')));

  step('the centre sees what waits for it, and that all of it is simulated');
  await signIn(centre, accounts.centre);
  await centre.locator('header').getByText('Dữ liệu mô phỏng').first().waitFor();
  await stands(centre, 'demo-work');

  step('182,160 reports wait: the queue shows the first and counts the rest');
  await centre.goto('/ctr-07/checks');
  await centre.locator('li[data-report]').first().waitFor();
  assert.ok(number((await centre.locator('.page-head .sub').first().innerText()).split('·')[0]) > 100_000);
  assert.ok((await centre.locator('li[data-report]').count()) < 500, 'what is not seen is not drawn');
  await stands(centre, 'demo-checks');

  step('3,321 communes on one board, to the last row by one key');
  await centre.goto('/ctr-07/board?level=commune&period=2026-Q3&sort=code');
  await grid.waitFor();
  assert.equal(Number(await grid.getAttribute('aria-rowcount')), 3322 + 1);
  await grid.locator('.cell').first().focus();
  await centre.keyboard.press('Control+End');
  assert.ok((await focusedRow()) >= 3322);
  await stands(centre, 'demo-board');

  step('the 10,035 communes of before the reform, on a day of that time');
  await centre.goto('/ctr-07/board?level=commune&period=2025-Q1&on=2025-06-30&sort=code');
  await grid.waitFor();
  assert.ok(Number(await grid.getAttribute('aria-rowcount')) >= 10_035);
  await fits(centre, 'demo-board-2025');

  step('the map of states has Hoàng Sa and Trường Sa');
  await centre.goto('/ctr-07/board?level=province&period=2026-Q3&view=map');
  await centre.getByText('Quần đảo Hoàng Sa').first().waitFor();
  await centre.getByText('Quần đảo Trường Sa').first().waitFor();
  await fits(centre, 'demo-map');

  step('all communes × 20 indicators are one table');
  const programme = await (await centre.request.get('/api/v1/programmes/ctr-07')).json();
  const codes = programme.forms[0].cells.map((cell) => cell.indicator).concat(programme.forms[1].cells.map((cell) => cell.indicator)).slice(0, 20);
  await centre.goto(`/ctr-07/explore?indicators=${codes.join(',')}&units=level:commune&from=2026-Q3&to=2026-Q3`);
  await grid.waitFor();
  assert.ok(Number(await grid.getAttribute('aria-rowcount')) > 3321);
  await fits(centre, 'demo-explore');

  step('one figure over three years and the reform, with its total equal to the parts the server adds');
  await centre.goto('/ctr-07/explore?indicators=B1,B2,F6&units=level:province&from=2024-Q1&to=2026-Q3&view=chart');
  await centre.locator('#main svg').first().waitFor();
  await stands(centre, 'demo-charts');

  step('a province writes its report from what its communes sent');
  const province = await open();
  await signIn(province, accounts.province);
  await province.goto('/ctr-07/documents');
  await province.locator('#main h1').waitFor();
  await stands(province, 'demo-documents');
  assert.ok(shots);
});
