// SPDX-License-Identifier: Apache-2.0
// A view is its address: what is left out of the query stands for the page's own choice, so that an address that is sent
// says no more than was chosen.
import type { ChartKind, Dimension, Measure, Picture, Shown, View } from './types';

export interface Defaults { indicators: string[]; from: string; to: string; units: string; on: string }

const one = <T extends string>(text: string | null, allowed: readonly T[], otherwise: T): T => (allowed.includes(text as T) ? (text as T) : otherwise);

export function read(search: string, own: Defaults): View {
  const asked = new URLSearchParams(search);
  const text = (key: string, otherwise: string) => asked.get(key) || otherwise;
  return {
    // An empty list is a choice too: the last token was taken away.
    indicators: asked.has('indicators') ? asked.get('indicators')!.trim().split(',').filter(Boolean) : own.indicators,
    from: text('from', own.from), to: text('to', own.to), units: text('units', own.units), on: text('on', own.on),
    measure: one<Measure>(asked.get('measure'), ['received', 'verified'], 'received'),
    shown: one<Shown>(asked.get('show'), ['value', 'previous', 'year', 'rank', 'share'], 'value'),
    rows: one<Dimension>(asked.get('rows'), ['units', 'indicators', 'periods'], 'units'),
    page: one<Dimension | ''>(asked.get('page'), ['units', 'indicators', 'periods', ''], ''),
    leaf: text('leaf', ''),
    view: one<Picture | ''>(asked.get('view'), ['table', 'chart', 'map', 'maps', ''], ''),
    chart: one<ChartKind | ''>(asked.get('chart'), ['line', 'bars', 'multiples', 'spread', ''], ''),
    other: text('other', '2025-06-30'), sort: text('sort', ''), counts: asked.get('counts') !== 'off', explain: text('explain', ''),
    focus: text('focus', ''), lines: text('lines', ''),
  };
}

/// The query that asks the server for the figures of a view.
export const asked = (view: Pick<View, 'indicators' | 'from' | 'to' | 'units' | 'on' | 'measure'>) => ({
  indicator: view.indicators.join(','), period: view.from === view.to ? view.from : `${view.from}..${view.to}`,
  units: view.units, on: view.on, measure: view.measure,
});

/// The unit whose figure is the total of the rows: the server reckons it by the indicator's rule. Units that were picked one
/// by one have none.
export function totalOf(units: string): string {
  if (units.startsWith('level:')) return 'nation';
  if (units.startsWith('children:')) return units.slice(9);
  if (units.startsWith('under:')) return units.slice(6, units.lastIndexOf(':'));
  return '';
}

/// The units that were picked one by one.
export const listed = (units: string): string[] => (units === 'nation' || /^(level|children|under):/.test(units) ? [] : units.split(',').filter(Boolean));

/// Which units a map of the view draws: their level, and the unit that they lie below. Of picked units the others are left
/// empty; districts have no map.
export function mapUnits(units: string): { level: string; under: string; partial: boolean } | null {
  if (units.startsWith('level:')) return ['province', 'commune'].includes(units.slice(6)) ? { level: units.slice(6), under: '', partial: false } : null;
  if (units.startsWith('under:')) return units.endsWith(':commune') ? { level: 'commune', under: units.slice(6, units.lastIndexOf(':')), partial: false } : null;
  if (units.startsWith('children:')) return { level: 'commune', under: units.slice(9), partial: false };
  return { level: 'province', under: '', partial: true };
}

/// "indicator|period|unit" ↔ its parts.
export function pointed(explain: string): { indicator: string; period: string; unit: string } | null {
  const [indicator = '', period = '', unit = ''] = explain.split('|');
  return indicator && period && unit ? { indicator, period, unit } : null;
}
