// SPDX-License-Identifier: Apache-2.0
// What the one search box offers. Each thing is found by its words in both languages, whichever is shown.
import { fit } from '../lib/fold';
import type { UnitMatch, UnitRef, Wording } from '../lib/types';

export type Group = 'unit' | 'page' | 'form' | 'indicator' | 'action';
export interface Thing {
  group: Group;
  key: string;
  name: Wording;
  /// Found by it too, and shown before the name: B1, bm01.
  code?: string;
  detail?: Wording;
  address?: string;
  act?: () => void;
}

const most: Record<Group, number> = { page: 4, form: 4, indicator: 6, unit: 12, action: 3 };

/// How well a thing fits: its whole code before all, then its name, with the code before it or alone.
function fitOf(query: string, thing: Thing): number {
  const texts = [thing.name.vi, thing.name.en].flatMap((name) => [name, `${thing.code ?? ''} ${name}`.trim()]);
  return Math.max(thing.code && fit(query, thing.code) >= 4 ? 6 : 0, ...texts.map((text) => fit(query, text)));
}

/// The best of each group, in a fixed order of groups so that nothing jumps while one types.
export function find(query: string, things: readonly Thing[]): Thing[] {
  const groups: Group[] = ['page', 'form', 'indicator', 'action'];
  return groups.flatMap((group) =>
    things
      .filter((thing) => thing.group === group)
      .map((thing) => ({ thing, fits: fitOf(query, thing) }))
      .filter(({ fits }) => fits > 0)
      .sort((a, b) => b.fits - a.fits)
      .slice(0, most[group])
      .map(({ thing }) => thing),
  );
}

/// Units as the server found them; below one that has ended stands what it became.
export function unitsOf(matches: readonly UnitMatch[]): { unit: UnitRef; ended: string; heirOf: string }[] {
  const seen = new Set<string>();
  const found: { unit: UnitRef; ended: string; heirOf: string }[] = [];
  for (const match of matches) {
    if (!seen.has(match.code)) found.push({ unit: match, ended: match.to, heirOf: '' });
    seen.add(match.code);
    for (const heir of match.became) {
      if (!seen.has(heir.code)) found.push({ unit: heir, ended: '', heirOf: match.name });
      seen.add(heir.code);
    }
  }
  return found.slice(0, most.unit);
}
