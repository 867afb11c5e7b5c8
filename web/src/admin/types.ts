// SPDX-License-Identifier: Apache-2.0
import type { ApiToken } from '../account/types';
import type { Programme, UnitRef, Wording } from '../lib/types';

export const roles = ['unit_officer', 'member_organisation', 'reader', 'central', 'operator'] as const;
export type Role = (typeof roles)[number];
export interface Grant { role: Role; programme: string; party: string; unit: UnitRef | null }
export const user_states = ['active', 'must_change', 'disabled'] as const;
export type UserState = (typeof user_states)[number];
export interface User {
  id: number; login: string; name: string; state: UserState; demonstration: boolean; created_at: string; whole: boolean; self: boolean; grants: Grant[];
}
export interface UserPage extends User { session_count: number; tokens: ApiToken[] }
export interface Users { total: number; page: number; per_page: number; counts: Record<UserState, number>; users: User[] }
export const invitation_states = ['open', 'accepted', 'expired', 'withdrawn'] as const;
export type InvitationState = (typeof invitation_states)[number];
export interface Invitation { id: number; name: string; grant: Grant; state: InvitationState; created_at: string; expires_at: string; user: number }
export interface Invitations { total: number; counts: Record<InvitationState, number>; invitations: Invitation[] }
export interface DrawnInvitation { id: number; name: string; grant: Grant; link: string; expires_at: string }
export interface Below { to_invite: number; staffed: number; invited: number; limit: number }
export interface JournalRecord {
  sequence: number; at: string; actor: string; verb: string; kind: string; subject: string; version: number; name: string; unit: UnitRef | null;
  programme: string; period: string; about: string; hash: string;
}
export interface Journal { next: number; records: JournalRecord[] }
export interface System {
  version: string; schema: number; engine: string; as_of: number; now: string; today: string; machine_now: string; utc_offset_min: number;
  secure: boolean; demonstration: boolean; writer: { waiting: number; followed: number }; streams: number;
  cube: { as_of: number; differs: boolean; scrub_rounds: number; scrubbed_periods: number; filed: number }; units: number;
  programmes: { code: string; symbol: string; title: Wording; version: number; simulated: boolean; opened: number }[];
}
export type WithParties = Programme & { parties: { code: string; name: Wording }[] };
/// What is wished of a grant while a form is filled; "" = all.
export interface GrantWish { role: Role; programme: string; party: string; unit: string }
