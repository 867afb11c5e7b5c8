// SPDX-License-Identifier: Apache-2.0

/// A figure on a drawing: `text` is the exact decimal ('' where there is none), `value` only places its mark.
export interface Point { text: string; value: number | null; /** what is read out and stands under the chart while it is pointed at */ say: string }
export interface Series { key: string; label: string; points: Point[] }
/// What an export says around a drawing.
export interface Caption { title: string; subtitle: string; origin: string[]; file: string }
export const placed = (text: string): number | null => (text === '' ? null : Number(text));
