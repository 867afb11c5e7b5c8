// SPDX-License-Identifier: Apache-2.0
// Which page stands at which address. A page comes to the browser when somebody goes there, with its own texts.
import type { Component } from 'svelte';
import { ask, segment } from './lib/api';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each page knows its own parts of the address
type Page = Component<any>;
export interface Place {
  /// The first part of the address after the programme's code.
  page: string;
  load: () => Promise<{ default: Page }>;
  /// What the page is given besides the programme, from the rest of the address.
  given: Record<string, string>;
  /// What it asks the server for first, below its programme.
  asks: string[];
}

const place = (page: string, load: () => Promise<{ default: Page }>, given: Record<string, string> = {}, asks: string[] = []): Place => ({ page, load, given, asks });

function adminPlace(first: string, second: string): Place | undefined {
  switch (first) {
    case '': return place('admin', () => import('./admin/Users.svelte'));
    case 'users': return place('admin', () => import('./admin/UserPage.svelte'), { id: second });
    case 'invitations': return place('admin', () => import('./admin/Invitations.svelte'), { view: first });
    case 'journal': return place('admin', () => import('./admin/Journal.svelte'), { view: first });
    case 'system': return place('admin', () => import('./admin/System.svelte'), { view: first });
    case 'simulated': return place('admin', () => import('./admin/Simulated.svelte'), { view: first });
    default: return undefined;
  }
}

/// The place of an address `/programme/page/rest…`, or nothing where there is none.
export function placeOf(page: string, rest: readonly string[]): Place | undefined {
  const [first = '', second = '', third = ''] = rest;
  switch (page) {
    case 'work': return place(page, () => import('./work/Work.svelte'));
    case 'reports':
      return rest.length === 3
        ? place(page, () => import('./entry/Entry.svelte'), { form: first, period: second, unit: third }, ['', `/reports/${first}/${second}/${segment(third)}`])
        : undefined;
    case 'batch': return rest.length === 2 ? place(page, () => import('./entry/Batch.svelte'), { form: first, period: second }) : undefined;
    case 'checks': return place(page, () => import('./checks/Checks.svelte'));
    case 'board': return place(page, () => import('./board/Board.svelte'));
    case 'dashboard': return place(page, () => import('./dashboard/Dashboard.svelte'));
    case 'explore': return place(page, () => import('./explore/Explore.svelte'), {}, ['']);
    case 'units': return first ? place(page, () => import('./units/UnitPage.svelte'), { code: first }) : place(page, () => import('./units/Units.svelte'));
    case 'documents': return first ? place(page, () => import('./documents/DocumentPage.svelte'), { id: first }) : place(page, () => import('./documents/Documents.svelte'));
    case 'programme': return place(page, () => import('./programme/ProgrammePage.svelte'));
    case 'outbox': return place(page, () => import('./offline/Outbox.svelte'));
    case 'account': return place(page, () => import('./account/Account.svelte'));
    case 'admin': return adminPlace(first, second);
    default: return undefined;
  }
}

/// The page of an address and what it asks for first are on their way before it is known who is signed in. What goes wrong
/// is said when they are needed.
export function setOut(programme: string, page: string, rest: readonly string[]): void {
  const there = placeOf(page, rest);
  void there?.load().catch(() => undefined);
  for (const path of there?.asks ?? []) ask(`/programmes/${programme}${path}`);
}
