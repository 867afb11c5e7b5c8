// SPDX-License-Identifier: Apache-2.0
// Reads the successions of a unit: which steps there were, how wide each lane is, where it is drawn.
import type { Beside, Link, Shares } from './types';

export interface Step { on: string; act: string; links: Link[] }

/// The links of one day and act together, newest first.
export function steps(links: readonly Link[]): Step[] {
  const found = new Map<string, Step>();
  for (const link of links) {
    const key = `${link.on}|${link.act}`;
    if (!found.has(key)) found.set(key, { on: link.on, act: link.act, links: [] });
    found.get(key)!.links.push(link);
  }
  return [...found.values()].sort((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0));
}

export type Width = 'whole' | 'some' | 'thin';
/// Whole: all land and all people; thin: nobody came along.
export const width = (shares: Shares): Width =>
  shares.land === 'full' && shares.people === 'full' ? 'whole' : shares.people === 'none' ? 'thin' : 'some';

/// Divided among several, and nobody takes its figures: they stand one level up until somebody decides.
export const undecided = (link: Link, all: readonly Beside[] = [link, ...link.others]): boolean =>
  all.length > 1 && !all.some((each) => each.default_heir);

/// The lines of one side, from the middle of each row to the middle of the unit's own box.
export function lanes(heights: readonly number[], height: number, span: number, toRight: boolean): { d: string; x: number; y: number }[] {
  const total = heights.reduce((sum, each) => sum + each, 0);
  let top = (height - total) / 2;
  const middle = height / 2;
  return heights.map((each) => {
    const y = top + each / 2;
    top += each;
    const [from, to] = toRight ? [0, span] : [span, 0];
    const half = span / 2;
    return { d: `M${from} ${y.toFixed(1)}C${half} ${y.toFixed(1)} ${half} ${middle.toFixed(1)} ${to} ${middle.toFixed(1)}`, x: from, y };
  });
}
