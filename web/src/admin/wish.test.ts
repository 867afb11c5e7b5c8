// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { office_name, sent } from './wish';

test('an office is named after its body and its unit', () => {
  expect(office_name('Công an', 'Xã Phố Bảng')).toBe('Công an xã Phố Bảng');
  expect(office_name('Công an', 'Đặc khu Côn Đảo')).toBe('Công an đặc khu Côn Đảo');
  expect(office_name(' ', 'Xã Phố Bảng')).toBe('Xã Phố Bảng');
});

test('a role is sent with what it has, not with what was typed for another', () => {
  const wish = { role: 'reader' as const, programme: 'ctr-07', party: 'front', unit: 'vn34:08' };
  expect(sent(wish)).toEqual({ role: 'reader', programme: 'ctr-07', party: '', unit: 'vn34:08' });
  expect(sent({ ...wish, role: 'member_organisation' }).party).toBe('front');
  expect(sent({ ...wish, role: 'operator' })).toEqual({ role: 'operator' });
});
