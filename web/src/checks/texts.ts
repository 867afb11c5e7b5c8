// SPDX-License-Identifier: Apache-2.0
import { words } from '../lib/i18n.svelte';

export const t = words({
  'decide.note': { vi: 'Lý do trả lại (đơn vị sẽ đọc được)', en: 'Why it is returned (the unit will read this)' },
  'checks.title': { vi: 'Kiểm tra báo cáo', en: 'Check reports' },
  'checks.lead': { vi: '{n} báo cáo, {doubtful} báo cáo có cảnh báo', en: '{n} reports, {doubtful} with warnings' },
  'checks.submitted': { vi: 'Chờ duyệt', en: 'To verify' },
  'checks.verified': { vi: 'Đã duyệt, chưa khóa', en: 'Verified, not locked' },
  'checks.none': { vi: 'Không có báo cáo nào chờ bạn duyệt.', en: 'No report waits for you.' },
  'checks.nonelock': { vi: 'Không có báo cáo nào đã duyệt mà chưa khóa.', en: 'No verified report waits to be locked.' },
  'checks.received': { vi: 'nhận ngày {on}', en: 'received on {on}' },
  'checks.late': { vi: 'nộp trễ hạn {due}', en: 'late, was due {due}' },
  'checks.nil': { vi: 'Không phát sinh', en: 'Nil report' },
  'checks.clean': { vi: 'Không có cảnh báo', en: 'No warnings' },
  'checks.comment': { vi: 'Đơn vị giải trình: {text}', en: 'Explained: {text}' },
  'checks.nocomment': { vi: 'Chưa có giải trình.', en: 'Not explained.' },
  'checks.more': { vi: 'Xem thêm {n} báo cáo', en: 'Show {n} more reports' },
  'decide.lock': { vi: 'Khóa', en: 'Lock' },
  'decide.unlock': { vi: 'Mở khóa…', en: 'Unlock…' },
  'decide.send': { vi: 'Trả lại báo cáo', en: 'Return the report' },
  'decide.reopen': { vi: 'Mở khóa báo cáo', en: 'Unlock the report' },
  'decide.cancel': { vi: 'Thôi', en: 'Cancel' },
  'decide.why': { vi: 'Lý do mở khóa', en: 'Why it is unlocked' },
  'decide.return': { vi: 'Trả lại…', en: 'Return…' },
  'decide.verify': { vi: 'Duyệt', en: 'Verify' },
});
