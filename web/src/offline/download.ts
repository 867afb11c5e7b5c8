// SPDX-License-Identifier: Apache-2.0
// A draft as a file: the columns are those that "Tải lên" reads, so that it can be sent from any other device.
import { save } from '../lib/save';
import type { Cells } from '../lib/types';
import type { Place } from './sending';

const quoted = (text: string) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export function csvOf(place: Place, cells: Cells, comments: Cells = {}): string {
  const rows = Object.entries(cells).map(([code, value]) => [place.period, place.unit, code, value, comments[code] ?? '']);
  return [['period', 'unit', 'indicator', 'value', 'comment'], ...rows].map((row) => row.map(quoted).join(',') + '\r\n').join('');
}

export function downloadDraft(place: Place, cells: Cells, comments: Cells = {}) {
  // Excel takes a file for UTF-8 by its mark.
  const file = new Blob(['\ufeff' + csvOf(place, cells, comments)], { type: 'text/csv;charset=utf-8' });
  save(file, `${place.form}-${place.period}-${place.unit.replaceAll(':', '-')}.csv`);
}
