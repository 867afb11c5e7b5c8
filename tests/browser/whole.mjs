// SPDX-License-Identifier: Apache-2.0
// What holds of every page of the desk, measured in the browser: nothing is wider than the window, no text is cut, lines
// leave room for Vietnamese marks, one h1, a title, the language.
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
