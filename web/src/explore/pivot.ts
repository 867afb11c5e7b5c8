// SPDX-License-Identifier: Apache-2.0
// The pivot: which members stand on the rows and which on the columns, and what figure stands where they meet. Nothing is
// added up here: a total is the server's figure of the unit above.
import type { UnitRef } from '../lib/types';
import { isZero, magnitude, compare, minus, percent, percentChange, ranks } from '../lib/decimal';
import { previous, yearBefore } from './periods';
import type { Cell, Columns, Dimension, Shown } from './types';

/// A row of the server's answer: a unit, or what of its parent's figure no child has.
export interface UnitRow { key: string; unit: UnitRef; kind: '' | 'own' | 'undivided' | 'total' }

/// The figures of one or more answers by indicator, period and unit row.
export class Cube {
  readonly rows: UnitRow[];
  readonly #columns = new Map<string, Columns['columns'][number]>();
  readonly #place = new Map<string, number>();

  /// `units` is what was asked for: it tells the rows of a parent from those of units where no note does.
  constructor(readonly answer: Columns, total?: Columns, units = '') {
    this.rows = unitRows(answer, parentOf(units));
    this.rows.forEach((row, i) => this.#place.set(row.key, i));
    for (const column of answer.columns) this.#columns.set(`${column.indicator}|${column.period}`, column);
    if (total?.units[0]) this.total = { row: { key: `${total.units[0].code}|total`, unit: total.units[0], kind: 'total' }, cube: new Cube(total) };
  }
  /// The row of totals, where the rows have one.
  readonly total?: { row: UnitRow; cube: Cube };

  at(indicator: string, period: string, row: UnitRow): Cell | null {
    if (row.kind === 'total') {
      const whole = this.total?.cube;
      return whole?.rows[0] ? whole.at(indicator, period, whole.rows[0]) : null;
    }
    const column = this.#columns.get(`${indicator}|${period}`);
    const i = this.#place.get(row.key);
    if (!column || i === undefined || column.values[i] === null || column.values[i] === undefined) return null;
    return { value: column.values[i], reported: column.reported[i] ?? 0, expected: column.expected[i] ?? 0, note: column.notes?.[i] ?? '' };
  }
  has = (indicator: string, period: string) => this.#columns.has(`${indicator}|${period}`);
}

/// A parent's own figure and what could not be divided follow its children under its own code; notes tell them apart, and
/// where no column says one, their order does.
function unitRows(answer: Columns, isParent: (unit: UnitRef) => boolean): UnitRow[] {
  const seen = new Map<string, number>();
  const parents = new Set<string>(answer.units.filter(isParent).map((unit) => unit.code));
  const kinds = answer.units.map((_, i) => {
    for (const column of answer.columns) {
      const note = column.notes?.[i];
      if (note === 'own' || note === 'undivided') return note;
    }
    return '' as const;
  });
  answer.units.forEach((unit, i) => { if (kinds[i]) parents.add(unit.code); });
  return answer.units.map((unit, i) => {
    const before = seen.get(unit.code) ?? 0;
    seen.set(unit.code, before + 1);
    const kind = kinds[i] || (before > 0 || parents.has(unit.code) ? (before > 0 ? 'undivided' : 'own') : '');
    return { key: `${unit.code}|${kind}`, unit, kind };
  });
}

/// Which units of an answer stand above those that were asked for.
function parentOf(units: string): (unit: UnitRef) => boolean {
  if (units.startsWith('children:')) return (unit) => unit.code === units.slice(9);
  const level = units.startsWith('level:') ? units.slice(6) : units.startsWith('under:') ? units.slice(units.lastIndexOf(':') + 1) : '';
  const above = ['nation', 'province', 'district', 'commune', 'residential_area'];
  return level ? (unit) => above.indexOf(unit.level) < above.indexOf(level) : () => false;
}

/// One line of a layout: which member of each of its dimensions it is.
export interface Line { key: string; indicator?: string; period?: string; row?: UnitRow }
export interface Layout { rows: Line[]; columns: Line[]; /** how many columns stand under one head of the outer dimension */ span: number; outer: Dimension; inner: Dimension }

const order: readonly Dimension[] = ['units', 'indicators', 'periods'];

/// One dimension on the rows, one at most on pages (of which `leaf` shows one), the rest on the columns, the outer first.
export function layout(members: { units: UnitRow[]; indicators: string[]; periods: string[] }, rows: Dimension, page: Dimension | '', leaf: string): Layout {
  const lines = (dimension: Dimension): Line[] => {
    const all: Line[] =
      dimension === 'units' ? members.units.map((row) => ({ key: row.key, row }))
      : dimension === 'indicators' ? members.indicators.map((indicator) => ({ key: indicator, indicator }))
      : members.periods.map((period) => ({ key: period, period }));
    if (dimension !== page || page === rows) return all;
    return all.filter((line) => line.key === leaf).concat(all.slice(0, 1)).slice(0, 1);
  };
  const [outer, inner] = order.filter((dimension) => dimension !== rows) as [Dimension, Dimension];
  const inside = lines(inner);
  return {
    rows: lines(rows), span: Math.max(1, inside.length), outer, inner,
    columns: lines(outer).flatMap((a) => inside.map((b) => ({ ...a, ...b, key: `${a.key}/${b.key}` }))),
  };
}

/// What a cell shows of its figure.
export interface Derived {
  /// The exact result; '' where there is none, and then `why` says so.
  value: string; percent?: string | null; of?: number; why?: 'no_base' | 'not_shared' | 'zero_base' | '';
}

/// A percentage changes by points, and a small base gives no percentage.
const smallestBase = '10';

export function change(now: string, then: string, percentage: boolean): Derived {
  if (now === '' || then === '') return { value: '', why: 'no_base' };
  const difference = minus(now, then);
  if (percentage || isZero(difference) || compare(magnitude(then), smallestBase) < 0) return { value: difference, percent: null };
  return { value: difference, percent: percentChange(now, then) };
}

export interface Rules { percentage: (indicator: string) => boolean; sums: (indicator: string) => boolean }

/// Derives what `shown` asks for, column by column on first need: places are reckoned among the unit rows only.
export class Derivation {
  readonly #places = new Map<string, Map<string, number | null>>();
  constructor(readonly cube: Cube, readonly before: Cube | undefined, readonly shown: Shown, readonly rules: Rules) {}

  of(indicator: string, period: string, row: UnitRow): Derived {
    const cell = this.cube.at(indicator, period, row);
    if (!cell || cell.value === '') return { value: '' };
    switch (this.shown) {
      case 'value': return { value: cell.value };
      case 'previous':
      case 'year': {
        const then = this.before?.at(indicator, this.shown === 'previous' ? previous(period) : yearBefore(period), row);
        return change(cell.value, then?.value ?? '', this.rules.percentage(indicator));
      }
      case 'share': {
        if (!this.rules.sums(indicator)) return { value: '', why: 'not_shared' };
        const whole = this.cube.total ? this.cube.at(indicator, period, this.cube.total.row) : null;
        if (!whole || whole.value === '') return { value: '', why: 'no_base' };
        const share = percent(cell.value, whole.value);
        return share === null ? { value: '', why: 'zero_base' } : { value: share };
      }
      case 'rank': {
        const places = this.#column(indicator, period);
        const place = places.get(row.key);
        return place ? { value: String(place), of: [...places.values()].filter((p) => p !== null).length } : { value: '' };
      }
    }
  }
  #column(indicator: string, period: string): Map<string, number | null> {
    const key = `${indicator}|${period}`;
    let found = this.#places.get(key);
    if (!found) {
      const units = this.cube.rows.filter((row) => row.kind === '');
      const places = ranks(units.map((row) => this.cube.at(indicator, period, row)?.value ?? null));
      found = new Map(units.map((row, i) => [row.key, places[i]!]));
      this.#places.set(key, found);
    }
    return found;
  }
}

/// The unit rows by the figures of one column, largest or smallest first; what has no figure stands last, and ties keep their
/// order. Rows of a parent's own figures stay where they are: at the end.
export function sorted(cube: Cube, rows: readonly UnitRow[], sort: string): UnitRow[] {
  const [indicator = '', period = '', direction = 'down'] = sort.split('|');
  if (!indicator || !period || !cube.has(indicator, period)) return [...rows];
  const value = (row: UnitRow) => cube.at(indicator, period, row)?.value ?? '';
  const units = rows.filter((row) => row.kind === '');
  const rest = rows.filter((row) => row.kind !== '');
  const known = units.filter((row) => value(row) !== '');
  known.sort((a, b) => compare(value(a), value(b)) * (direction === 'up' ? 1 : -1));
  return [...known, ...units.filter((row) => value(row) === ''), ...rest];
}

/// Keys of the cells whose figure or count differs between two answers to the same question.
export function changed(before: Cube, after: Cube): Set<string> {
  const found = new Set<string>();
  const both = new Map(before.rows.map((row) => [row.key, row]));
  const rows = after.total ? [...after.rows, after.total.row] : after.rows;
  if (before.total) both.set(before.total.row.key, before.total.row);
  const columns = after.answer.columns;
  for (const row of rows) {
    const was = both.get(row.key);
    if (!was) continue;
    for (const { indicator, period } of columns) {
      const a = before.at(indicator, period, was);
      const b = after.at(indicator, period, row);
      if (a?.value !== b?.value || a?.reported !== b?.reported) found.add(`${indicator}|${period}|${row.key}`);
    }
  }
  return found;
}
