// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { periodOf, readsMap, unitOf, withDay, withProgramme, withUnit } from './places';

const commune = { code: 'vn34:00745', level: 'commune' };
const province = { code: 'vn34:08', level: 'province' };
const nation = { code: 'iso:VN', level: 'nation' };

test('the unit in the bar is the one that the page is about', () => {
  expect(unitOf('/ctr-07/reports/bm01/2026-Q3/vn34:00745', '')).toBe('vn34:00745');
  expect(unitOf('/ctr-07/units/vn34:08', '')).toBe('vn34:08');
  expect(unitOf('/ctr-07/board', '?level=commune&under=vn34:08')).toBe('vn34:08');
  expect(unitOf('/ctr-07/board', '')).toBe('iso:VN');
  expect(unitOf('/ctr-07/work', '')).toBe('');
  for (const [units, code] of [['level:province', 'iso:VN'], ['children:vn34:08', 'vn34:08'], ['under:vn34:08:commune', 'vn34:08'], ['vn34:00745', 'vn34:00745'], ['vn34:00745,vn34:00712', '']])
    expect(unitOf('/ctr-07/explore', `?units=${units}`)).toBe(code);
});

test('choosing a unit changes the address of the page, and keeps its other choices', () => {
  expect(withUnit('/ctr-07/board', '?level=province&kind=report', province)).toBe('/ctr-07/board?level=commune&kind=report&under=vn34%3A08');
  expect(withUnit('/ctr-07/board', '?level=commune&under=vn34:08', nation)).toBe('/ctr-07/board?level=province');
  expect(withUnit('/ctr-07/explore', '?indicators=B1', province)).toBe('/ctr-07/explore?indicators=B1&units=children%3Avn34%3A08');
  expect(withUnit('/ctr-07/reports/bm01/2026-Q3/vn34:00745', '', { ...commune, code: 'vn34:00712' })).toBe('/ctr-07/reports/bm01/2026-Q3/vn34:00712');
  expect(withUnit('/ctr-07/work', '', province)).toBe('/ctr-07/work?unit=vn34%3A08');
  expect(withUnit('/ctr-07/programme', '', province)).toBe('/ctr-07/units/vn34:08');
});

test('a day of the map stands in the address, and today leaves it', () => {
  expect(withDay('/ctr-07/board', '?kind=report', '2025-06-30')).toBe('/ctr-07/board?kind=report&on=2025-06-30');
  expect(withDay('/ctr-07/units/vn34:08', '?on=2025-06-30', '')).toBe('/ctr-07/units/vn34:08');
  expect(readsMap('/ctr-07/board')).toBe(true);
  expect(readsMap('/ctr-07/reports/bm01/2026-Q3/vn34:00745')).toBe(false);
});

test('another programme is opened on the same page where it has one', () => {
  expect(withProgramme('/ctr-07/board', 'ctr-09')).toBe('/ctr-09/board');
  expect(withProgramme('/ctr-07/documents/7', 'ctr-09')).toBe('/ctr-09/work');
  expect(periodOf('/ctr-07/reports/bm01/2026-Q3/vn34:00745', '')).toBe('2026-Q3');
  expect(periodOf('/ctr-07/explore', '?from=2026-Q1&to=2026-Q2')).toBe('2026-Q2');
});
