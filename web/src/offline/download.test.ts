// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { csvOf } from './download';

test('a downloaded draft has the columns that an upload reads, with quotes where a comment needs them', () => {
  const place = { programme: 'ctr-07', form: 'bm01', period: '2026-Q3', unit: 'vn34:00745' };
  expect(csvOf(place, { B1: '12', B2: '1.5' }, { B1: 'gồm "mô hình", cũ' })).toBe(
    'period,unit,indicator,value,comment\r\n2026-Q3,vn34:00745,B1,12,"gồm ""mô hình"", cũ"\r\n2026-Q3,vn34:00745,B2,1.5,\r\n');
});
