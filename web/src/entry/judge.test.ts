// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { Form, Indicator } from '../lib/types';
import { LiveJudge, change, merged, textOf, valueOf } from './judge';

const indicator = (code: string, scale = 0, unit = 'điểm'): Indicator => ({
  code, group: 'C', name: { vi: `Chỉ tiêu ${code}`, en: `Indicator ${code}` }, unit: { vi: unit, en: unit }, scale, shown_scale: 1,
  over_units: 'sum', over_time: 'sum', better: 'up', source: 'typed', formula: '', definition: { vi: '', en: '' },
});
const indicators = new Map([indicator('C2'), indicator('C7'), indicator('C4'), indicator('M', 2), indicator('P', 1, '%')].map((i) => [i.code, i]));
const cell = (code: string, rest: object = {}) => ({ indicator: code, required: true, min: '0', max: null, jump_percent: 0, ...rest });
const form: Form = {
  code: 'f', title: { vi: '', en: '' }, party: '', frequency: 'quarter', source: 'typed',
  cells: [cell('C2', { jump_percent: 100 }), cell('C7'), cell('C4'), cell('M', { required: false, max: '1000' }), cell('P', { required: false, max: '100' })],
  rules: [
    { condition: 'C7 <= C2', severity: 'error', cell: 'C7', text: { vi: 'Điểm đạt loại tốt không được nhiều hơn điểm đang hoạt động.', en: 'Good places cannot outnumber places.' } },
    { condition: 'C2 == prev(C2) + C4', severity: 'warning', cell: 'C2', text: { vi: 'Số điểm phải bằng kỳ trước cộng điểm mới.', en: 'Places must be those of before and the new ones.' } },
  ],
};
const judge = new LiveJudge(form, indicators);
const find = (values: Record<string, string>, history: Record<string, string>[] = [], missing = false) =>
  judge.findings(values, history, missing).map((f) => `${f.severity} ${f.indicator}: ${f.message.vi}`);

test('a rule between cells says both figures and what to correct', () => {
  expect(find({ C7: '1902', C2: '1886' })).toEqual(['error C7: Điểm đạt loại tốt không được nhiều hơn điểm đang hoạt động. (C7 là 1.902, C2 là 1.886.) Sửa C7 hoặc C2.']);
  expect(judge.findings({ C7: '1902', C2: '1886' }, [], false)[0]!.message.en).toBe('Good places cannot outnumber places. (C7 is 1,902, C2 is 1,886.) Correct C7 or C2.');
});

test('a warning asks for an explanation, and looks at the last period', () => {
  expect(find({ C2: '12', C4: '1' }, [{ C2: '10' }])).toEqual(['warning C2: Số điểm phải bằng kỳ trước cộng điểm mới. (C2 là 12, C2 kỳ trước là 10, C4 là 1.) Nếu đúng, ghi giải trình; nếu nhầm, sửa số.']);
  expect(find({ C2: '12', C4: '2' }, [{ C2: '10' }])).toEqual([]);
  expect(find({ C2: '12', C4: '1' })).toEqual([]);
});

test('a figure far from the mean of the last periods is asked about; one past figure is no habit, tiny ones jump by nature', () => {
  expect(find({ C2: '3120' }, [{ C2: '312' }, { C2: '300' }])).toEqual(['warning C2: C2 cao hơn bình quân các kỳ trước 920 % (3.120 so với 306). Nếu đúng, ghi giải trình; nếu nhầm, sửa số.']);
  expect(find({ C2: '3120' }, [{ C2: '312' }])).toEqual([]);
  expect(find({ C2: '20' }, [{ C2: '2' }, { C2: '3' }])).toEqual([]);
});

test('a cell is judged by itself: whole, decimals, limits, texts', () => {
  expect(find({ C2: '12.5' })).toEqual(['error C2: C2 phải là số nguyên. Đã nhập 12,5.']);
  expect(find({ M: '1.234' })).toEqual(['error M: M ghi nhiều nhất 2 chữ số thập phân. Đã nhập 1,234.']);
  expect(find({ M: '-1' })).toEqual(['error M: M không được nhỏ hơn 0. Đã nhập −1.']);
  expect(find({ P: '100.1' })).toEqual(['error P: P không được lớn hơn 100. Đã nhập 100,1.']);
  expect(find({ C2: '?1/5' })).toEqual(['error C2: C2 phải là số. “1/5” là ngày tháng.']);
  expect(find({ C2: '?12%' })).toEqual(['error C2: C2 không ghi theo phần trăm. Đã nhập “12%”. Ghi bằng số.']);
});

test('what has two readings offers both', () => {
  const [found] = judge.findings({ C2: '?1,234' }, [], false);
  expect(found).toMatchObject({ code: 'doubt', choices: ['1234', '1.234'], message: { vi: 'C2: “1,234” đọc được hai cách: 1234 hoặc 1 phẩy 234. Chọn một cách.' } });
  expect(judge.findings({ C2: '?-' }, [], false)[0]!.choices).toEqual(['0', '']);
});

test('empty cells are said when the officer wants to send, not while typing', () => {
  expect(find({ C2: '1', C7: '1' })).toEqual([]);
  expect(find({ C2: '1', C7: '1' }, [], true)).toEqual(['error C4: Nhập C4 Chỉ tiêu C4. Không có thì nhập 0.']);
});

test('what the server says too is said once; errors stand first', () => {
  const served = [
    { code: 'rule', severity: 'error' as const, indicator: 'C7', where: '', message: { vi: 'máy chủ', en: 'server' } },
    { code: 'refused', severity: 'error' as const, indicator: '', where: '', message: { vi: 'Đã khóa', en: 'Locked' } },
  ];
  const own = judge.findings({ C7: '2', C2: '1', C4: '1' }, [{ C2: '1' }], false);
  expect(merged(own, served).map((f) => `${f.severity} ${f.code} ${f.indicator}`)).toEqual(['error rule C7', 'error refused ', 'warning rule C2']);
});

test('what is typed is a figure or is kept as it was typed, and stands so in its field', () => {
  const c2 = indicators.get('C2')!;
  expect([valueOf('1.234', c2, 'vi'), valueOf('1,234', c2, 'vi'), valueOf('12%', c2, 'vi'), valueOf('98%', indicators.get('P')!, 'vi')]).toEqual(['1234', '?1,234', '?12%', '98.0']);
  expect([textOf('1234.5', 'vi'), textOf('?1,234', 'vi'), textOf('-5', 'vi')]).toEqual(['1.234,5', '1,234', '-5']);
});

test('change is said in percent, of a percentage in points, of a small base not at all', () => {
  expect(change('1246', '1150', false)).toEqual({ kind: 'percent', plain: '8.3' });
  expect(change('98.5', '97.1', true)).toEqual({ kind: 'points', plain: '1.4' });
  expect(change('5', '5', false)).toEqual({ kind: 'same' });
  expect(change('9', '5', false)).toBeUndefined();
});
