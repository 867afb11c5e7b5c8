// SPDX-License-Identifier: Apache-2.0
// What holds of every page of the desk, measured in the browser: nothing is wider than the window, no text is cut, lines
// leave room for Vietnamese marks, one h1, a title, the language; the keyboard reaches whatever a mouse does.
import assert from 'node:assert/strict';

/// Faults of the page as sentences. Runs in the page.
function look() {
  const faults = [];
  const name = (node) => {
    const text = (node.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, 60);
    return `<${node.tagName.toLowerCase()}${node.id ? '#' + node.id : ''}${typeof node.className === 'string' && node.className ? '.' + node.className.split(' ')[0] : ''}> "${text}"`;
  };
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) faults.push(`the page is ${wide} px wider than the window`);
  const hides = (style) => ['hidden', 'clip'].includes(style.overflowX);
  const scrolls = (style) => ['auto', 'scroll'].includes(style.overflowX);
  // What is only for screen readers is one pixel on purpose.
  const unseen = (node) => node.closest('.visually-hidden') || (node.clientWidth <= 1 && getComputedStyle(node).position === 'absolute');
  const marked = /[À-ỹđĐ]/;

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    if (!text.data.trim()) continue;
    const node = text.parentElement;
    if (!node || ['SCRIPT', 'STYLE', 'OPTION', 'NOSCRIPT', 'TITLE'].includes(node.tagName) || node.closest('svg') || !node.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue;
    let hidden = false;
    for (let at = node; at && !hidden; at = at.parentElement) hidden = Boolean(unseen(at));
    if (hidden) continue;
    const style = getComputedStyle(node);
    const size = parseFloat(style.fontSize);
    const line = parseFloat(style.lineHeight);
    if (size < 13) faults.push(`${name(node)} is ${size} px small`);
    if (marked.test(text.data) && line / size < 1.245) faults.push(`${name(node)} has lines of ${line} px for letters of ${size} px`);
    range.selectNodeContents(text);
    const rects = [...range.getClientRects()].filter((r) => r.width > 0 && r.height > 0);
    if (rects.length === 0) continue;
    const right = Math.max(...rects.map((r) => r.right));
    const left = Math.min(...rects.map((r) => r.left));
    for (let at = node; at && at !== document.body; at = at.parentElement) {
      const shape = getComputedStyle(at);
      const box = at.getBoundingClientRect();
      if (scrolls(shape)) break;
      if (shape.display === 'inline' || shape.display === 'contents') continue;
      if (hides(shape) && (right > box.right + 1.5 || left < box.left - 1.5)) { faults.push(`${name(node)} is cut by ${Math.round(Math.max(right - box.right, box.left - left))} px`); break; }
      if (hides(shape) && at.scrollHeight > at.clientHeight + 2 && shape.overflowY !== 'auto' && shape.overflowY !== 'scroll' && at.clientHeight > 0) {
        const bottom = Math.max(...rects.map((r) => r.bottom));
        if (bottom > box.bottom + 2) { faults.push(`${name(node)} is cut below`); break; }
      }
      if (at === node && right > box.right + 1.5) { faults.push(`${name(node)} sticks out of its box by ${Math.round(right - box.right)} px`); break; }
      if (shape.position === 'fixed') break;
    }
  }
  const canvas = document.createElement('canvas').getContext('2d');
  for (const select of document.querySelectorAll('select')) {
    if (!select.checkVisibility() || unseen(select)) continue;
    const style = getComputedStyle(select);
    canvas.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const chosen = select.selectedOptions[0]?.textContent.trim() ?? '';
    const room = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 16;
    if (canvas.measureText(chosen).width > room) faults.push(`<select#${select.id}> shows only a part of "${chosen}"`);
  }
  const headings = [...document.querySelectorAll('h1')].filter((h) => h.checkVisibility());
  if (headings.length !== 1) faults.push(`${headings.length} headings h1`);
  if (document.title.length < 4) faults.push('no title');
  return [...new Set(faults)];
}

export async function holds(page, name, language) {
  const faults = await page.evaluate(look);
  const lang = await page.evaluate('document.documentElement.lang');
  if (lang !== language) faults.push(`lang is ${lang}, not ${language}`);
  assert.deepEqual(faults, [], name);
}

/// What can be used, as Tab should come to it, kept in the page as `stops`; and what only a mouse could use.
function usable() {
  const composite = '[role="grid"], [role="treegrid"], [role="tree"], [role="listbox"], [role="tablist"], [role="radiogroup"], [role="menu"]';
  window.stopName = (node) => `<${node.tagName.toLowerCase()}> "${(node.getAttribute('aria-label') ?? node.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, 50)}"`;
  // Behind a dialog nothing is to be reached.
  const within = document.querySelector('dialog[open]') ?? document;
  const seen = [...within.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter(
    (node) => !node.disabled && node.type !== 'hidden' && !node.closest('[inert], [hidden], [aria-hidden="true"]') && node.checkVisibility({ checkVisibilityCSS: true }));
  const radios = new Set();
  window.stops = seen.filter((node) => {
    if (node.tabIndex < 0) return false;
    if (node.type !== 'radio') return true;
    const fresh = !radios.has(node.name);
    return radios.add(node.name) && fresh;
  });
  const mouse = seen.filter((node) => node.tabIndex < 0 && node.matches('a[href], button, input, select, textarea') && !node.closest(composite));
  return { count: window.stops.length, mouse: mouse.map(window.stopName) };
}
/// Where Tab has come to: which of the stops, and whether it shows that it has the focus.
function here() {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const shows = (at) => { const style = getComputedStyle(at); return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none'; };
  const at = window.stops.findIndex((stop) => stop === node || (node.type === 'radio' && stop.name === node.name));
  return { at, shows: shows(node) || (node.parentElement !== null && shows(node.parentElement)), what: window.stopName(node) };
}
/// Tab goes through the whole page, stops wherever something can be used, and shows where it is.
export async function reachable(page, name) {
  const { count, mouse } = await page.evaluate(usable);
  const faults = mouse.map((what) => `${what} is there for a mouse only`);
  const come = new Set();
  let left = 0;
  await page.evaluate(() => { document.activeElement?.blur(); scrollTo(0, 0); });
  for (let i = 0; i < count + 20; i++) {
    await page.keyboard.press('Tab');
    const now = await page.evaluate(here);
    // Past the last one Tab leaves the page, and comes back to its first.
    if (now === null && ++left > 2) break;
    if (now === null) continue;
    if (now.at >= 0 && come.has(now.at) && come.size > 1 && now.at === Math.min(...come)) break;
    come.add(now.at);
    if (!now.shows) faults.push(`${now.what} does not show the focus`);
  }
  const missed = await page.evaluate((at) => at.map((i) => window.stopName(window.stops[i])),
    Array.from({ length: count }, (_, i) => i).filter((i) => !come.has(i)));
  faults.push(...missed.map((what) => `${what} is not reached by Tab`));
  await page.evaluate(() => document.activeElement?.blur());
  assert.deepEqual([...new Set(faults)], [], name);
}
