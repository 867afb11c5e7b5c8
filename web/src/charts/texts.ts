// SPDX-License-Identifier: Apache-2.0
import { words } from '../lib/i18n.svelte';

export const t = words({
  'chart.png': { vi: 'Tải PNG', en: 'PNG' },
  'chart.svg': { vi: 'Tải SVG', en: 'SVG' },
  'chart.table': { vi: 'Xem bảng', en: 'See the table' },
  'chart.notzero': { vi: 'Trục không bắt đầu từ 0.', en: 'The axis does not begin at 0.' },
  'chart.reform': { vi: '1/7/2025: sắp xếp đơn vị', en: '1/7/2025: units reorganised' },
  'chart.open': { vi: 'Đoạn nét đứt: kỳ chưa khép sổ.', en: 'Dashed: the period is not closed yet.' },
  'chart.gap': { vi: 'Dải gạch chéo: chưa có số liệu.', en: 'Hatched: no figure yet.' },
  'chart.median': { vi: 'trung vị {value}', en: 'median {value}' },
  'chart.keys': { vi: 'Phím mũi tên để đi qua từng số.', en: 'Arrows walk the figures.' },
  'chart.first': { vi: '{n} đơn vị đầu trong {m}', en: 'The first {n} of {m} units' },
  'chart.nothing': { vi: 'Chưa có số liệu nào để vẽ.', en: 'There is no figure to draw yet.' },
  'chart.line.say': { vi: 'Biểu đồ đường: {title}.', en: 'Line chart: {title}.' },
  'chart.bars.say': { vi: 'Biểu đồ cột ngang: {title}. Lớn nhất: {first}. Nhỏ nhất: {last}.', en: 'Bar chart: {title}. Largest: {first}. Smallest: {last}.' },
  'chart.multiples.say': { vi: 'Các biểu đồ nhỏ cùng một thang đo: {title}.', en: 'Small charts on one scale: {title}.' },
  'chart.spread.say': { vi: 'Phân bố: {title}. Nhỏ nhất {smallest}, trung vị {median}, lớn nhất {largest}.', en: 'Distribution: {title}. Smallest {smallest}, median {median}, largest {largest}.' },
});
