// SPDX-License-Identifier: Apache-2.0
import type { Wording } from './types';
import { common } from './texts';

type Language = 'vi' | 'en';
const kept = globalThis.localStorage?.getItem('language');
export const language = $state<{ now: Language }>({ now: kept === 'en' ? 'en' : 'vi' });

export function setLanguage(now: Language) {
  language.now = now;
  localStorage.setItem('language', now);
  document.documentElement.lang = now;
}
if (globalThis.document) document.documentElement.lang = language.now;

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

const decimal = { vi: ',', en: '.' };
const thousands = { vi: '.', en: ',' };

/// An exact decimal as people write it: "1234567.5" → "1.234.567,5" (vi). No arithmetic, so nothing is rounded.
export function figure(plain: string): string {
  if (plain === '') return '';
  const negative = plain.startsWith('-');
  const [whole = '', fraction = ''] = plain.replace('-', '').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, thousands[language.now]);
  return (negative ? '−' : '') + grouped + (fraction ? decimal[language.now] + fraction : '');
}

/// What a person typed, as a plain decimal, or null when it is not a number by the language's own marks. "1.234" is a
/// thousand for a Vietnamese typist; "1,234" is asked, never guessed.
export function typed(text: string): { plain: string } | { doubt: [string, string] } | null {
  const clean = text.normalize('NFC').replace(/[\s\u00a0\u202f]/g, '').replace('−', '-');
  if (clean === '') return { plain: '' };
  if (/^-?\d+$/.test(clean)) return { plain: clean };
  const [dot, comma] = language.now === 'vi' ? ['\\.', ','] : [',', '\\.'];
  const grouped = new RegExp(`^-?\\d{1,3}(${dot}\\d{3})+(${comma}\\d+)?$`);
  const plainForm = new RegExp(`^-?\\d+${comma}\\d+$`);
  const strip = (s: string) => s.replace(new RegExp(dot, 'g'), '').replace(new RegExp(comma), '.');
  if (plainForm.test(clean)) {
    const [, tail = ''] = clean.split(language.now === 'vi' ? ',' : '.');
    if (tail.length === 3) return { doubt: [strip(clean), clean.replace(/[.,]/g, '')] };
    return { plain: strip(clean) };
  }
  if (grouped.test(clean)) return { plain: strip(clean) };
  return null;
}

/// "2026-11-23" → "23/11/2026".
export function date(iso: string): string {
  const [y, m, d] = iso.slice(0, 10).split('-');
  return d ? `${d}/${m}/${y}` : iso;
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
