// SPDX-License-Identifier: Apache-2.0
// browser: a map always shows Hoàng Sa and Trường Sa, and its list says what it shows
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { accounts, accessible, fits, open, period, run, shots, signIn, step } from './desk.mjs';

await run(async () => {
  const page = await open();
  await signIn(page, accounts.centre);
  const ink = { light: [26, 34, 48], dark: [233, 235, 239] };
  const theme = (name) => page.evaluate((now) => (document.documentElement.dataset.theme = now), name);

  /// How many pixels of a screenshot of the archipelagos' place have the ink of their outlines.
  async function inked(box, colour) {
    const bytes = await page.screenshot({ clip: box });
    return page.evaluate(async ([data, [r, g, b]]) => {
      const image = await new Promise((resolve) => { const i = new Image(); i.onload = () => resolve(i); i.src = `data:image/png;base64,${data}`; });
      const canvas = document.createElement('canvas');
      canvas.width = image.width;
      canvas.height = image.height;
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0);
      const pixels = context.getImageData(0, 0, image.width, image.height).data;
      let found = 0;
      for (let i = 0; i < pixels.length; i += 4) if (Math.abs(pixels[i] - r) + Math.abs(pixels[i + 1] - g) + Math.abs(pixels[i + 2] - b) < 60) found += 1;
      return found;
    }, [bytes.toString('base64'), colour]);
  }
  const islets = () => page.locator('.islet').evaluateAll((all) => all.map((path) => { const { x, y, width, height } = path.getBoundingClientRect(); return { x, y, width, height }; }));
  async function bothThere(colour, least) {
    await page.locator('.sheet svg').scrollIntoViewIfNeeded();
    const window = page.viewportSize();
    const boxes = (await islets()).filter((box) => box.width > 0 && box.x >= 0 && box.x + box.width <= window.width);
    assert.ok(boxes.length >= 2, 'both archipelagos are drawn');
    for (const box of boxes.slice(-2)) {
      const top = Math.max(0, box.y);
      const pixels = await inked({ x: box.x - 2, y: top, width: box.width + 4, height: Math.min(window.height, box.y + box.height + 4) - top }, colour);
      assert.ok(pixels >= least, `${pixels} pixels of ink in ${JSON.stringify(box)}`);
    }
    for (const name of ['Quần đảo Hoàng Sa', 'Quần đảo Trường Sa']) assert.ok(await page.locator('.sheet svg text', { hasText: name }).count(), name);
  }

  step('the country, by provinces of today, in both themes');
  await page.goto(`/ctr-07/board?view=map&level=province`);
  await page.locator('.islet').first().waitFor();
  await page.evaluate(() => document.fonts.ready);
  assert.equal(await page.locator('.province').count(), 34);
  await bothThere(ink.light, 60);
  await fits(page, 'map-country');
  await accessible(page, 'map');
  await theme('dark');
  await bothThere(ink.dark, 60);
  await fits(page, 'map-country-dark');
  await accessible(page, 'map, dark');
  await theme('light');

  step('zoomed to a province the archipelagos stay in a frame');
  await page.getByRole('button', { name: 'Phóng to' }).click();
  await page.getByRole('button', { name: 'Phóng to' }).click();
  await page.locator('.inset .frame').waitFor();
  await bothThere(ink.light, 30);
  await fits(page, 'map-zoomed');
  await page.getByRole('button', { name: 'Xem toàn bộ' }).click();
  await page.locator('.inset').waitFor({ state: 'detached' });

  step('the map of before July 2025 has 63 provinces and the same archipelagos');
  await page.goto(`/ctr-07/board?view=map&level=province&on=2025-06-30`);
  await page.locator('.province').nth(62).waitFor();
  await bothThere(ink.light, 60);
  await fits(page, 'map-63');

  step('communes are circles over the outlines; a province stands in the middle of the window');
  await page.goto(`/ctr-07/board?view=map&level=commune&under=vn34:08&period=${period}`);
  await page.locator('circle.dot').first().waitFor();
  assert.ok((await page.locator('circle.dot').count()) > 100);
  await bothThere(ink.light, 30);
  await fits(page, 'map-communes');

  step('the list beside walks the units by keyboard and opens one');
  await page.goto(`/ctr-07/board?view=map&level=province`);
  const list = page.getByRole('listbox', { name: 'Các đơn vị trên bản đồ' });
  await list.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.locator('.outline').waitFor();
  await page.keyboard.press('End');
  const active = await list.getAttribute('aria-activedescendant');
  assert.equal(await page.locator(`[id="${active}"]`).getAttribute('aria-posinset'), '34');
  await page.keyboard.press('Enter');
  await page.locator('.outline.chosen').waitFor();

  step('the map is downloaded as SVG and PNG, with both archipelagos and the sea in it');
  const [svg] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Tải bản đồ SVG' }).click()]);
  const text = readFileSync(await svg.path(), 'utf8');
  for (const name of ['Quần đảo Hoàng Sa', 'Quần đảo Trường Sa', 'Biển Đông']) assert.match(text, new RegExp(name));
  const [png] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Tải bản đồ PNG' }).click()]);
  await png.saveAs(`${shots}/map-export.png`);
  assert.ok(readFileSync(await png.path()).length > 50_000);

  step('on a phone');
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`/ctr-07/board?view=map&level=province`);
  await page.locator('.islet').first().waitFor();
  await page.locator('.sheet').scrollIntoViewIfNeeded();
  await bothThere(ink.light, 20);
  await fits(page, 'map-phone');
  await accessible(page, 'map on a phone');
});
