// SPDX-License-Identifier: Apache-2.0
// What the server's answer means for a submission that waits, and in which order those of one report go.
import { Refusal } from '../lib/api';
import type { Cells, Outcome, Report } from '../lib/types';

export interface Place { programme: string; form: string; period: string; unit: string }
/// The body of a submission (docs/api.yaml) without its place and its id.
export interface Submission {
  cells: Cells; comments?: Cells; nil?: boolean; withdraw?: boolean; patch?: boolean; based_on?: number; reason?: string;
}
export type Why = 'line' | 'session' | 'conflict' | 'refused' | 'problem';
/// A submission between the button and the server's answer.
export interface Waiting {
  /// Its client_id: said again it gets the same answer.
  id: string;
  place: Place;
  submission: Submission;
  /// When the button was pressed.
  made: string;
  /// From the first try on the server may have it: its content stays as it is.
  tried: boolean;
  why: Why;
  outcome?: Outcome;
  problem?: { code: string; wording: { vi: string; en: string } };
}
export type Sent =
  | { kind: 'taken'; outcome: Outcome }
  | { kind: 'refused'; outcome: Outcome }
  | { kind: 'waiting'; why: Why }
  | { kind: 'conflict'; report: Report }
  | { kind: 'problem'; refusal: Refusal };

export type Answer =
  | { kind: 'taken'; outcome: Outcome }
  | { kind: 'refused'; outcome: Outcome }
  | { kind: 'newer' }
  | { kind: 'later' }
  | { kind: 'signed_out' }
  | { kind: 'other_session' }
  | { kind: 'problem'; refusal: Refusal };

/// What a call that failed says about the submission. Only an answer of our server is one: what a proxy or the line
/// says leaves open whether it was received.
export function meaningOf(error: unknown): Answer {
  if (!(error instanceof Refusal)) return { kind: 'later' };
  const body = error.body as { verdict?: string } | null;
  if (error.status === 422 && body?.verdict === 'refused') return { kind: 'refused', outcome: error.body as Outcome };
  if (error.status === 401) return { kind: 'signed_out' };
  if (error.status === 403 && (error.where === 'X-CSRF-Token' || error.where === 'Origin')) return { kind: 'other_session' };
  if (error.code === 'conflict') return { kind: 'newer' };
  if (error.code === 'broken' || error.code === 'offline') return { kind: 'later' };
  if (error.status === 0 || error.status === 408 || error.status === 429 || error.status >= 500) return { kind: 'later' };
  return { kind: 'problem', refusal: error };
}

export const nameOf = (place: Place) => `${place.programme}/${place.form}/${place.period}/${place.unit}`;
export const samePlace = (a: Place, b: Place) => nameOf(a) === nameOf(b);

/// A later submission of a report says all that an earlier one said. What was not tried yet is replaced; what was tried
/// goes first, as the server may have it.
export function enqueue(waiting: readonly Waiting[], next: Waiting): { put: Waiting; remove: Waiting[] } {
  return { put: next, remove: waiting.filter((one) => samePlace(one.place, next.place) && !one.tried) };
}

/// The next one's base, after `done` was taken as `version`: both were made from the same version, and nobody else was
/// between.
export function follow(next: Waiting, done: Waiting, version: number): Waiting {
  if (next.submission.based_on === undefined || next.submission.based_on !== done.submission.based_on) return next;
  return { ...next, submission: { ...next.submission, based_on: version } };
}

/// Which of them a window tries by itself: what the line or the session held up, oldest first.
export const goesByItself = (one: Waiting) => one.why === 'line' || one.why === 'session';

/// Seconds until the next try: growing, with a fifth of chance so that offices do not come back in one instant.
export function pause(tries: number, chance: number): number {
  return Math.min(2 * 2 ** Math.min(tries, 8), 300) * (0.9 + chance * 0.2);
}
