// SPDX-License-Identifier: Apache-2.0
// Names of periods ("2026-Q3", "2026-H1", "2026-9M", "2026", "2026-M07") and what stands before them.
export type Frequency = 'month' | 'quarter' | 'half_year' | 'nine_months' | 'year';

const forms: [Frequency, RegExp, number][] = [
  ['quarter', /^(\d{4})-Q([1-4])$/, 4], ['half_year', /^(\d{4})-H([12])$/, 2], ['month', /^(\d{4})-M(\d{2})$/, 12],
  ['nine_months', /^(\d{4})-9M$/, 1], ['year', /^(\d{4})$/, 1],
];
interface Parts { frequency: Frequency; year: number; number: number; perYear: number }

export function parts(name: string): Parts | null {
  for (const [frequency, pattern, perYear] of forms) {
    const match = pattern.exec(name);
    if (match) return { frequency, year: Number(match[1]), number: Number(match[2] ?? 1), perYear };
  }
  return null;
}
export const frequencyOf = (name: string) => parts(name)?.frequency ?? null;

export function nameOf(frequency: Frequency, year: number, number: number): string {
  const y = String(year).padStart(4, '0');
  switch (frequency) {
    case 'quarter': return `${y}-Q${number}`;
    case 'half_year': return `${y}-H${number}`;
    case 'month': return `${y}-M${String(number).padStart(2, '0')}`;
    case 'nine_months': return `${y}-9M`;
    case 'year': return y;
  }
}

/// `by` periods later, or earlier when negative.
export function shifted(name: string, by: number): string {
  const p = parts(name);
  if (!p) return name;
  const index = p.year * p.perYear + (p.number - 1) + by;
  return nameOf(p.frequency, Math.floor(index / p.perYear), (index % p.perYear) + 1);
}
export const previous = (name: string) => shifted(name, -1);
export const yearBefore = (name: string) => shifted(name, -(parts(name)?.perYear ?? 0));

/// All periods from one to another of the same kind, at most 400 as the server takes them.
export function range(from: string, to: string): string[] {
  const a = parts(from);
  const b = parts(to);
  if (!a || !b || a.frequency !== b.frequency) return from === to ? [from] : [];
  const found: string[] = [];
  for (let at = from; found.length < 400; at = shifted(at, 1)) {
    const p = parts(at)!;
    if (p.year > b.year || (p.year === b.year && p.number > b.number)) break;
    found.push(at);
  }
  return found;
}

/// The longer periods that base periods make up: of quarters the halves, nine months and years that they reach into.
export function longer(base: readonly string[], frequency: Frequency): string[] {
  const found = new Set<string>();
  for (const name of base) {
    const p = parts(name);
    if (!p) continue;
    if (frequency === p.frequency) found.add(name);
    else if (frequency === 'half_year') found.add(nameOf(frequency, p.year, p.number * 2 > p.perYear ? 2 : 1));
    else found.add(nameOf(frequency, p.year, 1));
  }
  return [...found].sort();
}

/// The first day of a period's months, for the place of a date between periods: the window itself may begin earlier.
export function firstDay(name: string): string {
  const p = parts(name);
  if (!p) return '';
  return `${p.year}-${String(Math.floor(((p.number - 1) * 12) / p.perYear) + 1).padStart(2, '0')}-01`;
}

/// The periods of official reports that a period lies in: its half, nine months and year.
export function reportPeriods(name: string): string[] {
  const p = parts(name);
  if (!p) return [];
  const month = Math.ceil((p.number * 12) / p.perYear);
  if (p.frequency === 'year') return [name];
  if (p.frequency === 'nine_months') return [name, nameOf('year', p.year, 1)];
  const half = nameOf('half_year', p.year, month <= 6 ? 1 : 2);
  return [half, ...(month <= 9 ? [nameOf('nine_months', p.year, 1)] : []), nameOf('year', p.year, 1)];
}
