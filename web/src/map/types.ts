// SPDX-License-Identifier: Apache-2.0
import type { State, UnitRef } from '../lib/types';

/// What `GET /api/v1/maps` answers.
export interface MapUnit extends UnitRef {
  province: string;
  /// Longitude and latitude; nothing where no place of the unit is known.
  point: [number, number] | null;
}
export interface MapOfDay { on: string; level: string; scheme: string; units: MapUnit[] }

/// How one unit is filled, and what is said of it in words: a colour never stands alone.
export type Fill =
  /// Step `step` (0 first) of `of` (5 to 7) on the sequential scale.
  | { kind: 'step'; step: number; of: number; text: string }
  /// −4 … 4 on the diverging scale; 0 is its named centre.
  | { kind: 'diverging'; step: number; text: string }
  | { kind: 'state'; state: State; text: string }
  /// No figure yet: hatched.
  | { kind: 'missing'; text: string }
  /// Does not apply: sunken.
  | { kind: 'none'; text: string };

export interface Legend {
  title: string;
  /// Indicator, period, n of m.
  subtitle?: string;
  /// A bar of `cuts.length + 1` steps with round numbers under its cuts, as texts that are ready to read.
  scale?: { kind: 'step' | 'diverging'; cuts: string[]; unit?: string; centre?: string };
  states?: { state: State; count: number }[];
  /// How many units have no figure.
  missing?: number;
  /// Stand under the map in exports: as of, simulated.
  notes?: string[];
}
