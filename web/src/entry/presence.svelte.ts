// SPDX-License-Identifier: Apache-2.0
// Who else has this form open to fill it. Each window says that it is here every few seconds; the server forgets it soon
// after. An office's name is all that is told, and only to those who may fill the same form.
import { post, tell } from '../lib/api';

export interface Other { office: string; cell: string; same_account: boolean }

const beat_ms = 10_000;

export class Presence {
  others = $state.raw<Other[]>([]);
  readonly #window = Array.from(crypto.getRandomValues(new Uint8Array(8)), (b) => b.toString(16).padStart(2, '0')).join('');
  #cell = '';
  #told = 0;

  constructor(readonly path: string) {}

  /// Runs until the page goes; for an `$effect`.
  start(): () => void {
    void this.#say();
    const timer = setInterval(() => void this.#say(), beat_ms);
    const leave = () => tell(this.path + '/presence', { window: this.#window, cell: '', leave: true });
    window.addEventListener('pagehide', leave);
    return () => {
      clearInterval(timer);
      window.removeEventListener('pagehide', leave);
      leave();
      this.others = [];
    };
  }

  at(cell: string) {
    if (cell === this.#cell) return;
    this.#cell = cell;
    if (Date.now() - this.#told > 1500) void this.#say();
  }

  async #say() {
    this.#told = Date.now();
    try {
      this.others = (await post<{ others: Other[] }>(this.path + '/presence', { window: this.#window, cell: this.#cell, leave: false })).others;
    } catch {
      // Without a line nobody knows; what was known is old.
      this.others = [];
    }
  }
}
