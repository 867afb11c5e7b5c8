// SPDX-License-Identifier: Apache-2.0
// Words for the fields and values of a definition.
import { date, figure } from '../lib/i18n.svelte';
import { pathOf } from './read';
import { t } from './texts';
import type { Deadline } from './types';

const known = t.all;
const worded = (key: string, otherwise: string) => (key in known ? t(key as 'f.code') : otherwise);

/// "cells[B1].max" → "Ô B1 · lớn nhất"; a field that nobody named is shown as the files call it.
export const fieldName = (field: string): string =>
  pathOf(field).map(([name, item], i, all) => {
    const said = worded(all[i - 1]?.[0] === 'regime' ? `regime.${name}` : `f.${name}`, name);
    return item ? `${said} ${itemName(name, item)}` : said;
  }).join(' · ');

const itemName = (list: string, item: string) => (['duties', 'bodies'].includes(list) ? worded(`level.${item}`, item) : item);

/// A value by its field: words of the program in the reader's language.
export function valueName(field: string, value: string): string {
  const [last] = pathOf(field).at(-1) ?? [''];
  if (value === 'true' || value === 'false') return t(value === 'true' ? 'v.yes' : 'v.no');
  if (last === 'levels') return value.split(', ').map((each) => worded(`level.${each}`, each)).join(', ');
  if (last === 'level') return worded(`level.${value}`, value);
  if (last === 'kind') return kindName(value);
  if (last === 'register_measure') return worded(`v.measure.${value}`, value);
  if (last === 'document_family') return worded(`v.family.${value}`, value);
  if (['cap', 'min', 'max', 'usual'].includes(last) && value) return figure(value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return date(value);
  return worded(`v.${last}.${value}`, value);
}

export const kindName = (kind: string): string => worded(`kind.${kind}`, worded(`v.kind.${kind}`, kind));
export const levelName = (level: string): string => worded(`level.${level}`, level);
export const frequencyName = (frequency: string): string => worded(`v.frequency.${frequency}`, frequency);

export function dueName(rule: Deadline): string {
  if (rule.date) return date(rule.date);
  const working = rule.working_days === true;
  if (rule.days_after_cut_off !== undefined) return t(working ? 'due.after.working' : 'due.after', { n: rule.days_after_cut_off });
  const day = String(rule.day ?? '');
  const said = Number(rule.month_offset ?? 0) > 0 ? t('due.day.later', { day, n: String(rule.month_offset) }) : t('due.day', { day });
  return working ? `${said}; ${t('due.working')}` : said;
}
