// SPDX-License-Identifier: Apache-2.0
// Drafts and submissions on this device: kept before anything is sent, sent until the server has answered, exactly once.
import { call, get, heard, segment } from '../lib/api';
import { resume, session } from '../lib/session.svelte';
import type { Cells, Outcome, Report, Session, Wording } from '../lib/types';
import { outbox } from './outbox.svelte';
import { type Answer, type Place, type Sent, type Submission, type Waiting, enqueue, follow, meaningOf, nameOf, samePlace } from './sending';
import { full } from './texts';
import { type Change, type Named, type Vault, openVault } from './vault';

export { outbox };
export type { Place, Sent, Submission, Waiting };

/// A draft as it stands on this device.
export interface Kept {
  cells: Cells; comments: Cells;
  /// The version that it changes; 0 for none.
  basedOn: number;
  at: string;
  /// The moment of the draft on the server that it was made from.
  seen?: string;
  /// What was said to the server as the draft without an answer: where that stands there, it is this one.
  tried?: Cells;
}

/// The browser has no room left: what was typed is on the page only.
export class StorageFull extends Error {
  readonly wording: Wording;
  constructor(readonly cells: string[] = []) {
    const { vi, en } = cells.length ? full.some : full.all;
    const fill = (text: string) => text.replace('{cells}', cells.join(', '));
    super(fill(vi));
    this.wording = { vi: fill(vi), en: fill(en) };
  }
}

let vault: Promise<Vault> | undefined;
let owner = '';
let left = '';

/// What is kept for the account that is signed in, or was last in this window.
export function ownVault(): Promise<Vault> {
  const user = session.now?.user.name ?? owner;
  if (!vault || user !== owner) {
    owner = user;
    // After signing out this page writes nothing more.
    const opening = (vault = openVault(user, user === left ? 'on this page' : 'on this device'));
    opening.catch(() => vault === opening && (vault = undefined));
  }
  return vault;
}

async function write(into: Vault, change: Change, cells: string[] = []) {
  try {
    await into.change(change);
  } catch (error) {
    if ((error as Error).name === 'QuotaExceededError') throw new StorageFull(cells);
    throw error;
  }
  if ([...(change.put ?? []), ...(change.remove ?? [])].some((one) => one.kind === 'waiting')) windows?.postMessage({});
}
const draftOf = (place: Place): Named => ({ kind: 'draft', name: nameOf(place) });
const waitingOf = (one: Waiting): Named => ({ kind: 'waiting', name: one.id });

const lastKept = new Map<string, Cells>();
/// Keeps a draft on this device. Throws a `StorageFull` that names the cells which are on the page only: `changed`, or
/// those that differ from what was kept last.
export async function keep(place: Place, kept: Kept, changed?: string[]): Promise<void> {
  const before = lastKept.get(nameOf(place)) ?? {};
  changed ??= Object.keys(kept.cells).filter((code) => kept.cells[code] !== before[code]);
  await write(await ownVault(), { put: [{ ...draftOf(place), value: { ...kept, place } }] }, changed);
  lastKept.set(nameOf(place), { ...kept.cells });
}
/// The draft of this device; where none is, what waits to be sent.
export async function kept(place: Place): Promise<Kept | undefined> {
  const own = await ownVault();
  let found = await own.read<Kept>(draftOf(place));
  if (!found) {
    const last = (await waitingIn(own)).findLast((one) => samePlace(one.place, place) && !one.submission.nil && !one.submission.withdraw);
    if (last) found = keptOf(last);
  }
  if (found) lastKept.set(nameOf(place), { ...found.cells });
  return found;
}
/// The drafts that are on this device only.
export const drafts = async (): Promise<(Kept & { place: Place })[]> => (await ownVault()).all('draft');
export async function forget(place: Place): Promise<void> {
  await write(await ownVault(), { remove: [draftOf(place)] });
}
const keptOf = (one: Waiting): Kept => {
  const { cells, comments = {}, based_on = 0 } = one.submission;
  return { cells, comments, basedOn: based_on, at: one.made };
};

const waitingIn = async (own: Vault) => (await own.all<Waiting>('waiting')).sort((a, b) => a.made.localeCompare(b.made));
/// Reads what waits for this account; other windows may have changed it.
export async function look(): Promise<Waiting[]> {
  const own = await ownVault();
  const items = await waitingIn(own);
  if (own.user === owner) {
    // Pages follow it: the same again is no news.
    if (JSON.stringify(items) !== JSON.stringify(outbox.items)) outbox.items = items;
    outbox.lasting = own.lasting;
  }
  return items;
}

/// Other windows of this browser show the same outbox.
const windows = globalThis.BroadcastChannel ? new BroadcastChannel('outbox') : undefined;
windows?.addEventListener('message', ({ data }: MessageEvent<{ out?: string }>) => {
  if (!data.out) void look();
  else if (data.out === session.now?.user.name) location.assign('/');
});

/// What an answer of the server said that this browser keeps (offline/worker.ts).
export async function answered<T>(path: string): Promise<T | undefined> {
  const found = await (await ownVault()).read<{ text: string }>({ kind: 'answer', name: path });
  return found && (JSON.parse(found.text) as T);
}

/// Signing out takes the key, the drafts and the answers away.
export async function wipe(): Promise<void> {
  const own = await ownVault();
  left = own.user;
  vault = undefined;
  await own.wipe();
  lastKept.clear();
  outbox.items = [];
  windows?.postMessage({ out: own.user });
}

function newId(): string {
  const drawn = crypto.getRandomValues(new Uint8Array(16));
  return [...drawn].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/// One window sends the reports of one place at a time. Where the browser has no locks the ids alone must do, and do.
const alone = <T>(own: Vault, place: Place, work: () => Promise<T>): Promise<T> =>
  own.lasting && navigator.locks ? (navigator.locks.request(`${own.user} ${nameOf(place)}`, work) as Promise<T>) : work();

export const pathOf = (place: Place) =>
  `/programmes/${place.programme}/reports/${place.form}/${place.period}/${segment(place.unit)}`;

async function post(one: Waiting): Promise<Outcome> {
  const { programme, form, period, unit } = one.place;
  const body = { ...one.submission, form, period, unit, client_id: one.id };
  // An answer that does not come in half a minute is asked for again; the id makes it the same one.
  return call<Outcome>('POST', `/programmes/${programme}/submissions`, body, AbortSignal.timeout(30000));
}

/// Signed in again in another window: the cookie is good, our token is that of the session before. True where it is the
/// same account and the token is fresh now.
async function tookFreshToken(own: Vault): Promise<boolean> {
  try {
    if ((await get<Session>('/session')).user.name !== own.user) return false;
    await resume();
    return true;
  } catch {
    return false;
  }
}
async function answerTo(own: Vault, one: Waiting): Promise<Answer> {
  for (let tries = 0; ; ++tries) {
    try {
      return { kind: 'taken', outcome: await post(one) };
    } catch (error) {
      const answer = meaningOf(error);
      if (answer.kind !== 'other_session' || tries > 0 || !(await tookFreshToken(own))) return answer;
    }
  }
}

/// Which version this window's own submissions made of which, by report.
const steps = new Map<string, Map<number, number>>();
function step(one: Waiting, version: number) {
  const { based_on } = one.submission;
  if (based_on === undefined || based_on === version) return;
  const known = steps.get(nameOf(one.place)) ?? new Map<number, number>();
  steps.set(nameOf(one.place), known.set(based_on, version));
}
/// A page that has not seen yet that its own report was taken goes on from that one: nobody else was between.
function onOwn(place: Place, submission: Submission): Submission {
  const known = steps.get(nameOf(place));
  let { based_on } = submission;
  if (based_on === undefined || !known) return submission;
  for (let next = known.get(based_on); next !== undefined; next = known.get(next)) based_on = next;
  return { ...submission, based_on };
}

/// Says one submission to the server; afterwards it is gone from the outbox with its answer, or in it with its reason.
/// `later` are those of the same report that were made after it: they say again all that it says.
async function attempt(own: Vault, given: Waiting, later: Waiting[]): Promise<Sent> {
  const one = { ...given, tried: true };
  const rewrite = (value: Waiting) => write(own, { put: [{ ...waitingOf(one), value }] });
  if (!given.tried) await rewrite(one);
  const answer = await answerTo(own, one);
  if (answer.kind === 'taken') step(one, answer.outcome.version);
  if (later.length > 0 && (answer.kind === 'taken' || answer.kind === 'refused' || answer.kind === 'newer')) {
    const put = answer.kind === 'taken' ? later.map((next) => ({ ...waitingOf(next), value: follow(next, one, answer.outcome.version) })) : [];
    await write(own, { put, remove: [waitingOf(one)] });
    return answer.kind === 'newer' ? { kind: 'waiting', why: 'conflict' } : answer;
  }
  switch (answer.kind) {
    case 'taken': {
      const { version } = answer.outcome;
      const draft = await own.read<Kept>(draftOf(one.place));
      // What was typed since stays, and changes the version that was taken now.
      const stays = draft && draft.at > one.made;
      const put = stays && draft.basedOn === (one.submission.based_on ?? 0) ? [{ ...draftOf(one.place), value: { ...draft, basedOn: version } }] : [];
      await write(own, { put, remove: [waitingOf(one), ...(stays ? [] : [draftOf(one.place)])] });
      outbox.taken = { place: one.place, outcome: answer.outcome };
      return answer;
    }
    case 'refused':
      await rewrite({ ...one, tried: false, why: 'refused', outcome: answer.outcome });
      return answer;
    case 'newer':
      await rewrite({ ...one, tried: false, why: 'conflict' });
      try {
        return { kind: 'conflict', report: await get<Report>(pathOf(one.place)) };
      } catch {
        return { kind: 'waiting', why: 'conflict' };
      }
    case 'problem':
      await rewrite({ ...one, why: 'problem', problem: { code: answer.refusal.code, wording: answer.refusal.wording } });
      return answer;
    case 'signed_out':
    case 'other_session':
      heard.signedOut();
      await rewrite({ ...one, why: 'session' });
      return { kind: 'waiting', why: 'session' };
    case 'later':
      await rewrite({ ...one, why: 'line' });
      return { kind: 'waiting', why: 'line' };
  }
}

/// What a form asked to be sent and waits to hear of: the line's own round may be the one that sends it.
const asked = new Map<string, Sent | undefined>();

/// Sends what waits for one place, in its order. The answer is that of the last one.
export async function sendWaiting(place: Place): Promise<Sent | undefined> {
  const own = await ownVault();
  const sent = await alone(own, place, async () => {
    let last: Sent | undefined;
    for (;;) {
      const [one, ...later] = (await waitingIn(own)).filter((waiting) => samePlace(waiting.place, place));
      if (!one) return last;
      last = await attempt(own, one, later);
      if (asked.has(one.id)) asked.set(one.id, last);
      if (later.length === 0 || (await own.read(waitingOf(one)))) return last;
    }
  });
  await look();
  return sent;
}

/// Keeps a submission, then sends it. Whatever happens to the line, the server, this page or this device in between:
/// it waits in the outbox until the server has answered, and counts once.
export async function send(place: Place, submission: Submission): Promise<Sent> {
  const own = await ownVault();
  const next: Waiting = { id: newId(), place, submission: onOwn(place, submission), made: new Date().toISOString(), tried: false, why: 'line' };
  asked.set(next.id, undefined);
  await alone(own, place, async () => {
    const { put, remove } = enqueue(await waitingIn(own), next);
    await write(own, { put: [{ ...waitingOf(put), value: put }], remove: remove.map(waitingOf) });
  });
  await look();
  const sent = (await sendWaiting(place)) ?? asked.get(next.id);
  asked.delete(next.id);
  // The form says what is wrong with it, and has the draft; nothing waits any more.
  if (sent?.kind === 'refused') await throwAway(next, 'draft');
  return sent ?? { kind: 'waiting', why: 'line' };
}

/// Takes the draft and all that waits for a place away.
export async function giveUp(place: Place): Promise<void> {
  const own = await ownVault();
  await alone(own, place, async () => {
    const waiting = (await waitingIn(own)).filter((one) => samePlace(one.place, place));
    await write(own, { remove: [draftOf(place), ...waiting.map(waitingOf)] });
  });
  await look();
}

/// Takes one out of the outbox without sending it (the server may have it when it was tried), or back into a draft.
export async function throwAway(one: Waiting, into: 'nothing' | 'draft' = 'nothing'): Promise<void> {
  const own = await ownVault();
  await alone(own, one.place, async () => {
    const bare = into === 'nothing' || one.submission.nil || one.submission.withdraw || (await own.read(draftOf(one.place)));
    await write(own, { remove: [waitingOf(one)], put: bare ? [] : [{ ...draftOf(one.place), value: { ...keptOf(one), place: one.place } }] });
  });
  await look();
}
