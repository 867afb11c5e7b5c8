// SPDX-License-Identifier: Apache-2.0
import { words } from '../lib/i18n.svelte';

export const t = words({
  'map.hoang_sa': { vi: 'Quần đảo Hoàng Sa', en: 'Quần đảo Hoàng Sa' },
  'map.truong_sa': { vi: 'Quần đảo Trường Sa', en: 'Quần đảo Trường Sa' },
  'map.sea': { vi: 'Biển Đông', en: 'Biển Đông' },
  'map.name': { vi: 'Bản đồ: {title}. {n} đơn vị, có quần đảo Hoàng Sa và quần đảo Trường Sa. Danh sách cùng số liệu ở bên cạnh.', en: 'Map: {title}. {n} units, with quần đảo Hoàng Sa and quần đảo Trường Sa. A list with the same data stands beside it.' },
  'map.units': { vi: 'Các đơn vị trên bản đồ', en: 'The units of the map' },
  'map.in': { vi: 'Phóng to', en: 'Zoom in' },
  'map.out': { vi: 'Thu nhỏ', en: 'Zoom out' },
  'map.whole': { vi: 'Xem toàn bộ', en: 'Show all' },
  'map.missing': { vi: 'chưa có số liệu', en: 'no figure yet' },
  'map.noplace': { vi: '{n} đơn vị chưa có vị trí trên bản đồ, xem trong danh sách.', en: '{n} units have no place on the map; they stand in the list.' },
  'map.without': { vi: 'chưa có vị trí', en: 'no place' },
  'map.keys': { vi: 'Mũi tên lên, xuống để đi qua từng đơn vị; Enter để mở.', en: 'Arrow keys go from unit to unit; Enter opens it.' },
  'map.svg': { vi: 'Tải bản đồ SVG', en: 'Download map as SVG' },
  'map.png': { vi: 'Tải bản đồ PNG', en: 'Download map as PNG' },
  'map.empty': { vi: 'Ngày này không có đơn vị nào ở cấp này.', en: 'There are no units of this level on this day.' },
});
