// SPDX-License-Identifier: Apache-2.0
import { expect, test, vi } from 'vitest';

test('each turn is its own task, in the order in which it was asked for; a hidden window is not waited for', async () => {
  vi.stubGlobal('document', { hidden: true });
  vi.stubGlobal('requestAnimationFrame', () => { throw new Error('no frame is asked for'); });
  const { turn } = await import('./turns.svelte');
  const seen: string[] = [];
  const first = turn().then(() => {
    seen.push('first');
    queueMicrotask(() => seen.push('what the first one left'));
  });
  const second = turn().then(() => seen.push('second'));
  seen.push('who asked');
  await Promise.all([first, second]);
  expect(seen).toEqual(['who asked', 'first', 'what the first one left', 'second']);
});

test('a window that paints is let paint before the next piece', async () => {
  vi.resetModules();
  const frames: (() => void)[] = [];
  vi.stubGlobal('document', { hidden: false });
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => frames.push(draw));
  const { turn } = await import('./turns.svelte');
  let done = false;
  const waited = turn().then(() => (done = true));
  await new Promise((later) => setTimeout(later, 20));
  expect(done).toBe(false);
  frames[0]!();
  await waited;
  expect(done).toBe(true);
});
