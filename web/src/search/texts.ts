// SPDX-License-Identifier: Apache-2.0
import { words } from '../lib/i18n.svelte';

export const t = words({
  'search.title': { vi: 'Tìm kiếm', en: 'Search' },
  'search.label': { vi: 'Tìm đơn vị, biểu, chỉ tiêu, trang, thao tác', en: 'Find units, forms, indicators, pages, actions' },
  'search.hint': { vi: 'Không cần gõ dấu. Tên cũ cũng tìm được.', en: 'No marks needed. Former names are found too.' },
  'search.group.page': { vi: 'Trang', en: 'Pages' },
  'search.group.form': { vi: 'Biểu số liệu', en: 'Forms' },
  'search.group.indicator': { vi: 'Chỉ tiêu', en: 'Indicators' },
  'search.group.unit': { vi: 'Đơn vị', en: 'Units' },
  'search.group.action': { vi: 'Thao tác', en: 'Actions' },
  'search.found': { vi: '{n} kết quả', en: '{n} results' },
  'search.none': { vi: 'Không có gì khớp “{text}”. Thử ít chữ hơn, hoặc mã đơn vị, mã chỉ tiêu.', en: 'Nothing matches “{text}”. Try fewer letters, or a code.' },
  'search.unanswered': { vi: 'Chưa tìm được đơn vị: máy chủ chưa trả lời. Kết quả khác vẫn đúng.', en: 'Units were not searched: no answer from the server. The rest stands.' },
  'search.ended': { vi: 'hết hiệu lực sau {day}', en: 'ended after {day}' },
  'search.heir': { vi: 'kế thừa {name}', en: 'successor of {name}' },
  'search.action.light': { vi: 'Nền sáng', en: 'Light theme' },
  'search.action.dark': { vi: 'Nền tối', en: 'Dark theme' },
  'search.action.system': { vi: 'Nền theo máy', en: 'Theme of the system' },
  'search.action.language': { vi: 'Chuyển sang tiếng Anh (English)', en: 'Switch to Vietnamese (Tiếng Việt)' },
  'search.action.comfortable': { vi: 'Khoảng cách dòng: thoáng', en: 'Density: comfortable' },
  'search.action.normal': { vi: 'Khoảng cách dòng: vừa', en: 'Density: normal' },
  'search.action.compact': { vi: 'Khoảng cách dòng: dày', en: 'Density: compact' },
  'search.action.keys': { vi: 'Xem phím tắt', en: 'Show keyboard shortcuts' },
  'search.action.print': { vi: 'In trang này', en: 'Print this page' },
  'search.action.calendar': { vi: 'Địa chỉ lịch (.ics) của đơn vị', en: 'The unit’s calendar address (.ics)' },
});
