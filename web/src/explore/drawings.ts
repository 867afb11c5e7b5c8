// SPDX-License-Identifier: Apache-2.0
// What charts and maps draw of the answer: the exact texts, the place of each mark, and the sentence that is read.
import { figure, period as periodName } from '../lib/i18n.svelte';
import { compare, percentChange, minus, ratio } from '../lib/decimal';
import { placed, type Caption, type Point, type Series } from '../charts/types';
import { classOf, cuts, ticks } from '../charts/scale';
import type { Fill, Legend } from '../map/types';
import { absence, changeText, signed, type Words } from './cells';
import type { Cube, UnitRow } from './pivot';
import { firstDay, previous, yearBefore } from './periods';
import type { Shown, View } from './types';
import { t } from './texts';

export const reform = '2025-07-01';
/// The index of the first period after the reform, or -1 where all lie on one side.
export function reformAt(periods: readonly string[]): number {
  const at = periods.findIndex((p) => firstDay(p) >= reform);
  return at > 0 ? at : -1;
}

export const tickText = (value: number) => figure(String(value).includes('e') ? value.toFixed(0) : String(value));

export function pointOf(cube: Cube, indicator: string, period: string, row: UnitRow, words: Words, who: string): Point {
  const cell = cube.at(indicator, period, row);
  const text = cell?.value ?? '';
  const counted = cell && cell.expected > 0 ? ` (${t('explore.nm', { n: figure(String(cell.reported)), m: figure(String(cell.expected)) })})` : '';
  return { text, value: placed(text), say: `${who}, ${periodName(period)}: ${text === '' ? absence(cell) : `${figure(text)} ${words.unit(indicator)}`}${counted}` };
}
export const nameOf = (row: UnitRow) => (row.kind === 'undivided' ? t('explore.undivided') : row.kind === 'own' ? t('explore.own', { unit: row.unit.name }) : row.unit.name);

export function seriesOf(cube: Cube, rows: readonly UnitRow[], indicator: string, periods: readonly string[], words: Words): Series[] {
  return rows.map((row) => ({ key: row.unit.code, label: nameOf(row), points: periods.map((p) => pointOf(cube, indicator, p, row, words, nameOf(row))) }));
}

/// Unit rows by their figure, the largest first, what has none last.
export function byFigure(cube: Cube, rows: readonly UnitRow[], indicator: string, period: string): UnitRow[] {
  const value = (row: UnitRow) => cube.at(indicator, period, row)?.value ?? '';
  const known = rows.filter((row) => value(row) !== '').sort((a, b) => compare(value(b), value(a)));
  return [...known, ...rows.filter((row) => value(row) === '')];
}

export function captionOf(cube: Cube, words: Words, indicator: string, periods: readonly string[], units: string, origin: string[]): Caption {
  const last = periods.at(-1) ?? '';
  const when = periods.length > 1 ? t('explore.span', { from: periodName(periods[0]!), to: periodName(last) }) : periodName(last);
  const whole = cube.total ? cube.at(indicator, last, cube.total.row) : null;
  const rows = cube.rows.filter((row) => row.kind === '');
  const known = rows.filter((row) => cube.at(indicator, last, row)?.value).length;
  return {
    title: `${indicator} ${words.name(indicator)} (${words.unit(indicator)}) · ${units} · ${when}`,
    subtitle: whole && whole.expected > 0 ? t('app.nm', { n: figure(String(whole.reported)), m: figure(String(whole.expected)) }) + (periods.length > 1 ? ` · ${periodName(last)}` : '') : t('explore.known', { n: known, m: rows.length }),
    origin, file: `${indicator}-${last}`,
  };
}

/// What a map fills a unit with. Counts are divided by the reports that they come from before they are filled: large provinces
/// would be dark for being large.
export interface MapMeasure { kind: 'plain' | 'mean' | 'change'; of: (row: UnitRow) => { value: string; text: string } }

export function mapMeasure(cube: Cube, before: Cube | undefined, shown: Shown, indicator: string, period: string, sums: boolean, words: Words): MapMeasure {
  const at = (row: UnitRow) => cube.at(indicator, period, row);
  if (shown === 'previous' || shown === 'year')
    return {
      kind: 'change',
      of: (row) => {
        const cell = at(row);
        const then = before?.at(indicator, shown === 'previous' ? previous(period) : yearBefore(period), row)?.value ?? '';
        if (!cell || cell.value === '' || then === '') return { value: '', text: cell && cell.value !== '' ? t('explore.nobase') : absence(cell) };
        const points = words.percentage(indicator);
        const value = points ? minus(cell.value, then) : percentChange(cell.value, then);
        const change = changeText(minus(cell.value, then), points || value === null ? null : value, points);
        return { value: value ?? '', text: value === null ? `${t('explore.nobase')}; ${figure(cell.value)}` : `${change.main}; ${figure(cell.value)} ${words.unit(indicator)}` };
      },
    };
  const mean = sums && shown !== 'share';
  return {
    kind: mean ? 'mean' : 'plain',
    of: (row) => {
      const cell = at(row);
      if (!cell || cell.value === '') return { value: '', text: absence(cell) };
      const own = `${figure(cell.value)} ${words.unit(indicator)}`;
      const counted = cell.expected > 0 ? ` · ${t('explore.nm', { n: figure(String(cell.reported)), m: figure(String(cell.expected)) })}` : '';
      if (!mean || cell.reported <= 1) return { value: cell.value, text: own + counted };
      const value = ratio(cell.value, String(cell.reported), 1) ?? '';
      return { value, text: `${t('explore.mean', { value: figure(value) })} · ${own}${counted}` };
    },
  };
}

/// Fills and legend over one or two maps: both use the cuts that hold the figures of both.
export interface Painting { bounds: number[]; diverging: boolean; fill: (found: { value: string; text: string } | undefined) => Fill | undefined }

export function painting(values: readonly string[], diverging: boolean): Painting {
  const numbers = values.filter(Boolean).map(Number);
  if (diverging) {
    // Nine classes of one round width about zero: the middle one is within a width of it, far ones fall into the last.
    const sorted = numbers.map(Math.abs).sort((a, b) => a - b);
    const most = sorted[Math.floor(sorted.length * 0.9)] ?? 0;
    const width = ticks(0, Math.max(most, 1e-9), 4)[1] ?? 1;
    const bounds = [-4, -3, -2, -1, 1, 2, 3, 4].map((k) => Number((k * width).toPrecision(12)));
    return {
      bounds, diverging,
      fill: (found) => {
        if (!found) return undefined;
        if (found.value === '') return { kind: 'missing', text: found.text };
        const n = Number(found.value);
        return { kind: 'diverging', step: Math.sign(n) * Math.max(0, Math.min(4, Math.ceil(Math.abs(n) / width - 1e-9) - 1)), text: found.text };
      },
    };
  }
  const bounds = cuts(numbers, 6);
  return {
    bounds, diverging,
    fill: (found) => {
      if (!found) return undefined;
      if (found.value === '') return { kind: 'missing', text: found.text };
      return { kind: 'step', step: classOf(Number(found.value), bounds), of: bounds.length, text: found.text };
    },
  };
}

export function legendOf(paint: Painting, caption: Caption, measure: MapMeasure['kind'], unit: string, missing: number): Legend {
  const cutsShown = paint.diverging ? paint.bounds.map((b) => signed(String(b))) : paint.bounds.slice(0, -1).map((b) => tickText(b));
  return {
    title: caption.title, subtitle: caption.subtitle, missing,
    scale: paint.bounds.length ? {
      kind: paint.diverging ? 'diverging' : 'step', cuts: cutsShown,
      unit: measure === 'mean' ? t('explore.meanunit', { unit }) : measure === 'change' ? undefined : unit,
      centre: paint.diverging ? t('explore.centre', { value: tickText(paint.bounds[4] ?? 0), unit: unit === '%' ? t('explore.pointsunit') : '%' }) : undefined,
    } : undefined,
    notes: caption.origin,
  };
}

export const focusOf = (view: Pick<View, 'focus'>, indicators: readonly string[], periods: readonly string[]) => {
  const [indicator = '', period = ''] = view.focus.split('|');
  return { indicator: indicators.includes(indicator) ? indicator : (indicators[0] ?? ''), period: periods.includes(period) ? period : (periods.at(-1) ?? '') };
};
