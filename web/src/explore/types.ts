// SPDX-License-Identifier: Apache-2.0
import type { UnitRef } from '../lib/types';

/// The answer of `figures?format=columns`: a list for each column, an item for each row; null where none is answered.
export interface Column {
  indicator: string; period: string; values: (string | null)[]; reported: (number | null)[]; expected: (number | null)[];
  notes?: (string | null)[];
}
export interface Columns { as_of: number; on: string; simulated: boolean; units: UnitRef[]; columns: Column[] }

export type Measure = 'received' | 'verified';
export type Shown = 'value' | 'previous' | 'year' | 'rank' | 'share';
export type Picture = 'table' | 'chart' | 'map' | 'maps';
export type ChartKind = 'line' | 'bars' | 'multiples' | 'spread';
export type Dimension = 'units' | 'indicators' | 'periods';

/// What the address says, and so what one who gets the address sees.
export interface View {
  indicators: string[]; from: string; to: string; units: string; on: string; measure: Measure; shown: Shown;
  rows: Dimension; page: Dimension | ''; leaf: string; view: Picture | ''; chart: ChartKind | ''; other: string; sort: string; counts: boolean;
  /** "indicator|period" that a chart or a map shows */ focus: string; /** units of a line chart */ lines: string;
  /// "indicator|period|unit" of the figure that is explained.
  explain: string;
}

/// What stands in one cell, apart from how it is written.
export interface Cell {
  /// The figure itself; '' where there is none.
  value: string; reported: number; expected: number; note: string;
}

/// A view that its user named; `query` is that of an address.
export interface SavedView { id: number; name: string; query: string; dashboard: boolean }
