// SPDX-License-Identifier: Apache-2.0
import { words } from '../lib/i18n.svelte';

export const t = words({
  'evidence.title': { vi: 'Ghi kết quả kèm minh chứng', en: 'Record with evidence' },
  'evidence.number': { vi: 'Số, ký hiệu văn bản', en: 'Document number' },
  'evidence.date': { vi: 'Ngày văn bản', en: 'Document date' },
  'evidence.file': { vi: 'Tệp văn bản (PDF, DOCX; nhiều nhất 20 MB)', en: 'Document file (PDF, DOCX; up to 20 MB)' },
  'evidence.save': { vi: 'Ghi nhận', en: 'Record' },
  'evidence.excuse': { vi: 'Cho miễn…', en: 'Excuse…' },
  'evidence.why': { vi: 'Lý do', en: 'Reason' },
  'evidence.history': { vi: 'Diễn biến', en: 'What happened' },
  'evidence.nothing': { vi: 'Chưa có diễn biến nào.', en: 'Nothing has happened yet.' },
  'evidence.heir': { vi: 'Đơn vị tiền thân đã tự nộp báo cáo', en: 'The unit that ended sent the report itself' },
  'evidence.paper': { vi: 'Văn bản minh chứng', en: 'The document' },
  'event.claimed': { vi: 'Báo đã xong', en: 'Claimed' },
  'event.evidenced': { vi: 'Có minh chứng', en: 'Evidenced' },
  'event.returned': { vi: 'Trả lại', en: 'Returned' },
  'event.excused': { vi: 'Cho miễn', en: 'Excused' },
  'event.reopened': { vi: 'Mở lại', en: 'Reopened' },
  'event.withdrawn': { vi: 'Rút lại', en: 'Withdrawn' },
  'event.passed_on': { vi: 'Chuyển cho đơn vị kế thừa', en: 'Passed on' },
});
