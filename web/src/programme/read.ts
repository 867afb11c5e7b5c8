// SPDX-License-Identifier: Apache-2.0
// What a definition says about its parts, without a page.
import type { Cell, Definition, Form, Foreseen, Indicator, Rule } from './types';

export const sections = ['aims', 'indicators', 'forms', 'standings', 'calendar', 'parties', 'versions'] as const;
export type Section = (typeof sections)[number];
/// The key of the address that names one definition of a section: `?indicator=B1` says the section too.
export const keyOf: Partial<Record<Section, string>> = { indicators: 'indicator', forms: 'form', standings: 'standing', parties: 'party' };

export function sectionOf(value: (key: string) => string): Section {
  for (const [section, key] of Object.entries(keyOf)) if (value(key)) return section as Section;
  return sections.find((each) => each === value('section')) ?? 'aims';
}

/// Without marks and case.
export const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();

interface Listed { code: string; name: { vi: string; en: string } }
export function listed(definition: Definition, section: Section): Listed[] {
  switch (section) {
    case 'indicators': return definition.indicators;
    case 'forms': return definition.forms.map((f) => ({ code: f.code, name: f.title }));
    case 'standings': return definition.standings.map((s) => ({ code: s.code, name: s.title }));
    case 'parties': return definition.parties;
    default: return [];
  }
}

export function found<T extends Listed>(list: readonly T[], asked: string): T[] {
  const words = plain(asked).trim();
  return words ? list.filter((each) => plain(`${each.code} ${each.name.vi} ${each.name.en}`).includes(words)) : [...list];
}

export const formOf = (definition: Definition, code: string): Form | undefined => definition.forms.find((f) => f.cells.some((c) => c.indicator === code));
export const cellOf = (form: Form | undefined, code: string): Cell | undefined => form?.cells.find((c) => c.indicator === code);

/// The codes that an expression names, once each: "100 * A1 / (units(province))" → A1.
export function named(definition: Definition, expression: string): string[] {
  const known = new Set(definition.indicators.map((i) => i.code));
  return [...new Set(expression.match(/[A-Za-z][A-Za-z0-9_]*/g) ?? [])].filter((word) => known.has(word));
}

export const rulesOf = (definition: Definition, code: string): Rule[] =>
  definition.forms.flatMap((f) => f.rules ?? []).filter((rule) => rule.cell === code || named(definition, rule.condition).includes(code));
export const usedBy = (definition: Definition, code: string): Indicator[] =>
  definition.indicators.filter((i) => i.formula && named(definition, i.formula).includes(code));

export const sourceOf = (indicator: Indicator): string => indicator.source ?? (indicator.formula ? 'computed' : 'typed');

/// "cells[B1].max" → [["cells", "B1"], ["max", ""]].
export function pathOf(field: string): [string, string][] {
  const parts: [string, string][] = [];
  for (const match of field.matchAll(/([^.[\]]+)(?:\[([^\]]*)\])?\.?/g)) parts.push([match[1]!, match[2] ?? '']);
  return parts;
}

/// What would be owed otherwise, period by period, with how many obligations there would be in all.
export function owedOtherwise(rows: readonly Foreseen[]): { period: string; before: number; after: number; rows: Foreseen[] }[] {
  const periods = new Map<string, { period: string; before: number; after: number; rows: Foreseen[] }>();
  for (const row of rows) {
    if (!periods.has(row.period)) periods.set(row.period, { period: row.period, before: 0, after: 0, rows: [] });
    const period = periods.get(row.period)!;
    period.before += row.before;
    period.after += row.after;
    if (row.before !== row.after) period.rows.push(row);
  }
  return [...periods.values()];
}

/// The parts of two texts that differ: what both begin and end with stands once.
export function differing(before: string, after: string): { start: string; before: string; after: string; end: string } {
  const a = [...before];
  const b = [...after];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  // Whole words: a difference inside a syllable is read as another syllable.
  while (start > 0 && a[start - 1] !== ' ') start--;
  while (end > 0 && a[a.length - end] !== ' ') end--;
  return { start: a.slice(0, start).join(''), before: a.slice(start, a.length - end).join(''), after: b.slice(start, b.length - end).join(''), end: end ? a.slice(a.length - end).join('') : '' };
}
