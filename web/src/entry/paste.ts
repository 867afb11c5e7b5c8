// SPDX-License-Identifier: Apache-2.0
// What becomes of a pasted block, cell by cell, before anything is changed: what is taken, what is skipped and why, and
// what must be asked first. Pure; the page shows the plan and carries it out as one step that can be undone.
import { analyse, places, type Language, type Reading } from '../lib/numbers';
import type { Block, Pasted } from './clipboard';

export interface Target {
  code: string;
  /// open: takes figures. locked, computed: skipped and counted. read: not part of what is filled.
  kind: 'open' | 'locked' | 'computed' | 'read';
  scale: number;
  percent: boolean;
}
export interface Choices {
  /// Whose marks "1,234" uses in this block.
  marks?: Language;
  /// What a lone dash says.
  dash?: 'zero' | 'nothing';
  /// Which column of a block that is wider than the grid.
  column?: number;
}
export type Fate = 'taken' | 'same' | 'blank' | 'locked' | 'computed' | 'wrong' | 'asked';
export type Why = 'text' | 'date' | 'error' | 'rounded' | 'percent';
export interface Placed { row: number; col: number; code: string; text: string; plain: string; fate: Fate; why?: Why }
export interface Plan {
  cells: Placed[];
  /// The question that is open, with the first text that raises it and how many cells it decides.
  ask?: { about: 'marks' | 'dash' | 'column'; text: string; vi: string; en: string; count: number };
  /// The columns of a block that is wider than the grid: their first texts.
  columns: string[][];
  /// Placed by the codes or names that stand beside the figures, not by position.
  named: boolean;
  /// Figures that fell outside the grid.
  outside: number;
}

export interface Grid {
  rows: number;
  cols: number;
  at(row: number, col: number): Target | undefined;
  /// The present figure, to say what the paste would not change.
  plain(row: number, col: number): string;
  /// The row that a code or a name means, -1 for none; absent where rows are not named so.
  rowNamed?(text: string): number;
}

interface Placing { row: number; col: number; from: Pasted }

/// Which column of the block names rows, and which rows; nothing unless most rows that hold something are named.
function namingColumn(block: Block, rowNamed: (text: string) => number): { column: number; rows: number[] } | undefined {
  if ((block[0]?.length ?? 0) < 2) return undefined;
  for (let column = 0; column < Math.min(block[0]!.length, 4); column++) {
    const rows = block.map((row) => rowNamed(row[column]!.text.normalize('NFC').trim()));
    const named = rows.filter((row) => row >= 0);
    if (named.length > 0 && named.length * 2 > block.length && new Set(named).size === named.length) return { column, rows };
  }
  return undefined;
}

const holdsFigure = (cell: Pasted | undefined) => {
  const reading = analyse(cell?.text ?? '');
  return reading.kind === 'doubt' || (reading.kind === 'figure' && reading.plain !== '');
};

/// Where each pasted cell goes. A block wider than a grid of one column needs a column to be chosen.
function place(block: Block, grid: Grid, start: { row: number; col: number }, choices: Choices): {
  placings: Placing[]; columns: number[]; named: boolean; outside: number;
} {
  const naming = grid.rowNamed ? namingColumn(block, grid.rowNamed) : undefined;
  const width = block[0]?.length ?? 0;
  let columns = Array.from({ length: width }, (_, c) => c);
  if (naming) columns = columns.filter((c) => c > naming.column && block.some((row) => holdsFigure(row[c])));
  else if (grid.cols === 1 && width > 1) columns = columns.filter((c) => block.some((row) => holdsFigure(row[c])));
  const room = grid.cols - start.col;
  const one = grid.cols === 1 && columns.length > 1 ? choices.column : undefined;
  if (grid.cols === 1 && columns.length > 1 && one === undefined) return { placings: [], columns, named: !!naming, outside: 0 };
  const used = one === undefined ? columns : [one];
  const placings: Placing[] = [];
  let outside = 0;
  block.forEach((cells, r) => {
    const row = naming ? naming.rows[r]! : start.row + r;
    used.forEach((c, i) => {
      const from = cells[c]!;
      if (row < 0) return; // a heading between the named rows
      if (row >= grid.rows || i >= room) {
        if (holdsFigure(from)) outside += 1;
      } else placings.push({ row, col: start.col + i, from });
    });
  });
  return { placings, columns, named: !!naming, outside };
}

/// The reading of one text, with what the block has settled.
function settle(reading: Reading, from: Pasted, marks: Language | undefined, dash: Choices['dash']): Reading {
  if (from.exact !== undefined) {
    if (reading.kind === 'doubt' && (from.exact === reading.vi || from.exact === reading.en)) return { kind: 'figure', plain: from.exact, percent: reading.percent };
    if (reading.kind === 'wrong' && reading.why === 'rounded') return { kind: 'figure', plain: from.exact, percent: false };
    if (reading.kind === 'dash' && /^-?0(\.0+)?$/.test(from.exact)) return { kind: 'figure', plain: '0', percent: false };
  }
  if (reading.kind === 'doubt' && marks) return { kind: 'figure', plain: reading[marks], percent: reading.percent };
  if (reading.kind === 'dash' && dash) return { kind: 'figure', plain: dash === 'zero' ? '0' : '', percent: false };
  return reading;
}

function judged(placing: Placing, reading: Reading, target: Target, present: string): Placed {
  const { row, col, from } = placing;
  const cell = { row, col, code: target.code, text: from.text.trim(), plain: '' };
  if (reading.kind === 'figure' && reading.plain === '') return { ...cell, fate: 'blank' };
  if (target.kind !== 'open') return { ...cell, fate: target.kind === 'computed' ? 'computed' : 'locked' };
  if (reading.kind === 'wrong') return { ...cell, fate: 'wrong', why: reading.why };
  if (reading.kind !== 'figure') return { ...cell, fate: 'asked' };
  // "12 %" in a count may be 12 or 0.12 of something: the officer must say it in figures.
  if (reading.percent && !target.percent) return { ...cell, fate: 'wrong', why: 'percent' };
  return { ...cell, plain: reading.plain, fate: reading.plain === present ? 'same' : 'taken' };
}

/// Plans `block` with its first cell at `start`. The language's own marks settle "1.234" (vi) unless another cell of the
/// block uses the other language's marks: then the block is in doubt as a whole, and is asked once.
export function plan(block: Block, grid: Grid, start: { row: number; col: number }, language: Language, choices: Choices = {}): Plan {
  const { placings, columns, named, outside } = place(block, grid, start, choices);
  const readings = placings.map(({ from }) => analyse(from.text));
  const foreign = readings.some((r) => (r.kind === 'figure' && r.marks !== undefined && r.marks !== language && r.plain !== '') || (r.kind === 'doubt' && r.thousands !== language));
  const marks = choices.marks ?? (foreign ? undefined : language);
  const result: Plan = { cells: [], columns: [], named, outside };
  if (grid.cols === 1 && columns.length > 1)
    result.columns = Array.from({ length: block[0]!.length }, (_, c) => (columns.includes(c) ? block.filter((row) => row[c]!.text.trim()).slice(0, 3).map((row) => row[c]!.text.trim()) : []));
  placings.forEach((placing, i) => {
    const target = grid.at(placing.row, placing.col);
    if (!target || target.kind === 'read') return;
    const reading = settle(readings[i]!, placing.from, marks, choices.dash);
    result.cells.push(judged(placing, reading, target, grid.plain(placing.row, placing.col)));
    if (result.cells.at(-1)!.fate !== 'asked') return;
    const about = reading.kind === 'dash' ? 'dash' : 'marks';
    // Marks are asked before dashes: they decide figures.
    if (!result.ask || (result.ask.about === 'dash' && about === 'marks'))
      result.ask = { about, text: placing.from.text.trim(), vi: reading.kind === 'doubt' ? reading.vi : '', en: reading.kind === 'doubt' ? reading.en : '', count: 0 };
    if (result.ask.about === about) result.ask.count += 1;
  });
  if (grid.cols === 1 && columns.length > 1 && choices.column === undefined)
    result.ask = { about: 'column', text: '', vi: '', en: '', count: columns.length };
  return result;
}

/// Whether the officer must see the plan before it is carried out: something is asked, skipped, wrong or left outside.
export const wantsALook = (made: Plan) =>
  made.ask !== undefined || made.outside > 0 || made.columns.length > 0 || made.named || made.cells.some((cell) => ['locked', 'computed', 'wrong'].includes(cell.fate));

/// More decimals than the indicator has: taken as it is, and said at the cell.
export const tooFine = (plain: string, target: Target) => places(plain) > target.scale;
