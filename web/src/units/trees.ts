// SPDX-License-Identifier: Apache-2.0
// The trees of the days that were asked for lately: a switch of days does not fetch ten thousand names again.
import { get, query } from '../lib/api';
import { grow, type Tree } from './tree';
import type { TreeAnswer } from './types';

const kept = new Map<string, Promise<Tree>>();
const keptMax = 4;

export function treeOn(day: string): Promise<Tree> {
  let found = kept.get(day);
  if (!found) {
    found = get<TreeAnswer>('/units/tree' + query({ on: day })).then(grow);
    kept.set(day, found);
    found.catch(() => kept.delete(day));
    if (kept.size > keptMax) kept.delete(kept.keys().next().value!);
  }
  return found;
}

/// After an import nothing that was fetched before holds.
export const forgetTrees = () => kept.clear();
