// SPDX-License-Identifier: Apache-2.0
import type { Grant, GrantWish } from './types';

export const no_wish = (): GrantWish => ({ role: 'unit_officer', programme: '', party: '', unit: '' });

/// What is sent of a wish: fields that the role does not have are left out, whatever still stands in them.
export function sent(wish: GrantWish): Record<string, string> {
  if (wish.role === 'operator') return { role: wish.role };
  return { role: wish.role, programme: wish.programme, unit: wish.unit, party: wish.role === 'member_organisation' ? wish.party : '' };
}

/// The same of a grant that there is.
export const words_of = (grant: Grant): Record<string, string> => ({ role: grant.role, programme: grant.programme, party: grant.party, unit: grant.unit?.code ?? '' });

/// "Công an" and "Xã Phố Bảng" → "Công an xã Phố Bảng".
export function office_name(body: string, unit: string): string {
  if (!body.trim()) return unit;
  return `${body.trim()} ${unit.charAt(0).toLocaleLowerCase('vi')}${unit.slice(1)}`;
}
