// SPDX-License-Identifier: Apache-2.0
// How the keyboard moves over a grid (desk-design 5): stops at the edges, never wraps. Pure.
export interface Spot { row: number; col: number }
export interface Size { rows: number; cols: number }
export interface Key { key: string; ctrl: boolean; shift: boolean; alt: boolean }

const clamp = (n: number, most: number) => Math.max(0, Math.min(n, most));

/// Where an arrow, Home, End or a page key leads; nothing for another key.
export function moved(from: Spot, key: Key, size: Size, page = 10): Spot | undefined {
  if (key.alt) return undefined;
  const [bottom, right] = [size.rows - 1, size.cols - 1];
  const to = (row: number, col: number): Spot => ({ row: clamp(row, bottom), col: clamp(col, right) });
  switch (key.key) {
    case 'ArrowUp': return key.ctrl ? to(0, from.col) : to(from.row - 1, from.col);
    case 'ArrowDown': return key.ctrl ? to(bottom, from.col) : to(from.row + 1, from.col);
    case 'ArrowLeft': return key.ctrl ? to(from.row, 0) : to(from.row, from.col - 1);
    case 'ArrowRight': return key.ctrl ? to(from.row, right) : to(from.row, from.col + 1);
    case 'Home': return key.ctrl ? to(0, 0) : to(from.row, 0);
    case 'End': return key.ctrl ? to(bottom, right) : to(from.row, right);
    case 'PageUp': return to(from.row - page, from.col);
    case 'PageDown': return to(from.row + page, from.col);
    default: return undefined;
  }
}

/// The next cell that can be filled, row by row (Tab), or nothing behind the last one: there Tab leaves the grid.
export function nextOpen(from: Spot, back: boolean, size: Size, open: (spot: Spot) => boolean): Spot | undefined {
  const step = back ? -1 : 1;
  for (let i = from.row * size.cols + from.col + step; i >= 0 && i < size.rows * size.cols; i += step) {
    const spot = { row: Math.floor(i / size.cols), col: i % size.cols };
    if (open(spot)) return spot;
  }
  return undefined;
}

/// The next cell down or up the column that can be filled (Enter); stays at the last one.
export function downColumn(from: Spot, back: boolean, size: Size, open: (spot: Spot) => boolean): Spot {
  const step = back ? -1 : 1;
  for (let row = from.row + step; row >= 0 && row < size.rows; row += step) if (open({ row, col: from.col })) return { row, col: from.col };
  return from;
}

export interface Rectangle { top: number; left: number; bottom: number; right: number }
export const rectangle = (a: Spot, b: Spot): Rectangle => ({
  top: Math.min(a.row, b.row), bottom: Math.max(a.row, b.row), left: Math.min(a.col, b.col), right: Math.max(a.col, b.col),
});
export const inside = (r: Rectangle, row: number, col: number) => row >= r.top && row <= r.bottom && col >= r.left && col <= r.right;
export function* spots(r: Rectangle): Generator<Spot> {
  for (let row = r.top; row <= r.bottom; row++) for (let col = r.left; col <= r.right; col++) yield { row, col };
}
