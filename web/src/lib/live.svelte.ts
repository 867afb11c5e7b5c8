// SPDX-License-Identifier: Apache-2.0
// One stream of changes for the open programme. Pages read `live.sequence` and fetch anew in place.
import { untrack } from 'svelte';

export const live = $state({
  sequence: 0,
  connected: false,
  /// The server's day since it changed while the desk was open: what is late then is another thing.
  day: '',
});

const day_ms = 86_400_000;
const vietnam_ms = 7 * 3_600_000;
/// From an instant to the next midnight in Vietnam, which has one time all year.
export const untilMidnight = (now: number) => day_ms - ((now + vietnam_ms) % day_ms);

/// Calls `renew` when Vietnam's day has changed, some seconds after midnight so that not everybody asks at once, and
/// when a window is looked at again that slept through it. Gives what ends it.
export function watchDay(renew: () => void): () => void {
  const dayOf = (ms: number) => Math.floor((ms + vietnam_ms) / day_ms);
  let asked = dayOf(Date.now());
  let timer: ReturnType<typeof setTimeout>;
  const look = () => {
    const now = dayOf(Date.now());
    if (now !== asked) {
      asked = now;
      renew();
    }
  };
  const wait = () => {
    timer = setTimeout(() => { look(); wait(); }, untilMidnight(Date.now()) + 3000 + Math.random() * 20_000);
  };
  wait();
  document.addEventListener('visibilitychange', look);
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', look);
  };
}

let source: EventSource | null = null;
let open = '';
let tries = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

export function follow(programme: string) {
  if (programme === open) return;
  open = programme;
  tries = 0;
  connect();
}

function connect() {
  clearTimeout(timer);
  source?.close();
  source = null;
  live.connected = false;
  if (!open) return;
  const own = (source = new EventSource(`/api/v1/programmes/${open}/events`));
  const take = (event: MessageEvent<string>) => {
    // The first event says it by its id alone.
    const data = JSON.parse(event.data) as { sequence?: number };
    live.sequence = Math.max(live.sequence, data.sequence ?? (Number(event.lastEventId) || 0));
  };
  own.addEventListener('open', () => {
    live.connected = true;
    tries = 0;
  });
  own.addEventListener('error', () => {
    if (own !== source) return;
    live.connected = false;
    // A cut line the browser mends itself; an answer that is no stream (a gateway without its server, a session that
    // ended) ends it for good.
    if (own.readyState === EventSource.CLOSED) timer = setTimeout(connect, Math.min(60, 2 ** ++tries) * 1000);
  });
  own.addEventListener('hello', take);
  own.addEventListener('change', take);
}
/// Tries at once what would be tried after a pause.
export function reconnect() {
  if (open && !live.connected) connect();
}

/// Whether an answer is older than the change; one that does not say how old it is always is.
export function isOlder(answer: unknown, sequence: number): boolean {
  const asOf = answer && typeof answer === 'object' && 'as_of' in answer ? answer.as_of : undefined;
  return typeof asOf !== 'number' || asOf < sequence;
}

/// The server's answer to what a page asks, in place: fetched when the page opens, when what it asks for changes (`fetch`
/// reads it) and when something changed in the programme since. An older answer that comes late is dropped; a refusal
/// stands beside the last answer. `fetch` gives nothing while there is nothing to ask. Make it while a component is made.
export class Watched<T> {
  answer = $state.raw<T>();
  error = $state.raw<unknown>();
  #turn = 0;
  #asked = Promise.resolve();
  readonly #fetch: () => Promise<T> | undefined;

  constructor(fetch: () => Promise<T> | undefined) {
    this.#fetch = fetch;
    $effect(() => {
      void live.day;
      void this.load();
    });
    $effect(() => {
      const { sequence } = live;
      if (sequence) untrack(() => void this.#follow(sequence));
    });
  }

  /// The stream begins by saying where the programme stands: what was asked for a moment before is mostly no older.
  async #follow(sequence: number) {
    await this.#asked;
    if (sequence === live.sequence && isOlder(this.answer, sequence)) void this.load();
  }

  load(): Promise<void> {
    return (this.#asked = this.#ask());
  }

  async #ask() {
    const turn = ++this.#turn;
    try {
      const answer = await this.#fetch();
      if (turn !== this.#turn || answer === undefined) return;
      this.answer = answer;
      this.error = undefined;
    } catch (e) {
      if (turn === this.#turn) this.error = e;
    }
  }
}
