// SPDX-License-Identifier: Apache-2.0
// Signing out takes away what this browser kept; what the server does not have yet is asked about first.
import { signOut } from '../lib/session.svelte';
import type { Cells } from '../lib/types';
import { drafts, look } from './keeping';
import type { Place } from './sending';

export interface Unsent { kind: 'draft' | 'report'; place: Place; cells: Cells; comments: Cells }
export const leaving = $state<{ unsent: Unsent[]; asked: boolean }>({ unsent: [], asked: false });

export async function leave() {
  const waiting = await look().catch(() => []);
  const kept = await drafts().catch(() => []);
  leaving.unsent = [
    ...waiting.map((one) => ({ kind: 'report' as const, place: one.place, cells: one.submission.cells, comments: one.submission.comments ?? {} })),
    ...kept.map((one) => ({ kind: 'draft' as const, place: one.place, cells: one.cells, comments: one.comments })),
  ];
  if (leaving.unsent.length) leaving.asked = true;
  else await signOut();
}
