// SPDX-License-Identifier: Apache-2.0
// Which reports a document of a half or of a year is made from.
import type { Form, Programme } from '../lib/types';

export interface AskedReports { form: Form; period: string }

/// Halves and years whose quarters have been opened, the latest first.
export function documentPeriods(quarters: readonly string[]): string[] {
  const names = new Set<string>();
  for (const quarter of quarters) {
    const [year = '', part = ''] = quarter.split('-Q');
    if (!part) continue;
    names.add(`${year}-H${Number(part) <= 2 ? 1 : 2}`);
    names.add(year);
  }
  return [...names].sort().reverse();
}

export function askedReports(programme: Programme, period: string): AskedReports[] {
  const [year = '', part = ''] = period.split('-');
  const quarters = part === 'H1' ? [1, 2] : part === 'H2' ? [3, 4] : [1, 2, 3, 4];
  const typed = programme.forms.filter((form) => form.source === 'typed');
  const found: AskedReports[] = [];
  for (const form of typed) {
    if (form.frequency === 'quarter') for (const q of quarters) found.push({ form, period: `${year}-Q${q}` });
    else if (form.frequency === 'year' && part !== 'H1') found.push({ form, period: year });
  }
  return found;
}
