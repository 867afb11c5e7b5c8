// SPDX-License-Identifier: Apache-2.0
// The board that is shown, kept up to date without moving under the reader's hand: values change in place; rows that
// would come, go or move wait until they are asked for, or until nobody has been inside for half a minute.
import { untrack } from 'svelte';
import { get } from '../lib/api';
import { live } from '../lib/live.svelte';
import { changes, heldStill, withoutEmpty, type Board } from './rows';

const quiet_ms = 30_000;
const marked_ms = 2000;
const least_gap_ms = 800;

export class BoardFeed {
  board = $state.raw<Board>();
  error = $state.raw<unknown>();
  /// Cells that changed a moment ago, as "code/column".
  changed = $state.raw<ReadonlySet<string>>(new Set());
  /// How many changes wait.
  waiting = $state(0);
  loading = $state(false);
  /// Set while somebody is inside the list.
  busy = false;

  #next: Board | undefined;
  #asked = '';
  #turn = 0;
  #gap = least_gap_ms;
  #last = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #mark: ReturnType<typeof setTimeout> | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;
  readonly #address: () => string;

  constructor(address: () => string) {
    this.#address = address;
    $effect(() => {
      void this.#address();
      untrack(() => void this.load(true));
    });
    $effect(() => {
      void live.sequence;
      untrack(() => this.#soon());
    });
    $effect(() => () => [this.#timer, this.#mark, this.#idle].forEach(clearTimeout));
  }

  /// A board of the whole country takes longer: it is asked for so much more seldom.
  #soon() {
    if (!this.board || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.load(false);
    }, Math.max(0, this.#last + this.#gap - Date.now()));
  }

  async load(anew: boolean) {
    const turn = ++this.#turn;
    const address = this.#address();
    const begun = Date.now();
    this.loading = true;
    try {
      const answer = withoutEmpty(await get<Board>(address));
      if (turn !== this.#turn) return;
      this.error = undefined;
      if (anew || address !== this.#asked || !this.board) this.#adopt(answer);
      else this.#compare(this.board, answer);
      this.#asked = address;
    } catch (e) {
      if (turn === this.#turn) this.error = e;
    } finally {
      if (turn === this.#turn) this.loading = false;
      this.#last = Date.now();
      this.#gap = Math.max(least_gap_ms, 8 * (this.#last - begun));
    }
  }

  #adopt(answer: Board) {
    this.board = answer;
    this.#next = undefined;
    this.waiting = 0;
  }

  #compare(before: Board, after: Board) {
    const change = changes(before, after);
    if (change.cells.size) {
      this.changed = new Set([...this.changed, ...change.cells]);
      clearTimeout(this.#mark);
      this.#mark = setTimeout(() => (this.changed = new Set()), marked_ms);
    }
    if (!change.moved) {
      this.#adopt(after);
      return;
    }
    this.waiting += change.count;
    this.#next = after;
    this.board = before.columns.length === after.columns.length ? heldStill(before, after) : before;
    this.#whenQuiet();
  }

  #whenQuiet() {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => (this.busy ? this.#whenQuiet() : this.update()), quiet_ms);
  }

  /// What waited takes its place.
  update() {
    if (this.#next) this.#adopt(this.#next);
  }
}
