// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { differing, formOf, found, named, owedOtherwise, pathOf, rulesOf, sectionOf, sourceOf, usedBy } from './read';
import type { Definition, Foreseen } from './types';

const w = (vi: string) => ({ vi, en: vi });
const indicator = (code: string, formula?: string) => ({
  code, group: 'A', name: w(`Buổi ${code}`), unit: w('buổi'), over_units: 'sum', over_time: 'sum', better: 'up', definition: w(''), ...(formula ? { formula } : {}),
});
const definition = {
  indicators: [indicator('S'), indicator('T'), indicator('R', '100 * T / S')],
  forms: [{ code: 'f', cells: [{ indicator: 'S' }, { indicator: 'T' }], rules: [{ condition: 'S > 0 implies T >= S', cell: 'T', text: w('') }] }],
} as unknown as Definition;

test('one definition in the address says its section too', () => {
  const value = (given: Record<string, string>) => (key: string) => given[key] ?? '';
  expect(sectionOf(value({ indicator: 'B1' }))).toBe('indicators');
  expect(sectionOf(value({ section: 'calendar' }))).toBe('calendar');
  expect(sectionOf(value({ section: 'nothing' }))).toBe('aims');
});

test('definitions are found without marks, by code or name', () => {
  expect(found(definition.indicators, 'buoi t').map((i) => i.code)).toEqual(['T']);
  expect(found(definition.indicators, '').length).toBe(3);
});

test('a formula names the codes that it stands on, and no functions', () => {
  expect(named(definition, '100 * S / (units(province) + T)')).toEqual(['S', 'T']);
  expect(usedBy(definition, 'S').map((i) => i.code)).toEqual(['R']);
});

test('an indicator knows its form, its rules and where its figures come from', () => {
  expect(formOf(definition, 'S')?.code).toBe('f');
  expect(formOf(definition, 'R')).toBeUndefined();
  expect(rulesOf(definition, 'S').length).toBe(1);
  expect(definition.indicators.map(sourceOf)).toEqual(['typed', 'typed', 'computed']);
});

test('a field of a difference is read part by part', () => {
  expect(pathOf('name.vi')).toEqual([['name', ''], ['vi', '']]);
  expect(pathOf('cells[B1].max')).toEqual([['cells', 'B1'], ['max', '']]);
  expect(pathOf('rules[S > 0 implies T >= S].text.vi')).toEqual([['rules', 'S > 0 implies T >= S'], ['text', ''], ['vi', '']]);
});

test('what is owed otherwise is counted by period', () => {
  const row = (period: string, subject: string, before: number, after: number): Foreseen => ({ period, subject, title: w(subject), before, after });
  const periods = owedOtherwise([row('2026-Q4', 'f', 10, 10), row('2026-Q4', 'g', 0, 34), row('2027-Q1', 'f', 10, 10)]);
  expect(periods.map((p) => [p.period, p.before, p.after, p.rows.map((r) => r.subject).join()])).toEqual([['2026-Q4', 10, 44, 'g'], ['2027-Q1', 20 / 2, 10, '']]);
});

test('of two texts only the words that differ are marked', () => {
  expect(differing('Số buổi tuyên truyền', 'Số cuộc tuyên truyền')).toEqual({ start: 'Số ', before: 'buổi', after: 'cuộc', end: ' tuyên truyền' });
  expect(differing('', 'mới')).toEqual({ start: '', before: '', after: 'mới', end: '' });
  expect(differing('a b', 'a b c')).toEqual({ start: 'a ', before: 'b', after: 'b c', end: '' });
});
