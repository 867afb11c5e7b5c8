// SPDX-License-Identifier: Apache-2.0
import { words } from '../lib/i18n.svelte';

export const t = words({
  'sign.title': { vi: 'Đăng nhập', en: 'Sign in' },
  'sign.name': { vi: 'Tên đăng nhập', en: 'User name' },
  'sign.password': { vi: 'Mật khẩu', en: 'Password' },
  'sign.show': { vi: 'Hiện', en: 'Show' },
  'sign.hide': { vi: 'Ẩn', en: 'Hide' },
  'sign.go': { vi: 'Đăng nhập', en: 'Sign in' },
  'sign.wait': { vi: 'Đang kiểm tra…', en: 'Checking…' },
  'sign.forgot': {
    vi: 'Quên mật khẩu: đề nghị người quản trị của đơn vị cấp lại.',
    en: 'Forgot it? Ask your administrator for a new one.',
  },
  'sign.lead': {
    vi: 'Ai nợ việc gì, ai đã làm, cộng lại được bao nhiêu, còn thiếu gì.',
    en: 'Who owes what, who has done it, what it adds up to, what is missing.',
  },
  'change.title': { vi: 'Đặt mật khẩu mới', en: 'Choose a new password' },
  'change.lead': {
    vi: 'Mật khẩu hiện tại do người khác cấp. Đặt mật khẩu của riêng bạn để bắt đầu làm việc.',
    en: 'Somebody else gave you this password. Choose your own to begin.',
  },
  'change.old': { vi: 'Mật khẩu hiện tại', en: 'Present password' },
  'change.new': { vi: 'Mật khẩu mới (ít nhất 10 ký tự)', en: 'New password (at least 10 characters)' },
  'change.go': { vi: 'Đổi mật khẩu', en: 'Change password' },
});
