// SPDX-License-Identifier: Apache-2.0
import { written, type Language } from './numbers';
import { common } from './texts';
import type { Wording } from './types';

const kept = globalThis.localStorage?.getItem('language');
export const language = $state<{ now: Language }>({ now: kept === 'en' ? 'en' : 'vi' });

export function setLanguage(now: Language) {
  language.now = now;
  localStorage.setItem('language', now);
  document.documentElement.lang = now;
}
if (globalThis.document) {
  document.documentElement.lang = language.now;
  // Two windows of one browser speak one language.
  window.addEventListener('storage', ({ key, newValue }) => {
    if (key === 'language') setLanguage(newValue === 'en' ? 'en' : 'vi');
  });
}

type Texts = Record<string, Wording>;
export type CommonKey = keyof typeof common;
type Values = Record<string, string | number>;

/// The texts of one folder and those that every page has; `{name}` stands for a value. A key that is not there, or a
/// language that is missing, does not compile.
export function words<Own extends Texts>(own: Own) {
  const all: Texts = { ...common, ...own };
  const say = (key: CommonKey | (keyof Own & string), values: Values = {}): string =>
    (all[key] as Wording)[language.now].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  return Object.assign(say, { all });
}
export const t = words({});

/// A count as people write it: 7410 → "7.410".
export const count = (n: number): string => figure(String(n));

/// A wording that came with the data.
export const say = (wording: Wording | null | undefined) => (wording ? wording[language.now] || wording.vi : '');

/// An exact decimal as people write it: "1234567.5" → "1.234.567,5" (vi).
export const figure = (plain: string): string => written(plain, language.now);

/// "2026-11-23" → "23/11/2026".
export function date(iso: string): string {
  const [y, m, d] = iso.slice(0, 10).split('-');
  return d ? `${d}/${m}/${y}` : iso;
}

/// The time of day in Vietnam of a moment: "2026-09-16T07:32:00Z" → "14:32".
export function clock(moment: string): string {
  const at = new Date(Date.parse(moment) + 7 * 3_600_000);
  return Number.isNaN(at.getTime()) ? '' : at.toISOString().slice(11, 16);
}

/// "2026-Q3" → "Quý III/2026".
export function period(name: string): string {
  const [year = '', part = ''] = name.split('-');
  const roman = ['', 'I', 'II', 'III', 'IV'];
  if (name === 'once') return t('period.once');
  if (!part) return t('period.year', { year });
  if (part.startsWith('Q')) return t('period.quarter', { year, n: language.now === 'vi' ? (roman[Number(part.slice(1))] ?? '') : part.slice(1) });
  if (part.startsWith('H')) return t(part === 'H1' ? 'period.h1' : 'period.h2', { year });
  if (part === '9M') return t('period.nine', { year });
  return t('period.month', { year, n: String(Number(part.slice(1))) });
}

/// "2026-Q3" → "Q3/2026": for the heads of narrow columns.
export function shortPeriod(name: string): string {
  const [year = '', part = ''] = name.split('-');
  if (!part) return period(name);
  if (part.startsWith('M')) return language.now === 'vi' ? `T${Number(part.slice(1))}/${year}` : `${part.slice(1)}/${year}`;
  if (part === '9M') return language.now === 'vi' ? `9T/${year}` : `9M/${year}`;
  if (part.startsWith('H')) return language.now === 'vi' ? `6T${part === 'H1' ? 'đầu' : 'cuối'}/${year}` : `${part}/${year}`;
  return `${part}/${year}`;
}
