// SPDX-License-Identifier: Apache-2.0
import { words } from '../lib/i18n.svelte';

export const t = words({
  'entry.back': { vi: 'Việc của tôi', en: 'My work' },
  'entry.now': { vi: 'Kỳ này', en: 'This period' },
  'entry.lastyear': { vi: 'Cùng kỳ', en: 'Last year' },
  'entry.before': { vi: 'Kỳ trước', en: 'Last period' },
  'entry.send': { vi: 'Gửi báo cáo', en: 'Send report' },
  'entry.sendagain': { vi: 'Gửi bản sửa', en: 'Send correction' },
  'entry.sending': { vi: 'Đang gửi…', en: 'Sending…' },
  'entry.nil': { vi: 'Không phát sinh…', en: 'Nil report…' },
  'entry.nil.ask': {
    vi: 'Gửi báo cáo “không phát sinh”? Mọi chỉ tiêu phát sinh trong kỳ được ghi là 0.',
    en: 'Send a nil report? Every activity of the period is recorded as 0.',
  },
  'entry.saved': { vi: 'Bản nháp đã lưu {time}', en: 'Draft saved {time}' },
  'entry.saving': { vi: 'Đang lưu…', en: 'Saving…' },
  'entry.kept': { vi: 'Chưa lưu được lên máy chủ; số vừa nhập còn trên máy này', en: 'Not saved on the server yet; your figures are on this device' },
  'entry.left': { vi: 'còn {empty} ô trống, {errors} lỗi', en: '{empty} empty, {errors} wrong' },
  'entry.complete': { vi: 'đã đủ số liệu, không có lỗi', en: 'complete, nothing wrong' },
  'entry.accepted': {
    vi: 'Đã nhận báo cáo (phiên bản {version}, ngày nhận {on}). Số liệu đã được cộng vào tổng.',
    en: 'Report received (version {version}, on {on}). Its figures are in the totals.',
  },
  'entry.unchanged': { vi: 'Không có gì thay đổi so với bản đã nhận.', en: 'Nothing differs from the version already received.' },
  'entry.late': { vi: 'Báo cáo được ghi nhận là nộp trễ hạn.', en: 'It is recorded as late.' },
  'entry.refused': {
    vi: 'Chưa gửi được: còn {n} lỗi. Bản nháp vẫn được giữ.',
    en: 'Not sent: {n} errors. Your draft is kept.',
  },
  'entry.conflict': {
    vi: 'Máy chủ đã có phiên bản mới hơn. Bản nháp của bạn còn nguyên; mở bản mới để so sánh.',
    en: 'The server has a newer version. Your draft is kept; open the new version to compare.',
  },
  'entry.reload': { vi: 'Mở bản mới', en: 'Open new version' },
  'entry.notnumber': { vi: 'Không phải là số. Viết chữ số, ví dụ 1234 hoặc 1.234,5.', en: 'Not a number. Write digits, such as 1234 or 1,234.5.' },
  'entry.doubt': { vi: 'Không rõ là {a} hay {b}. Viết lại không có dấu ngăn.', en: 'It may mean {a} or {b}. Write it without separators.' },
  'entry.whole': { vi: 'Phải là số nguyên.', en: 'Must be a whole number.' },
  'entry.places': { vi: 'Nhiều nhất {n} chữ số sau dấu phẩy.', en: 'At most {n} decimals.' },
  'entry.range': { vi: 'Phải từ {min} đến {max}.', en: 'Must be from {min} to {max}.' },
  'entry.comment': { vi: 'Giải trình', en: 'Explanation' },
  'entry.versions': { vi: 'Các phiên bản', en: 'Versions' },
  'entry.nothing': { vi: 'Chưa có báo cáo nào được gửi.', en: 'No report has been sent yet.' },
  'entry.template': { vi: 'Tải biểu mẫu Excel', en: 'Excel template' },
  'entry.upload': { vi: 'Tải lên từ Excel', en: 'Upload Excel' },
  'entry.uploaded': { vi: 'Đã đọc tệp: nhận {ok}, chưa nhận {bad}.', en: 'File read: {ok} taken, {bad} refused.' },
});
