// SPDX-License-Identifier: Apache-2.0
// What a unit became by another day, or came from: the same unit under the code of that day, or its heirs or origins.
import { get, query, segment } from '../lib/api';
import type { UnitPage } from '../lib/types';

export function onDay(page: Pick<UnitPage, 'states' | 'origins' | 'heirs'>, on: string, other: string): string[] {
  const state = page.states.find((s) => s.from <= other && (!s.to || other <= s.to));
  if (state) return [state.code];
  return (other < on ? page.origins : page.heirs).map((link) => link.unit.code);
}

const held = new Map<string, Promise<string[]>>();
export function heirsOf(code: string, on: string, other: string): Promise<string[]> {
  const key = `${code}|${on}|${other}`;
  let found = held.get(key);
  if (!found) {
    found = get<UnitPage>(`/units/${segment(code)}` + query({ on })).then((page) => onDay(page, on, other));
    held.set(key, found);
    found.catch(() => held.delete(key));
  }
  return found;
}
