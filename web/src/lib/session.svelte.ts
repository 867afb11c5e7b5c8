// SPDX-License-Identifier: Apache-2.0
import { wipe } from '../offline/keeping';
import { call, get, post, setCsrf } from './api';
import { live } from './live.svelte';
import type { Period, Programme, ProgrammeRef, Session } from './types';

export const session = $state<{
  now: Session | null; known: boolean;
  /// Somebody signs out here: a refusal that comes meanwhile is no news.
  leaving: boolean;
}>({ now: null, known: false, leaving: false });

function take(now: Session) {
  setCsrf(now.csrf);
  session.now = now;
  session.known = true;
}

export async function resume() {
  try {
    take(await get<Session>('/session'));
  } catch {
    session.known = true;
  }
}
/// The server's day as it is now: where it has changed, pages ask for their figures anew.
export async function renewDay() {
  try {
    const now = await get<Session>('/session');
    if (now.today === session.now?.today) return;
    take(now);
    live.day = now.today;
  } catch {
    // Without a line the day that is shown stays; the stream's return asks again.
  }
}
export async function signIn(name: string, password: string) {
  take(await post<Session>('/session', { name, password }));
}
/// Takes the place that an invitation's link offers.
export async function acceptInvitation(token: string, login: string, password: string) {
  take(await post<Session>('/invitation', { token, login, password }));
}
/// Ends the session here and takes away what this browser kept for the account.
export async function signOut() {
  session.leaving = true;
  try {
    await call('DELETE', '/session');
    await wipe();
  } catch (error) {
    session.leaving = false;
    throw error;
  }
  location.assign('/');
}

const definitions = new Map<string, Promise<Programme>>();
export function programme(code: string): Promise<Programme> {
  let found = definitions.get(code);
  if (!found) {
    found = get<Programme>('/programmes/' + code);
    definitions.set(code, found);
    found.catch(() => definitions.delete(code));
  }
  return found;
}

/// The periods whose duties are frozen, in order of time.
export async function openedPeriods(programme: string): Promise<Period[]> {
  const answer = await get<{ periods: Period[] }>(`/programmes/${programme}/periods`);
  return answer.periods.filter((p) => p.opened);
}

/// The programme of the address, or the one that runs today.
export function programmeOf(code: string | undefined): ProgrammeRef | undefined {
  const list = session.now?.programmes ?? [];
  return list.find((p) => p.code === code) ?? list.find((p) => !p.to || p.to >= (session.now?.today ?? '')) ?? list[0];
}
