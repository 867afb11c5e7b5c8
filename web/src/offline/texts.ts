// SPDX-License-Identifier: Apache-2.0
import { words } from '../lib/i18n.svelte';

/// Sentence 12 of the wording table, for the errors that carry it.
export const full = {
  some: {
    vi: 'Bộ nhớ trình duyệt đã đầy, ô {cells} chưa lưu được. Tải bản nháp về máy, hoặc gửi bớt báo cáo đang chờ.',
    en: 'Browser storage is full; {cells} is not saved. Download the draft, or send waiting reports.',
  },
  all: {
    vi: 'Bộ nhớ trình duyệt đã đầy, số vừa nhập chưa lưu được. Tải bản nháp về máy, hoặc gửi bớt báo cáo đang chờ.',
    en: 'Browser storage is full; the last figures are not saved. Download the draft, or send waiting reports.',
  },
};

export const t = words({
  'offline.title': { vi: 'Chờ gửi', en: 'Waiting to send' },
});
