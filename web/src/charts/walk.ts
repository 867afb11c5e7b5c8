// SPDX-License-Identifier: Apache-2.0
/// Where a key leads from place `at` of `count` places; nothing for a key that does not walk.
export function walked(key: string, at: number, count: number, back: string, on: string): number | undefined {
  switch (key) {
    case on: return Math.min(count - 1, at + 1);
    case back: return Math.max(0, at - 1);
    case 'Home': return 0;
    case 'End': return count - 1;
    default: return undefined;
  }
}
