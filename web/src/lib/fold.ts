// SPDX-License-Identifier: Apache-2.0
/// Without marks and capitals, as people type in haste: "Phó Bảng" → "pho bang", "Đồng" → "dong".
export const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd');

/// How well a query fits a text, 0 for not at all. Every word of the query must begin a word of the text; a text that
/// begins with the query comes first, whole words before parts, then shorter ones.
export function fit(query: string, text: string): number {
  const asked = fold(query).trim();
  const folded = fold(text);
  if (!asked) return 0;
  const words = folded.split(/[^\p{L}\p{N}]+/u);
  const whole = asked.split(/\s+/).every((word) => words.some((w) => w.startsWith(word)) || folded.includes(` ${word}`) || folded.startsWith(word));
  if (!whole) return 0;
  const begins = folded.startsWith(asked) ? (/[\p{L}\p{N}]/u.test(folded.charAt(asked.length)) ? 3 : 3.5) : 0;
  return (folded === asked ? 4 : begins || (folded.includes(asked) ? 2 : 1)) + 0.4 / (1 + folded.length);
}
