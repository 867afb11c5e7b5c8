// SPDX-License-Identifier: Apache-2.0
// Scales of drawings: where a figure stands in pixels. Floating numbers place marks only; every figure that is read is the
// exact text.
export interface Scale { from: number; to: number; ticks: number[]; at: (value: number) => number }

const steps = [1, 2, 2.5, 5, 10];

/// The smallest round step (1, 2, 2.5 or 5 times a power of ten) with which `count` steps reach over the span.
export function roundStep(span: number, count: number): number {
  if (!(span > 0)) return 1;
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  return steps.map((s) => s * power).find((s) => s >= rough * (1 - 1e-9)) ?? 10 * power;
}

/// Round numbers at even distances that hold all of [min, max].
export function ticks(min: number, max: number, count = 5): number[] {
  if (!(max > min)) [min, max] = min === 0 ? [0, 1] : min > 0 ? [0, min] : [min, 0];
  const step = roundStep(max - min, count);
  const first = Math.floor(min / step + 1e-9);
  const last = Math.ceil(max / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => clean((first + i) * step));
}

/// Without the tail that a sum of floating numbers leaves.
const clean = (x: number) => Number(x.toPrecision(12));

/// A scale over the values; from zero when `zero` is asked, or when zero is near anyway.
export function scaleOf(values: readonly number[], length: number, { zero = true, count = 5 } = {}): Scale {
  let min = Math.min(...values);
  let max = Math.max(...values);
  if (!Number.isFinite(min)) [min, max] = [0, 1];
  if (zero || (min > 0 && min < max * 0.4)) min = Math.min(0, min);
  if (max < 0) max = 0;
  const at = ticks(min, max, count);
  const [from, to] = [at[0]!, at.at(-1)!];
  return { from, to, ticks: at, at: (value) => ((value - from) / (to - from)) * length };
}

/// Upper bounds of the classes of a map, all round: at most `count` classes between the smallest and the largest value. A
/// value belongs to the first class whose bound is not below it.
export function cuts(values: readonly number[], count = 6): number[] {
  if (values.length === 0) return [];
  const min = Math.min(...values);
  const max = Math.max(...values);
  if (min === max) return [max];
  // Zero is a place of its own on most scales of counts: classes begin there when it is near.
  return ticks(min > 0 && min < max * 0.4 ? 0 : min, max, count).slice(1);
}

export const classOf = (value: number, bounds: readonly number[]) => {
  const found = bounds.findIndex((bound) => value <= bound * (1 + 1e-12));
  return found < 0 ? bounds.length - 1 : found;
};

/// Moves labels apart: centres in, centres out, in the same order, none nearer than `gap`, all inside [from, to] where they fit.
export function apart(centres: readonly number[], gap: number, from: number, to: number): number[] {
  const order = centres.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y);
  const placed: number[] = [];
  for (const { y } of order) placed.push(Math.max(y, (placed.at(-1) ?? -Infinity) + gap, from));
  for (let i = placed.length - 1, limit = to; i >= 0; i--) {
    placed[i] = Math.min(placed[i]!, limit);
    limit = placed[i]! - gap;
  }
  const out: number[] = [];
  order.forEach(({ i }, k) => (out[i] = placed[k]!));
  return out;
}

/// Runs of points that stand beside each other: a line is broken where a value is missing.
export function runs<T>(points: readonly (T | null)[]): { from: number; points: T[] }[] {
  const found: { from: number; points: T[] }[] = [];
  points.forEach((point, i) => {
    if (point === null) return;
    const last = found.at(-1);
    if (last && last.from + last.points.length === i) last.points.push(point);
    else found.push({ from: i, points: [point] });
  });
  return found;
}
