// SPDX-License-Identifier: Apache-2.0
// The queue as the page sees it: pages come when they are looked at, and hold still. What was decided here leaves at once;
// what changes elsewhere waits until it is asked for.
import { get, query } from '../lib/api';
import { live } from '../lib/live.svelte';
import type { Check } from '../lib/types';
import { keyOf, type QueuePage } from './types';

export type Filter = Record<'state' | 'period' | 'form' | 'under' | 'findings' | 'sort', string>;
const page_size = 100;
/// Reading a country's queue costs the server a second: what changed is asked for at most this often.
const asked_every_ms = 3000;

export class Queue {
  items = $state.raw<(Check | undefined)[]>([]);
  count = $state(0);
  total = $state(0);
  doubtful = $state(0);
  known = $state(false);
  loading = $state(false);
  error = $state.raw<unknown>();
  /// How many more or fewer there are now than are shown.
  changes = $state(0);
  #turn = 0;
  #asked = new Set<number>();
  #path = '';
  #filter: Filter | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #cost = 0;

  /// Begins anew with another filter, or again with the same.
  async load(programme: string, filter: Filter) {
    this.#path = `/programmes/${programme}/checks`;
    this.#filter = filter;
    await this.again();
  }
  async again() {
    const turn = ++this.#turn;
    this.#asked.clear();
    this.loading = true;
    try {
      const first = await this.#page(0);
      if (turn !== this.#turn) return;
      this.#take(first, 0, true);
      this.#asked.add(0);
      this.error = undefined;
    } catch (e) {
      if (turn === this.#turn) this.error = e;
    } finally {
      if (turn === this.#turn) {
        this.loading = false;
        this.changes = 0;
      }
    }
  }
  /// Fetches the pages of rows `first` to `last` of which some are not there.
  async need(first: number, last: number) {
    const turn = this.#turn;
    const end = Math.min(last, this.count);
    for (let at = Math.floor(first / page_size) * page_size; at < end; at += page_size) {
      if (this.#asked.has(at) || this.items.slice(Math.max(first, at), Math.min(at + page_size, end)).every(Boolean)) continue;
      this.#asked.add(at);
      try {
        const page = await this.#page(at);
        if (turn === this.#turn) this.#take(page, at, false);
      } catch (e) {
        this.#asked.delete(at);
        if (turn === this.#turn) this.error = e;
      }
    }
  }
  #page(from: number) {
    return get<QueuePage>(this.#path + query({ ...this.#filter, from, limit: page_size }));
  }
  #take(page: QueuePage, at: number, fresh: boolean) {
    const items = fresh ? new Array<Check | undefined>(page.count).fill(undefined) : [...this.items];
    for (const [i, item] of page.items.entries()) if (at + i < items.length) items[at + i] = item;
    this.items = items;
    if (!fresh) return;
    this.count = page.count;
    this.total = page.total;
    this.doubtful = page.doubtful;
    this.known = true;
  }

  find(key: string): number {
    return this.items.findIndex((item) => item !== undefined && keyOf(item) === key);
  }
  /// What was decided on is gone from the list; the others keep their places behind it.
  remove(keys: ReadonlySet<string>) {
    const gone = this.items.filter((item) => item !== undefined && keys.has(keyOf(item))) as Check[];
    this.items = this.items.filter((item) => item === undefined || !keys.has(keyOf(item)));
    this.#asked.clear();
    this.count -= gone.length;
    this.total -= gone.length;
    this.doubtful -= gone.filter((item) => item.findings.length > 0).length;
  }

  /// Something happened in the programme: asks how many wait now, seldom enough.
  changed() {
    void live.sequence;
    if (!this.#filter || this.#timer || !this.known) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#look();
    }, Math.max(asked_every_ms, this.#cost * 10));
  }
  async #look() {
    const turn = this.#turn;
    const since = performance.now();
    try {
      const now = await get<QueuePage>(this.#path + query({ ...this.#filter, limit: 0 }));
      this.#cost = performance.now() - since;
      if (turn === this.#turn && !this.loading) this.changes = Math.abs(now.count - this.count) || Math.abs(now.total - this.total) || Math.abs(now.doubtful - this.doubtful);
    } catch {
      // The badge in the bar says that the line is lost; the list stays as it is.
    }
  }
  stop() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#turn += 1;
  }
}
