// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { firstPage, menuOf } from './places';

const everything = (_page: string) => true;
const keys = (may: Record<string, boolean>, exists = everything) => menuOf(may, exists).map((place) => place.key);

test('the menu shows what the account may do', () => {
  expect(keys({ read_figures: true, enter: true })).toEqual(['work', 'batch', 'board', 'dashboard', 'explore', 'units', 'documents', 'programme']);
  expect(keys({ read_figures: true, enter: true, verify: true, manage_users: true })).toContain('checks');
  expect(keys({ manage_users: true, operate: true })).toEqual(['units', 'programme', 'admin']);
});

test('who owes nothing lands on a page that is his to see', () => {
  expect(firstPage({ read_figures: true }, everything)).toBe('work');
  expect(firstPage({ operate: true }, everything)).toBe('units');
});

test('a place without a page is not shown', () => {
  expect(keys({ read_figures: true }, (page) => page === 'work')).toEqual(['work']);
});
