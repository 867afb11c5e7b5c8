// SPDX-License-Identifier: Apache-2.0
// Work in turns: a cheap phone draws a page in pieces and answers to a finger between them, instead of standing still until
// all of it is there.

declare global {
  // eslint-disable-next-line no-var -- a browser's own global (Prioritized Task Scheduling, WICG)
  var scheduler: { yield?: () => Promise<void> } | undefined;
}

/// As long as this may pass without a frame being painted, in ms.
const patience_ms = 12;
let painted = 0;

const yielded = (): Promise<void> =>
  globalThis.scheduler?.yield
    ? globalThis.scheduler.yield()
    : new Promise((done) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          port1.close();
          done();
        };
        port2.postMessage(null);
      });
/// The next frame; a window that nobody sees paints none, and is not waited for.
const frame = (): Promise<void> =>
  new Promise((done) => {
    const timer = setTimeout(done, 100);
    requestAnimationFrame(() => {
      painted = performance.now();
      clearTimeout(timer);
      done();
    });
  });

/// Resolves in a turn of its own: what waits (input, a frame that is due) goes first, then everybody who asked, in their order.
let last: Promise<void> = Promise.resolve();
export function turn(): Promise<void> {
  return (last = last.then(async () => {
    if (performance.now() - painted > patience_ms && !document.hidden) await frame();
    await yielded();
  }));
}

/// How much of a long list is drawn: the first `step` at once, as many more in each turn, until all are there. From then on
/// `once` draws whatever comes at once: keys that move the focus count on it. Make it while a component is made.
export class Growing {
  shown = $state(0);
  #length: () => number;
  constructor(length: () => number, step: number, once = true) {
    this.#length = length;
    this.shown = step;
    $effect(() => {
      if (this.shown >= length()) {
        if (once && length() > 0) this.shown = Infinity;
        return;
      }
      let gone = false;
      void turn().then(() => { if (!gone) this.shown += step; });
      return () => { gone = true; };
    });
  }
  /// Nothing is still to come.
  get whole(): boolean {
    return this.shown >= this.#length();
  }
}
