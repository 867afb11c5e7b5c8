// SPDX-License-Identifier: Apache-2.0
import { words } from '../lib/i18n.svelte';

export const t = words({
  'explore.title': { vi: 'Khai thác số liệu', en: 'Explore figures' },
  'explore.indicators': { vi: 'Chỉ tiêu', en: 'Indicators' },
  'explore.from': { vi: 'Từ kỳ', en: 'From' },
  'explore.to': { vi: 'Đến kỳ', en: 'To' },
  'explore.units': { vi: 'Đơn vị', en: 'Units' },
  'explore.nation': { vi: 'Cả nước', en: 'Nation' },
  'explore.provinces': { vi: 'Các tỉnh, thành phố', en: 'All provinces' },
  'explore.children': { vi: 'Đơn vị trực thuộc {unit}', en: 'Under {unit}' },
  'explore.measure': { vi: 'Báo cáo được tính', en: 'Reports counted' },
  'explore.received': { vi: 'Đã nhận', en: 'Received' },
  'explore.verified': { vi: 'Đã duyệt', en: 'Verified' },
  'explore.csv': { vi: 'Xuất CSV', en: 'Export CSV' },
  'explore.nobody': { vi: 'Không đơn vị nào phải báo cáo trong kỳ này', en: 'Nobody reports this in the period' },
  'explore.pick': { vi: 'Chọn ít nhất một chỉ tiêu và một kỳ đã mở để xem số liệu.', en: 'Choose at least one indicator and one opened period.' },
  'explore.undivided': { vi: 'Chưa chia được cho cấp dưới', en: 'Undivided' },
  'explore.own': { vi: 'Do chính {unit} thực hiện', en: 'Done by {unit} itself' },
  'explore.before': { vi: 'Trước sắp xếp (30/6/2025 · 63 tỉnh)', en: 'Before the reorganisation (30/6/2025 · 63)' },
  'explore.after': { vi: 'Từ 1/7/2025 · 34 tỉnh', en: 'From 1/7/2025 · 34' },
  'explore.today': { vi: 'Hôm nay', en: 'Today' },
  'explain.title': { vi: 'Giải thích số này', en: 'Explain this figure' },
  'explain.parts': { vi: 'Gồm', en: 'Parts' },
  'explain.reports': { vi: 'Từ các báo cáo', en: 'From these reports' },
  'explain.missing': { vi: 'Chưa có báo cáo của', en: 'Missing' },
  'explain.formula': { vi: 'Công thức', en: 'Formula' },
});
