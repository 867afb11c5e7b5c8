// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { Formula, rational, rounded } from './formula';

const shown = (text: string, values: Record<string, string> = {}) => {
  const value = new Formula(text).evaluate((name) => (values[name] === undefined ? undefined : rational(values[name])));
  return value ? `${value.n}/${value.d}` : 'nothing';
};

// The same as src/programme/expression_test.cpp says of the server.
test.each<[string, Record<string, string>, string]>([
  ['1 + 2 * 3 - 4 / 8', {}, '13/2'],
  ['(1 + 2) * -3', {}, '-9/1'],
  ['10 - 2 - 3', {}, '5/1'],
  ['0.1 + 0.2 == 0.3', {}, '1/1'],
  ['1 / 3 * 3 == 1', {}, '1/1'],
  ['--2', {}, '2/1'],
  ['1 / -4', {}, '-1/4'],
  ['100 * C7 / C2', { C7: '7', C2: '8' }, '175/2'],
  ['100 * C7 / C2', { C7: '7' }, 'nothing'],
  ['C7 / C2', { C7: '7', C2: '0' }, 'nothing'],
  ['prev( C2 ) + C4 - C6', { 'prev(C2)': '10', C4: '3', C6: '1' }, '12/1'],
  ['100 * D4 / units(commune)', { D4: '3', 'units(commune)': '12' }, '25/1'],
  ['A < B', { A: '1.5', B: '1.50001' }, '1/1'],
  ['A >= B', { A: '1', B: '2' }, '0/1'],
  ['A != B', { A: '1', B: '2' }, '1/1'],
  ['B1 > 0 implies B2 >= B1', { B1: '2', B2: '1' }, '0/1'],
  ['B1 > 0 implies B2 >= B1', { B1: '0' }, '1/1'],
  ['B1 > 0 implies B2 > 0', { B2: '5' }, '1/1'],
  ['B1 > 0 implies B2 > 0', { B2: '0' }, 'nothing'],
  ['A * B / A', { A: '9223372036854775807', B: '9223372036854775806' }, '9223372036854775806/1'],
])('%s with %j is %s', (text, values, expected) => {
  expect(shown(text, values)).toBe(expected);
});

test('a text that is no formula is refused', () => {
  for (const text of ['', 'A +', 'A + * B', '(A + B', 'A B', 'A < B < C', 'max(A)', 'prev()', '1.2.3', 'A = B', 'implies A', 'tỷ lệ'])
    expect(() => new Formula(text), text).toThrow(SyntaxError);
});

test('names are listed once each', () => {
  expect(new Formula('C2 == prev(C2) + C4 - C6 + C2').names).toEqual(['C2', 'prev(C2)', 'C4', 'C6']);
});

test('a value is rounded for print as the server rounds it: halves away from nought', () => {
  const printed = (plain: string, scale: number) => rounded(rational(plain)!, scale);
  expect([printed('0.05', 1), printed('-0.05', 1), printed('2.449', 1), printed('99.95', 1), printed('12', 2), printed('0.5', 0), printed('-0.04', 1)]).toEqual([
    '0.1', '-0.1', '2.4', '100.0', '12.00', '1', '0.0',
  ]);
});
