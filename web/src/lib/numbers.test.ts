// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { read, written, type Language } from './numbers';

function outcome(text: string, language: Language): string {
  const reading = read(text, language);
  switch (reading.kind) {
    case 'figure': return reading.plain + (reading.percent ? ' %' : '');
    case 'doubt': return `${reading.vi} or ${reading.en}?`;
    case 'dash': return 'dash?';
    case 'wrong': return `not a figure: ${reading.why}`;
  }
}

test.each<[text: string, vi: string, en: string]>([
  ['1234', '1234', '1234'],
  ['1.234', '1234', '1234 or 1.234?'],
  ['1,234', '1.234 or 1234?', '1234'],
  ['1.234.567', '1234567', '1234567'],
  ['1,234,567', '1234567', '1234567'],
  ['1.234,5', '1234.5', '1234.5'],
  ['1,234.5', '1234.5', '1234.5'],
  ['1,5', '1.5', '1.5'],
  ['1.5', '1.5', '1.5'],
  ['0,234', '0.234', '0.234'],
  ['0.234', '0.234', '0.234'],
  ['1234,567', '1234.567', '1234.567'],
  [',5', '0.5', '0.5'],
  ['12,50', '12.5', '12.5'],
  ['007', '7', '7'],
  ['-0', '0', '0'],
  ['-12', '-12', '-12'],
  ['−12', '-12', '-12'],
  ['12-', '-12', '-12'],
  ['(1.234,5)', '-1234.5', '-1234.5'],
  ['+3', '3', '3'],
  ['1 234', '1234', '1234'],
  ['1\u00a0234\u202f567,8', '1234567.8', '1234567.8'],
  ["1'234", '1234', '1234'],
  ['12 34', 'not a figure: text', 'not a figure: text'],
  ['1.2345.6', 'not a figure: text', 'not a figure: text'],
  ['1.234,567,8', 'not a figure: text', 'not a figure: text'],
  ['98,5%', '98.5 %', '98.5 %'],
  ['98.5 %', '98.5 %', '98.5 %'],
  ['1.234 ₫', '1234', '1234 or 1.234?'],
  ['1.234.000 đồng', '1234000', '1234000'],
  ['$1,234.50', '1234.5', '1234.5'],
  ['', '', ''],
  ['  \u00a0', '', ''],
  ['-', 'dash?', 'dash?'],
  ['12/5/2026', 'not a figure: date', 'not a figure: date'],
  ['01-Thg2', 'not a figure: date', 'not a figure: date'],
  ['1,2E+05', 'not a figure: rounded', 'not a figure: rounded'],
  ['####', 'not a figure: rounded', 'not a figure: rounded'],
  ['#N/A', 'not a figure: error', 'not a figure: error'],
  ['mười hai', 'not a figure: text', 'not a figure: text'],
  ['12 buổi', 'not a figure: text', 'not a figure: text'],
])('%j reads as %j to a Vietnamese and as %j to an English writer', (text, vi, en) => {
  expect([outcome(text, 'vi'), outcome(text, 'en')]).toEqual([vi, en]);
});

test('a figure is written with the marks of the language and read back as the same figure', () => {
  for (const plain of ['0', '7', '1234', '1234567.5', '-1234.25', '99999999999999999999.01'])
    for (const language of ['vi', 'en'] as const) {
      const reading = read(written(plain, language), language);
      expect(reading).toMatchObject({ kind: 'figure', plain });
    }
  expect(written('1234567.5', 'vi')).toBe('1.234.567,5');
  expect(written('-1234.5', 'en')).toBe('−1,234.5');
});

test('what is not a figure is shown as it was typed', () => {
  expect(written('mười hai', 'vi')).toBe('mười hai');
});
