// SPDX-License-Identifier: Apache-2.0
// All units of a day as one tree in lists, and what of it is in sight.
import type { TreeAnswer } from './types';

/// Without marks and case, as people type: "Đồng Tháp" → "dong thap".
export const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase().replace(/\s+/g, ' ').trim();

export interface Tree {
  readonly size: number;
  readonly codes: readonly string[];
  readonly names: readonly string[];
  readonly levels: readonly number[];
  readonly parents: readonly number[];
  /// One past the last node below each.
  readonly ends: Int32Array;
  readonly depths: Uint8Array;
  /// Place among the siblings, from 1, and how many there are.
  readonly places: Int32Array;
  readonly siblings: Int32Array;
  readonly children: Int32Array;
  readonly folded: () => readonly string[];
  readonly at: (code: string) => number;
}

export function grow(answer: TreeAnswer): Tree {
  const { codes, names, levels, parents } = answer;
  const size = codes.length;
  const ends = new Int32Array(size);
  const depths = new Uint8Array(size);
  const children = new Int32Array(size);
  const places = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    const parent = parents[i]!;
    if (parent < 0) {
      places[i] = 1;
      continue;
    }
    depths[i] = depths[parent]! + 1;
    places[i] = ++children[parent]!;
  }
  ends.fill(0);
  for (let i = size - 1; i >= 0; i--) {
    ends[i] = Math.max(ends[i]!, i + 1);
    const parent = parents[i]!;
    if (parent >= 0) ends[parent] = Math.max(ends[parent]!, ends[i]!);
  }
  const siblings = new Int32Array(size);
  for (let i = 0; i < size; i++) siblings[i] = parents[i]! < 0 ? 1 : children[parents[i]!]!;
  let folded: string[] | undefined;
  let index: Map<string, number> | undefined;
  return {
    size, codes, names, levels, parents, ends, depths, places, siblings, children,
    folded: () => (folded ??= names.map(fold)),
    at: (code) => (index ??= new Map(codes.map((c, i) => [c, i]))).get(code) ?? -1,
  };
}

/// The nodes in sight: what is open shows its children. With `asked`, what bears the words and what it stands in.
export function visible(tree: Tree, open: ReadonlySet<number>, asked = ''): number[] {
  const words = fold(asked);
  const rows: number[] = [];
  if (words) {
    const keep = new Uint8Array(tree.size);
    const folded = tree.folded();
    for (let i = 0; i < tree.size; i++)
      if (folded[i]!.includes(words)) for (let at = i; at >= 0 && !keep[at]; at = tree.parents[at]!) keep[at] = 1;
    for (let i = 0; i < tree.size; i++) if (keep[i]) rows.push(i);
    return rows;
  }
  for (let i = 0; i < tree.size; ) {
    rows.push(i);
    i = open.has(i) ? i + 1 : tree.ends[i]!;
  }
  return rows;
}

/// What a node stands in, from the top.
export function above(tree: Tree, node: number): number[] {
  const path: number[] = [];
  for (let at = tree.parents[node] ?? -1; at >= 0; at = tree.parents[at]!) path.unshift(at);
  return path;
}
