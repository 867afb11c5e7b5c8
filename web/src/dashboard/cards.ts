// SPDX-License-Identifier: Apache-2.0
// What stands on a dashboard before its owner has chosen anything: of each field of work (group of indicators) the one
// indicator that says most, drawn from the programme's definition, for the unit that the office works for.
import type { Indicator, Programme, UnitRef } from '../lib/types';

export interface Card { key: string; title: string; query: string }

/// Of a group: a ratio whose rise is good, else a sum whose rise is good, else any sum; only of what `codes` are asked often.
export function leading(indicators: readonly Indicator[], codes: ReadonlySet<string>): Indicator | undefined {
  const usable = indicators.filter((i) => i.over_units !== 'distinct' && (codes.has(i.code) || (i.over_units === 'formula' && uses(i, codes))));
  return (
    usable.find((i) => i.over_units === 'sum' && i.better === 'up' && i.over_time === 'sum') ?? usable.find((i) => i.over_units === 'formula' && i.better === 'up') ??
    usable.find((i) => i.better === 'up') ?? usable.find((i) => i.over_units === 'sum')
  );
}

/// Whether all that a formula is reckoned from is asked as often.
function uses(indicator: Indicator, codes: ReadonlySet<string>): boolean {
  const names = (indicator.formula.match(/[A-Za-z_]\w*(?:\([^)]*\))?/g) ?? []).filter((name) => !name.includes('('));
  return names.length > 0 && names.every((name) => codes.has(name));
}

export function defaultCards(meaning: Programme, unit: UnitRef, say: (wording: { vi: string; en: string }) => string): Card[] {
  const frequent = ['month', 'quarter', 'half_year', 'nine_months', 'year'].find((f) => meaning.forms.some((form) => form.frequency === f));
  const codes = new Set(meaning.forms.filter((form) => form.frequency === frequent).flatMap((form) => form.cells.map((cell) => cell.indicator)));
  const units = unit.level === 'nation' ? 'level:province' : unit.level === 'commune' || unit.level === 'residential_area' ? unit.code : `children:${unit.code}`;
  return meaning.groups.flatMap((group) => {
    const found = leading(meaning.indicators.filter((i) => i.group === group.code), codes);
    return found ? [{ key: group.code, title: say(group.name), query: new URLSearchParams({ indicators: found.code, units, view: 'chart', chart: 'line' }).toString() }] : [];
  });
}
