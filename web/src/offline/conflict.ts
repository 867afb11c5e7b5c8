// SPDX-License-Identifier: Apache-2.0
// Two versions of one report, cell by cell.
import { compare } from '../lib/decimal';
import { isPlain } from '../lib/numbers';
import type { Cells } from '../lib/types';

export type Side = 'mine' | 'theirs';
export interface Difference { code: string; mine: string; theirs: string }

/// "12.50" and "12.5" are one figure; what is no figure is compared as it was written.
function same(a: string, b: string): boolean {
  if (isPlain(a) && isPlain(b)) return compare(a, b) === 0;
  return a === b;
}

/// The cells that differ, in the form's order; an empty one is a value like any other.
export function differences(order: readonly string[], mine: Cells, theirs: Cells): Difference[] {
  return order
    .map((code) => ({ code, mine: mine[code] ?? '', theirs: theirs[code] ?? '' }))
    .filter((one) => !same(one.mine, one.theirs));
}

/// What will be sent: everything of mine, with the chosen side where the two differ. Nothing while a cell is not chosen.
export function merged(mine: Cells, differing: readonly Difference[], chosen: Record<string, Side>): Cells | null {
  if (differing.some((one) => !chosen[one.code])) return null;
  const cells = { ...mine };
  for (const { code, theirs } of differing) {
    if (chosen[code] === 'mine') continue;
    if (theirs === '') delete cells[code];
    else cells[code] = theirs;
  }
  return cells;
}
