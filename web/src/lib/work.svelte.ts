// SPDX-License-Identifier: Apache-2.0
// What the signed-in account's own unit owes: the menu shows its counts, my work its list, and both ask once.
import { getContext, setContext } from 'svelte';
import { get } from './api';
import { Watched } from './live.svelte';
import { session } from './session.svelte';
import type { Work } from './types';

const key = Symbol('work');

export function offerWork(programme: () => string): Watched<Work> {
  return setContext(key, new Watched(() => (session.now?.may.read_figures ? get<Work>(`/programmes/${programme()}/work`) : undefined)));
}
export const ownWork = () => getContext<Watched<Work>>(key);
