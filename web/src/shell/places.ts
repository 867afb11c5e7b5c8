// SPDX-License-Identifier: Apache-2.0
// The places of the menu, in the order of an officer's day. A place is shown where the desk has its page and the account
// may do what it is for.
import type { CommonKey } from '../lib/i18n.svelte';

type May = Record<string, boolean>;
export interface MenuPlace { key: string; icon: 'list' | 'pencil' | 'fileCheck' | 'gauge' | 'grid' | 'table' | 'mapPin' | 'fileText' | 'bookOpen' | 'settings'; text: CommonKey; may: (may: May) => boolean }

const reads = (may: May) => Boolean(may.read_figures || may.read_totals);
const all: readonly MenuPlace[] = [
  { key: 'work', icon: 'list', text: 'nav.work', may: (may) => Boolean(may.read_figures) },
  { key: 'batch', icon: 'pencil', text: 'nav.batch', may: (may) => Boolean(may.enter) },
  { key: 'checks', icon: 'fileCheck', text: 'nav.checks', may: (may) => Boolean(may.verify) },
  { key: 'board', icon: 'grid', text: 'nav.board', may: reads },
  { key: 'dashboard', icon: 'gauge', text: 'nav.dashboard', may: reads },
  { key: 'explore', icon: 'table', text: 'nav.explore', may: reads },
  { key: 'units', icon: 'mapPin', text: 'nav.units', may: () => true },
  { key: 'documents', icon: 'fileText', text: 'nav.documents', may: reads },
  { key: 'programme', icon: 'bookOpen', text: 'nav.programme', may: () => true },
  { key: 'admin', icon: 'settings', text: 'nav.admin', may: (may) => Boolean(may.manage_users || may.operate) },
];

export const menuOf = (may: May, exists: (page: string) => boolean) => all.filter((place) => exists(place.key) && place.may(may));

/// Where somebody lands who asked for no page.
export const firstPage = (may: May, exists: (page: string) => boolean) => menuOf(may, exists)[0]?.key ?? 'units';
