// SPDX-License-Identifier: Apache-2.0
// What the explorer asks the server: the figures of a view, the total above its rows, and where a change is shown, the same
// of the periods before.
import { get, query } from '../lib/api';
import type { Period, Programme, Session } from '../lib/types';
import { previous, yearBefore } from './periods';
import type { Columns, Shown, View } from './types';
import { asked, totalOf, type Defaults } from './view';

type Question = Pick<View, 'indicators' | 'from' | 'to' | 'units' | 'on' | 'measure' | 'shown'>;
export interface Answers {
  /// The question, so that two answers to the same can be compared.
  key: string; question: Question; now: Columns; total?: Columns; before?: Columns; beforeTotal?: Columns;
  /// Of the oldest part.
  as_of: number;
}

export async function ask(programme: string, view: Question): Promise<Answers> {
  const question: Question = { indicators: view.indicators, from: view.from, to: view.to, units: view.units, on: view.on, measure: view.measure, shown: view.shown };
  const columns = (of: Question) => get<Columns>(`/programmes/${programme}/figures` + query({ ...asked(of), format: 'columns' }));
  const above = totalOf(view.units);
  // Who may not read the whole still reads the rows.
  const whole = (of: Question) => (above ? columns({ ...of, units: above }).then((c) => (c.units.length ? c : undefined), () => undefined) : Promise.resolve(undefined));
  const back = view.shown === 'previous' ? previous : view.shown === 'year' ? yearBefore : undefined;
  const then = back && { ...question, from: back(view.from), to: back(view.to) };
  const [now, total, before, beforeTotal] = await Promise.all([columns(question), whole(question), then && columns(then), then && whole(then)]);
  const as_of = Math.min(...[now, total, before, beforeTotal].flatMap((part) => part?.as_of ?? []));
  return { key: JSON.stringify(question), question, now, total, before, beforeTotal, as_of };
}

/// What is shown where the address says nothing: the first three indicators that add up and are asked for most often, the last
/// quarter that is over, and the units below one's own.
export function ownChoice(meaning: Programme | undefined, opened: readonly Period[], session: Session | null): Defaults {
  const today = session?.today ?? '9999-12-31';
  const forms = meaning?.forms ?? [];
  const frequent = ['month', 'quarter', 'half_year', 'nine_months', 'year'].find((f) => forms.some((form) => form.frequency === f));
  const codes = new Set(forms.filter((form) => form.frequency === frequent).flatMap((form) => form.cells.map((cell) => cell.indicator)));
  const sums = (meaning?.indicators ?? []).filter((i) => i.over_units === 'sum' && codes.has(i.code));
  const usable = opened.filter((p) => p.frequency === frequent);
  const over = usable.filter((p) => p.to < today).at(-1) ?? usable.at(-1);
  const home = session?.home;
  const units = !home || home.level === 'nation' ? 'level:province' : home.level === 'province' || home.level === 'district' ? `children:${home.code}` : home.code;
  return { indicators: sums.slice(0, 3).map((i) => i.code), from: over?.period ?? '', to: over?.period ?? '', units, on: today };
}

export const isChange = (shown: Shown) => shown === 'previous' || shown === 'year';
