// SPDX-License-Identifier: Apache-2.0
import { words } from '../lib/i18n.svelte';

export const t = words({
  'work.lead': { vi: '{unit} · ngày {on}', en: '{unit} · {on}' },
  'work.now': { vi: 'Cần làm ngay', en: 'Needs you now' },
  'work.soon': { vi: 'Trong hạn', en: 'Due' },
  'work.later': { vi: 'Chưa đến hạn', en: 'Later' },
  'work.done': { vi: 'Đã xong', en: 'Done' },
  'work.empty': { vi: 'Đơn vị của bạn không còn việc nào đang chờ.', en: 'Nothing is waiting for your unit.' },
  'work.fill': { vi: 'Nhập báo cáo', en: 'Fill in' },
  'work.mend': { vi: 'Sửa báo cáo', en: 'Mend' },
  'work.record': { vi: 'Ghi kết quả', en: 'Record' },
  'work.waiting': { vi: '{n} báo cáo chờ bạn kiểm tra', en: '{n} reports wait for you to check' },
});
