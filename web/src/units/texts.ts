// SPDX-License-Identifier: Apache-2.0
import { words } from '../lib/i18n.svelte';

export const t = words({
  'units.title': { vi: 'Đơn vị', en: 'Units' },
  'units.find': { vi: 'Tìm đơn vị: gõ không dấu, tên cũ, viết tắt đều được', en: 'Find a unit: without marks, old names, abbreviations' },
  'units.first': { vi: 'Các tỉnh, thành phố ({n})', en: 'Provinces and cities ({n})' },
  'units.none': { vi: 'Không tìm thấy đơn vị nào. Thử gõ ít chữ hơn.', en: 'No unit found. Try fewer words.' },
  'units.became': { vi: 'nay thuộc: {names}', en: 'now part of: {names}' },
  'unit.valid': { vi: 'Từ {from} đến {to}', en: 'From {from} to {to}' },
  'unit.since': { vi: 'Từ {from} đến nay', en: 'Since {from}' },
  'unit.always': { vi: 'Đang tồn tại', en: 'Exists' },
  'unit.until': { vi: 'Đến {to}', en: 'Until {to}' },
  'unit.path': { vi: 'Thuộc', en: 'Within' },
  'unit.history': { vi: 'Tên, mã và cấp trên qua các thời kỳ', en: 'Names, codes and parents through time' },
  'unit.origins': { vi: 'Đơn vị tiền thân', en: 'Predecessors' },
  'unit.heirs': { vi: 'Đơn vị kế thừa', en: 'Successors' },
  'unit.children': { vi: 'Đơn vị trực thuộc', en: 'Units below' },
  'unit.duties': { vi: 'Việc phải làm', en: 'Obligations' },
  'unit.committee': { vi: 'Ban Chỉ đạo', en: 'Committee' },
  'unit.figures': { vi: 'Xem số liệu', en: 'See figures' },
  'unit.noduties': { vi: 'Không có việc nào trong các kỳ đã mở.', en: 'Nothing in the opened periods.' },
  'share.full': { vi: 'toàn bộ', en: 'all' },
  'share.part': { vi: 'một phần', en: 'part' },
  'share.none': { vi: 'không', en: 'none' },
  'share.land': { vi: 'đất: {part}', en: 'land: {part}' },
  'share.people': { vi: 'dân: {part}', en: 'people: {part}' },
});
