// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { History } from './history';

test('a whole paste is one step, undone and done again together', () => {
  const history = new History();
  history.keep([{ key: 'B1', before: '', after: '1' }]);
  history.keep([{ key: 'B1', before: '1', after: '5' }, { key: 'B2', before: '', after: '6' }]);
  expect(history.undo()).toEqual([{ key: 'B2', before: '6', after: '' }, { key: 'B1', before: '5', after: '1' }]);
  expect(history.redo()).toEqual([{ key: 'B1', before: '1', after: '5' }, { key: 'B2', before: '', after: '6' }]);
  expect(history.redo()).toEqual([]);
  history.undo();
  expect(history.undo()).toEqual([{ key: 'B1', before: '1', after: '' }]);
  expect([history.undo(), history.canUndo, history.canRedo]).toEqual([[], false, true]);
});

test('what is typed after an undo takes the place of what was undone', () => {
  const history = new History();
  history.keep([{ key: 'B1', before: '', after: '1' }]);
  history.undo();
  history.keep([{ key: 'B1', before: '', after: '2' }]);
  expect(history.redo()).toEqual([]);
});

test('what changes nothing is no step', () => {
  const history = new History();
  expect(history.keep([{ key: 'B1', before: '1', after: '1' }])).toBe(false);
  expect(history.canUndo).toBe(false);
});
