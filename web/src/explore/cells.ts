// SPDX-License-Identifier: Apache-2.0
// What stands in a cell, in words: zero, missing, not asked and not additive are four different things.
import { figure } from '../lib/i18n.svelte';
import { isNegative, isZero } from '../lib/decimal';
import type { Derivation, UnitRow } from './pivot';
import type { Cell } from './types';
import { t } from './texts';

export interface Words { name: (indicator: string) => string; unit: (indicator: string) => string; percentage: (indicator: string) => boolean }
/// `hidden` is read out where the sign alone says too little.
export interface ShownCell { main: string; second: string; plain: string; hidden: string }

/// Classes of the cell's ground: '' a figure, missing = owed and not there, none = nobody owes it, barred = not to be had.
export function stateOf(cell: Cell | null): '' | 'missing' | 'none' | 'barred' {
  if (!cell) return 'none';
  if (cell.value !== '') return '';
  if (cell.note === 'not_additive' || cell.note === 'finer') return 'barred';
  // Reports are there and no figure: a ratio whose denominator is zero.
  if (cell.reported > 0) return 'barred';
  return cell.expected === 0 ? 'none' : 'missing';
}

export const signed = (plain: string) => (isNegative(plain) || isZero(plain) ? figure(plain) : '+' + figure(plain));

/// Change in words: "+96 · +8,3 %", "+1,4 điểm", "không đổi".
export function changeText(value: string, percent: string | null | undefined, points: boolean): { main: string; second: string } {
  if (isZero(value)) return { main: t('explore.same'), second: '' };
  if (points) return { main: t('explore.points', { value: signed(value) }), second: '' };
  return percent === null || percent === undefined ? { main: signed(value), second: '' } : { main: `${signed(percent)} %`, second: signed(value) };
}

/// What is said of a figure that is not there.
export function absence(cell: Cell | null): string {
  switch (stateOf(cell)) {
    case 'missing': return t('explore.missing');
    case 'barred': return cell?.note === 'finer' ? t('explore.finer') : cell?.note === 'not_additive' ? t('note.not_additive') : t('explore.incomputable');
    default: return '–';
  }
}

export function shownOf(derivation: Derivation, indicator: string, period: string, row: UnitRow, words: Words): ShownCell {
  const cell = derivation.cube.at(indicator, period, row);
  if (!cell || cell.value === '') {
    const main = absence(cell);
    return { main, second: '', plain: main === '–' ? '' : main, hidden: main === '–' ? t('explore.nobody') : '' };
  }
  const own = figure(cell.value);
  if (derivation.shown === 'value') return { main: own, second: '', plain: own, hidden: '' };
  const found = derivation.of(indicator, period, row);
  if (found.value === '') {
    const why = found.why === 'not_shared' ? t('explore.notshared') : found.why === 'zero_base' ? t('explore.zerobase') : derivation.shown === 'rank' ? '' : t('explore.nobase');
    return { main: '–', second: own, plain: '', hidden: why };
  }
  if (derivation.shown === 'share') return { main: `${figure(found.value)} %`, second: own, plain: `${figure(found.value)} %`, hidden: '' };
  if (derivation.shown === 'rank') return { main: t('explore.place', { n: found.value, m: found.of ?? 0 }), second: own, plain: found.value, hidden: '' };
  const change = changeText(found.value, found.percent, words.percentage(indicator));
  return { main: change.main, second: change.second ? `${change.second} · ${own}` : own, plain: change.main, hidden: '' };
}

/// The exact decimal behind what is shown, for a spreadsheet.
export function exactOf(derivation: Derivation, indicator: string, period: string, row: UnitRow): string {
  const found = derivation.of(indicator, period, row);
  return found.percent ?? found.value;
}
