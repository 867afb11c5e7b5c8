// SPDX-License-Identifier: Apache-2.0
// The colours keep the contrasts that they were chosen for (WCAG 2.2: 4.5 for text, 3 for borders, icons and focus).
import { expect, test } from 'vitest';

// vitest leaves style sheets empty, so the file itself is read; the desk's own types know nothing of node.
const { readFileSync } = (await import('node' + ':fs')) as { readFileSync: (file: string, encoding: string) => string };
const css = readFileSync(decodeURIComponent(new URL('./tokens.css', import.meta.url).pathname), 'utf8');

const tokens = new Map(
  [...css.matchAll(/--([\w-]+):\s*(?:light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)|(#[0-9a-f]{6}));/g)].map(([, name, light, dark, both]) => [name!, [light ?? both!, dark ?? both!] as const]),
);

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(one: string, other: string): number {
  const [a = 0, b = 0] = [luminance(one), luminance(other)].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}
function ratio(front: string, back: string, theme: 0 | 1): number {
  const [a, b] = [tokens.get(front), tokens.get(back)];
  if (!a || !b) throw new Error(`no token ${a ? back : front}`);
  return contrast(a[theme], b[theme]);
}

/// Front, back, the ratio in the light theme and in the dark one, as the design says.
const told: [string, string, number, number][] = [
  ['ink', 'surface', 16.0, 13.7], ['ink-2', 'surface', 8.1, 8.9], ['ink-3', 'surface', 5.5, 6.3], ['line-strong', 'surface', 4.0, 3.9],
  ['brand', 'surface', 9.5, 8.2], ['on-brand', 'brand', 9.5, 8.7], ['brand-hover', 'surface', 12.4, 10.5], ['focus', 'surface', 5.8, 7.5],
  ['danger', 'surface', 7.0, 7.6], ['bronze', 'surface', 5.7, 8.1], ['bronze', 'bronze-soft', 4.8, 6.5], ['not-due', 'surface', 5.5, 6.3],
  ['due', 'due-bg', 5.9, 7.3], ['late', 'late-bg', 7.0, 6.0], ['claimed', 'claimed-bg', 6.6, 8.1], ['evidenced', 'surface', 7.0, 8.9],
  ['returned', 'returned-bg', 8.2, 6.2], ['excused', 'excused-bg', 5.8, 6.1], ['done-late', 'done-late-bg', 6.0, 6.7],
];

test.each(told)('%s on %s has the contrast it was chosen for', (front, back, light, dark) => {
  expect(ratio(front, back, 0)).toBeGreaterThanOrEqual(light - 0.06);
  expect(ratio(front, back, 1)).toBeGreaterThanOrEqual(dark - 0.06);
});

const grounds = ['paper', 'surface', 'sunken', 'brand-soft'];
test.each(['ink', 'ink-2', 'ink-3', 'brand', 'danger'])('%s can be read on every ground, in both themes', (front) => {
  for (const back of grounds) for (const theme of [0, 1] as const) expect(ratio(front, back, theme), `${front} on ${back}`).toBeGreaterThanOrEqual(4.5);
});

test.each(['line-strong', 'focus'])('%s can be seen on every ground, in both themes', (front) => {
  for (const back of grounds) for (const theme of [0, 1] as const) expect(ratio(front, back, theme), `${front} on ${back}`).toBeGreaterThanOrEqual(3);
});

test('danger and bronze can be read on their own soft grounds and on the bar of another day', () => {
  for (const theme of [0, 1] as const) {
    expect(ratio('danger', 'danger-soft', theme)).toBeGreaterThanOrEqual(4.5);
    for (const front of ['ink', 'ink-2', 'brand', 'bronze']) expect(ratio(front, 'bronze-soft', theme), `${front} on bronze-soft`).toBeGreaterThanOrEqual(4.5);
  }
});
