// SPDX-License-Identifier: Apache-2.0
// What a page of units says of stretches of time and of shares.
import { date } from '../lib/i18n.svelte';
import { t } from './texts';
import type { Part, Shares } from './types';

/// The older lists begin before the data: nothing is said about it.
export const span = (from: string, to: string): string =>
  to && from ? t('unit.valid', { from: date(from), to: date(to) })
  : to ? t('unit.until', { to: date(to) })
  : from ? t('unit.since', { from: date(from) })
  : t('unit.always');

const part = (p: Part) => t(`share.${p}`);
/// "toàn bộ diện tích, toàn bộ dân số"; `of` says that it is the older unit's share.
export const shares = (s: Shares, of = true): string =>
  s.land === 'full' && s.people === 'full' ? t(of ? 'share.all' : 'share.all.to') : t('share.both', { land: part(s.land), people: part(s.people) });
