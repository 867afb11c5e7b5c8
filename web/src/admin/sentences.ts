// SPDX-License-Identifier: Apache-2.0
// A record of the journal as a sentence: who did what to what.
import { period } from '../lib/i18n.svelte';
import { t } from './texts';
import type { JournalRecord } from './types';

/// Every verb that the program journals, by the kind of its subject.
export const verbs: Record<string, readonly string[]> = {
  user: ['user_added', 'granted', 'revoked', 'password_set', 'user_disabled', 'user_enabled', 'token_created', 'token_revoked', 'signed_in', 'signed_out', 'sessions_ended'],
  invitation: ['invited', 'accepted', 'withdrawn'],
  fact: ['accepted', 'corrected', 'submitted', 'returned', 'verified', 'locked', 'withdrawn'],
  check_figure: ['kept'],
  obligation: ['claimed', 'evidenced', 'returned', 'excused', 'reopened', 'withdrawn', 'passed_on'],
  document: ['drafted', 'edited', 'issued'],
  unit: ['imported', 'changed', 'heir_chosen', 'heir_withdrawn'],
  programme: ['loaded'],
  period: ['opened', 'passed_on'],
  file: ['kept', 'swept'],
};
export const kinds = Object.keys(verbs);

/// "Gửi báo cáo"; a word that this desk does not know yet stands as it is.
export function verb(record: Pick<JournalRecord, 'kind' | 'verb'>): string {
  return verbs[record.kind]?.includes(record.verb) ? t(`verb.${record.kind}.${record.verb}` as 'verb.fact.accepted') : record.verb;
}

/// What it was done to: "Biểu bm01 · Quý III/2026 · Xã Phố Bảng · phiên bản 2".
export function object(record: JournalRecord): string {
  const parts = [record.name, record.about, record.period ? period(record.period) : '', record.unit?.path || record.unit?.name || ''];
  if (record.kind === 'fact' && record.version > 1) parts.push(t('journal.version', { n: record.version }));
  const said = parts.filter(Boolean).join(' · ');
  return said || record.subject;
}
