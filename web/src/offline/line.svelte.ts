// SPDX-License-Identifier: Apache-2.0
// Sends what waits as soon as it can go: when a page opens, the line is back, somebody signed in again, and after growing
// pauses.
import { heard } from '../lib/api';
import { period, say } from '../lib/i18n.svelte';
import { live, reconnect } from '../lib/live.svelte';
import { programme, session } from '../lib/session.svelte';
import { toast } from '../lib/toasts.svelte';
import type { Report } from '../lib/types';
import { warm } from './install';
import { answered, look, outbox, pathOf, sendWaiting } from './keeping';
import { type Place, goesByItself, nameOf, pause } from './sending';
import { t } from './texts';

/// A report in words: "Biểu số 01 · Quý III/2026 · Xã Phố Bảng".
export async function wordsOf(place: Place): Promise<string> {
  const meaning = await programme(place.programme).catch(() => undefined);
  const report = await answered<Report>(pathOf(place)).catch(() => undefined);
  const form = meaning?.forms.find((one) => one.code === place.form);
  return [form ? say(form.title) : place.form, period(place.period), report?.unit.name ?? place.unit].join(' · ');
}

let tries = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let running = false;
let again = false;

async function round() {
  clearTimeout(timer);
  timer = undefined;
  const due = (await look()).filter((one) => goesByItself(one) && !outbox.signedOut);
  const places = new Map(due.map((one) => [nameOf(one.place), one.place]));
  for (const place of places.values()) {
    const sent = await sendWaiting(place);
    if (sent?.kind === 'taken') toast(t('offline.sent', { what: await wordsOf(place) }));
    if (outbox.signedOut) return;
  }
}

export async function wake(): Promise<void> {
  again = true;
  if (running) return;
  running = outbox.sending = true;
  try {
    while (again) {
      again = false;
      await round();
    }
  } catch {
    // The browser's store did not answer; the next reason to try tries again.
  } finally {
    running = outbox.sending = false;
    later();
  }
}
function later() {
  if (timer || running || outbox.signedOut || !outbox.items.some(goesByItself)) return;
  timer = setTimeout(() => void wake(), pause(tries++, Math.random()) * 1000);
}

export function signedInAgain() {
  outbox.signedOut = false;
  reconnect();
  tries = 0;
  void wake();
}

/// Begins with the shell; `code` is the programme whose pages are open. Make it while a component is made.
export function begin(code: () => string) {
  heard.signedOut = () => {
    if (session.now && !session.leaving) outbox.signedOut = true;
  };
  const back = () => {
    tries = 0;
    reconnect();
    void wake();
  };
  $effect(() => {
    const seen = () => document.visibilityState === 'visible' && back();
    window.addEventListener('online', back);
    document.addEventListener('visibilitychange', seen);
    void wake();
    return () => {
      window.removeEventListener('online', back);
      document.removeEventListener('visibilitychange', seen);
    };
  });
  $effect(() => {
    if (live.connected) back();
  });
  // What was just put there without a line begins the pauses.
  $effect(() => {
    if (outbox.items.length) later();
  });
  $effect(() => {
    const own = `/programmes/${code()}`;
    const [, , page, ...rest] = location.pathname.split('/');
    void warm(['/session', own, own + '/periods', own + '/work', ...(page === 'reports' ? [`${own}/reports/${rest.join('/')}`] : [])]);
  });
}
