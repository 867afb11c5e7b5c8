// SPDX-License-Identifier: Apache-2.0
export interface ApiToken { id: number; label: string; acts: string[]; created_at: string; expires_at: string; revoked: boolean }
export interface OwnSession { id: string; here: boolean; created_at: string; seen_at: string }
/// What a program may be let do; managing accounts and running the installation want a person.
export const token_acts = [
  'read_figures', 'read_totals', 'enter', 'submit', 'evidence', 'return_report', 'verify', 'lock', 'excuse', 'issue_document', 'open_period',
  'load_programme', 'set_received_day', 'import_units', 'simulate',
] as const;
