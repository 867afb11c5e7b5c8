// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { Indicator, Programme } from '../lib/types';
import { defaultCards, leading } from './cards';

const wording = (text: string) => ({ vi: text, en: text });
const indicator = (code: string, more: Partial<Indicator> = {}): Indicator => ({
  code, group: code[0]!, name: wording(code), unit: wording('buổi'), scale: 0, shown_scale: 0, over_units: 'sum', over_time: 'sum', better: 'up', source: 'typed', formula: '',
  definition: wording(''), ...more,
});
const form = (frequency: string, codes: string[]) => ({ code: frequency, title: wording(''), party: 'police', frequency, source: 'typed', cells: codes.map((code) => ({ indicator: code, required: true, min: null, max: null })), rules: [] });
const programme = {
  groups: [{ code: 'B', name: wording('Tuyên truyền') }, { code: 'C', name: wording('Mô hình') }, { code: 'D', name: wording('Phân loại') }],
  indicators: [
    indicator('B1', { better: 'none' }), indicator('B2'), indicator('C2', { over_time: 'last', better: 'none' }), indicator('C7', { over_time: 'last', better: 'none' }),
    indicator('C8', { over_units: 'formula', over_time: 'formula', formula: '100 * C7 / C2' }), indicator('D1'),
  ],
  forms: [form('quarter', ['B1', 'B2', 'C2', 'C7']), form('year', ['D1'])],
} as unknown as Programme;

test('each field of work has the one card that says most, and none where nothing is asked often enough', () => {
  const cards = defaultCards(programme, { code: 'iso:VN', name: 'Việt Nam', level: 'nation' }, (w) => w.vi);
  expect(cards.map((card) => [card.title, new URLSearchParams(card.query).get('indicators')])).toEqual([['Tuyên truyền', 'B2'], ['Mô hình', 'C8']]);
});
test('the cards are of the office’s own unit and what is below it', () => {
  const units = (level: string) => new URLSearchParams(defaultCards(programme, { code: 'vn34:08', name: '', level }, (w) => w.vi)[0]!.query).get('units');
  expect([units('nation'), units('province'), units('commune')]).toEqual(['level:province', 'children:vn34:08', 'vn34:08']);
});
test('a ratio of yearly figures is no card of quarters', () => {
  expect(leading([indicator('D3', { over_units: 'formula', formula: '100 * D2 / D1' })], new Set(['B1']))).toBeUndefined();
});
