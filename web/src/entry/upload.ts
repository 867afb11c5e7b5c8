// SPDX-License-Identifier: Apache-2.0
import { isPlain, padded } from '../lib/numbers';
import type { Cells, Finding, Indicator } from '../lib/types';
import { unread } from './judge';

/// What the server says of a file that it only read (POST …/imports?check=1).
export interface CheckedReport {
  unit: string; name: string; form: string; period: string; verdict: string; nil: boolean; cells: Cells; comments: Cells; findings: Finding[];
}
export interface Checked { accepted: number; refused: number; reports: CheckedReport[] }

/// A file's cell as a cell's value here. Files have figures with a point; anything else stands as it was written.
export const valueFromFile = (text: string, indicator: Indicator): string =>
  text === '' ? '' : isPlain(text) ? padded(text, indicator.scale) : unread(text);
