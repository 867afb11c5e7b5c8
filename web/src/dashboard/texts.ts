// SPDX-License-Identifier: Apache-2.0
import { words } from '../lib/i18n.svelte';

export const t = words({
  'dash.title': { vi: 'Bảng tổng quan', en: 'Dashboard' },
  'dash.own': { vi: 'Cách xem của tôi', en: 'My views' },
  'dash.default': { vi: 'Theo từng mặt công tác', en: 'By field of work' },
  'dash.about': { vi: '{unit} · kỳ gần nhất đã hết: {period}', en: '{unit} · latest period that is over: {period}' },
  'dash.open': { vi: 'Mở trong Khai thác', en: 'Open in Explore' },
  'dash.off': { vi: 'Bỏ khỏi bảng', en: 'Take off' },
  'dash.on': { vi: 'Đưa lên bảng', en: 'Put on the dashboard' },
  'dash.drop': { vi: 'Xóa', en: 'Delete' },
  'dash.dropped': { vi: 'Đã xóa cách xem “{name}”.', en: 'The view “{name}” is deleted.' },
  'dash.undo': { vi: 'Hoàn tác', en: 'Undo' },
  'dash.actions': { vi: 'Việc với “{name}”', en: 'Actions for “{name}”' },
  'dash.rest': { vi: 'Cách xem đã lưu, chưa đưa lên bảng', en: 'Saved views that are not on the dashboard' },
  'dash.none': { vi: 'Chưa lưu cách xem nào. Trong trang Khai thác số liệu, chọn số liệu cần theo dõi rồi bấm “Lưu cách xem”; mỗi cách xem thành một thẻ ở đây.', en: 'No view is saved yet. On the Explore page choose what to follow and press “Save view”; each becomes a card here.' },
  'dash.noperiod': { vi: 'Chưa mở kỳ nào. Số liệu có ở đây khi kỳ đầu tiên được mở và có báo cáo.', en: 'No period is open yet. Figures stand here once the first one is opened and reported.' },
  'dash.year': { vi: '{change} so cùng kỳ', en: '{change} on last year' },
  'dash.course': { vi: '{name}: từ {first} ({from}) đến {last} ({to}).', en: '{name}: from {first} ({from}) to {last} ({to}).' },
});
