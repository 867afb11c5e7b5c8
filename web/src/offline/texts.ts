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
  'offline.badge': { vi: 'Mất kết nối', en: 'Offline' },
  'offline.badge.waiting': { vi: '{n} mục chờ gửi', en: '{n} waiting to send' },
  'offline.badge.ended': { vi: 'Phiên làm việc đã hết hạn · Đăng nhập lại', en: 'Session ended · Sign in again' },
  'offline.sent': { vi: 'Đã gửi báo cáo đang chờ: {what}', en: 'A waiting report was sent: {what}' },

  'again.title': { vi: 'Đăng nhập lại', en: 'Sign in again' },
  'again.lead': {
    vi: 'Phiên làm việc đã hết hạn. Bản nháp còn trên máy này. Đăng nhập lại để gửi tiếp.',
    en: 'Your session has ended. The draft is on this device. Sign in again to send it.',
  },
  'again.name': { vi: 'Tên đăng nhập', en: 'User name' },
  'again.password': { vi: 'Mật khẩu', en: 'Password' },
  'again.go': { vi: 'Đăng nhập', en: 'Sign in' },
  'again.stay': { vi: 'Để sau, nhập tiếp', en: 'Later, go on typing' },
  'again.other': { vi: 'Đăng nhập tài khoản khác', en: 'Sign in as somebody else' },
  'again.other.hint': {
    vi: 'Tài khoản khác không đọc được những gì đang chờ của {name}; chúng vẫn nằm trên máy này cho đến khi {name} đăng nhập lại.',
    en: 'Another account cannot read what waits for {name}; it stays on this device until {name} signs in again.',
  },

  'leave.title': { vi: 'Đăng xuất khi còn {n} mục chưa gửi?', en: 'Sign out with {n} unsent items?' },
  'leave.lead': {
    vi: 'Đăng xuất sẽ xóa khỏi máy này mọi bản nháp và báo cáo chưa gửi của tài khoản. Máy chủ chưa có những mục sau:',
    en: 'Signing out takes every unsent draft and report of this account off this device. The server does not have these:',
  },
  'leave.draft': { vi: 'bản nháp', en: 'draft' },
  'leave.report': { vi: 'báo cáo chờ gửi', en: 'report waiting to be sent' },
  'leave.go': { vi: 'Đăng xuất và xóa', en: 'Sign out and remove' },
  'leave.stay': { vi: 'Ở lại để gửi', en: 'Stay and send' },
  'leave.download': { vi: 'Tải tất cả về máy', en: 'Download all' },

  'outbox.title': { vi: 'Chờ gửi', en: 'Waiting to send' },
  'outbox.lead': {
    vi: 'Những gì đã lưu trên máy này mà máy chủ chưa có. Báo cáo tự gửi khi có mạng, mỗi báo cáo chỉ được tính một lần.',
    en: 'What is kept on this device and the server does not have yet. Reports are sent when the line is back; each counts once.',
  },
  'outbox.lead.bare': {
    vi: 'Địa chỉ này không dùng HTTPS nên trình duyệt không cho lưu trên máy: mất mạng thì bản nháp chỉ còn trong trang đang mở. Người quản trị bật HTTPS để nhập được khi mất mạng.',
    en: 'This address does not use HTTPS, so the browser keeps nothing on this device: without a line a draft is only in the open page. With HTTPS, set up by the administrator, entry works without a line.',
  },
  'outbox.offline': {
    vi: 'Đang mất kết nối. {n} ô đã lưu trên máy này, sẽ tự gửi khi có mạng. Vẫn nhập tiếp được.',
    en: 'No connection. {n} cells are kept on this device and will be sent when the line is back. You can go on.',
  },
  'outbox.empty': { vi: 'Không có gì chờ gửi. Máy chủ đã có mọi báo cáo gửi từ máy này.', en: 'Nothing waits. The server has every report sent from this device.' },
  'outbox.drafts': { vi: 'Bản nháp chỉ có trên máy này', en: 'Drafts that are on this device only' },
  'outbox.reports': { vi: 'Báo cáo đã bấm gửi', en: 'Reports to be sent' },
  'outbox.cells': { vi: '{n} ô', en: '{n} cells' },
  'outbox.nil': { vi: 'không phát sinh', en: 'nil report' },
  'outbox.withdraw': { vi: 'rút báo cáo', en: 'withdrawal' },
  'outbox.at': { vi: 'máy này, {at}', en: 'this device, {at}' },
  'outbox.send': { vi: 'Gửi ngay', en: 'Send now' },
  'outbox.sending': { vi: 'Đang gửi…', en: 'Sending…' },
  'outbox.all': { vi: 'Gửi tất cả', en: 'Send all' },
  'outbox.open': { vi: 'Mở biểu', en: 'Open form' },
  'outbox.choose': { vi: 'Chọn giá trị từng ô', en: 'Choose cell by cell' },
  'outbox.mend': { vi: 'Mở biểu để sửa', en: 'Open the form to correct' },
  'outbox.late': { vi: 'Mở biểu, gửi bản sửa sau hạn', en: 'Open the form, send a late correction' },
  'outbox.download': { vi: 'Tải về', en: 'Download' },
  'outbox.away': { vi: 'Bỏ…', en: 'Throw away…' },
  'outbox.ask': { vi: 'Chép lời đề nghị mở lại', en: 'Copy a request to reopen' },
  'outbox.asked': { vi: 'Đã chép lời đề nghị. Dán vào thư hoặc tin nhắn gửi cấp trên.', en: 'Copied. Paste it into a message to the upper level.' },
  'outbox.request': {
    vi: 'Đề nghị mở lại báo cáo: {what}. Số liệu đã lập xong lúc {at}, chưa gửi được vì {why}',
    en: 'Request to reopen the report: {what}. The figures were ready at {at} and could not be sent: {why}',
  },
  'outbox.away.title': { vi: 'Bỏ mục này?', en: 'Throw this away?' },
  'outbox.away.lead': { vi: '{what}: số liệu sẽ bị xóa khỏi máy này, không lấy lại được.', en: '{what}: its figures leave this device and cannot be brought back.' },
  'outbox.away.tried': {
    vi: 'Mục này đã được gửi mà chưa có trả lời: máy chủ có thể đã nhận. Mở biểu khi có mạng để xem.',
    en: 'It was sent without an answer: the server may have it. Open the form with a line to see.',
  },
  'outbox.away.go': { vi: 'Bỏ, xóa khỏi máy này', en: 'Throw away' },
  'outbox.away.stay': { vi: 'Giữ lại', en: 'Keep' },
  'why.line': { vi: 'Chờ mạng. Sẽ tự gửi.', en: 'Waits for the line. It will be sent by itself.' },
  'why.session': { vi: 'Phiên làm việc đã hết hạn. Đăng nhập lại để gửi tiếp.', en: 'The session has ended. Sign in again to send it.' },
  'why.conflict': {
    vi: 'Máy chủ đã có phiên bản mới hơn. Chưa ghi đè ô nào. Chọn giá trị cho từng ô.',
    en: 'The server has a newer version. Nothing was overwritten. Choose a value for each cell.',
  },
  'why.refused': { vi: 'Máy chủ chưa nhận: {why}', en: 'Not taken by the server: {why}' },
  'why.locked': {
    vi: 'Kỳ {period} đã khóa. Số liệu chưa gửi vẫn được giữ. Đề nghị cấp trên mở lại, hoặc gửi bản sửa sau hạn.',
    en: 'The period {period} is locked. Unsent figures are kept. Ask for it to be reopened, or send a late correction.',
  },
  'why.closed': {
    vi: 'Kỳ {period} đã khóa ngày {on}. Số liệu chưa gửi vẫn được giữ. Đề nghị cấp trên mở lại, hoặc gửi bản sửa sau hạn.',
    en: 'The period {period} was locked on {on}. Unsent figures are kept. Ask for it to be reopened, or send a late correction.',
  },

  'conflict.title': { vi: 'Hai bản khác nhau', en: 'Conflict' },
  'conflict.lead': {
    vi: 'Người khác đã sửa {n} ô trong lúc máy này mất kết nối. Chưa ghi đè ô nào. Chọn giá trị cho từng ô.',
    en: 'Somebody else changed {n} cells while this device was offline. Nothing was overwritten. Choose a value for each.',
  },
  'conflict.same': {
    vi: 'Máy chủ đã có phiên bản mới hơn với đúng những số này. Không còn gì phải chọn.',
    en: 'The server has a newer version with exactly these figures. There is nothing to choose.',
  },
  'conflict.cell': { vi: 'Ô', en: 'Cell' },
  'conflict.mine': { vi: 'Số của tôi', en: 'Mine' },
  'conflict.theirs': { vi: 'Số trên máy chủ', en: "The server's" },
  'conflict.here': { vi: '{at}, máy này', en: '{at}, this device' },
  'conflict.who': { vi: '{at}, {who}', en: '{at}, {who}' },
  'conflict.draft': { vi: '{at}, bản nháp từ máy khác', en: '{at}, draft from another device' },
  'conflict.empty': { vi: 'trống', en: 'empty' },
  'conflict.all.mine': { vi: 'Giữ cả cột của tôi', en: 'Keep all of mine' },
  'conflict.all.theirs': { vi: 'Lấy cả cột trên máy chủ', en: "Take all of the server's" },
  'conflict.go': { vi: 'Gửi {n} ô', en: 'Send {n} cells' },
  'conflict.left': { vi: 'Còn {n} ô chưa chọn', en: '{n} cells not chosen yet' },
  'conflict.use': { vi: 'Dùng bản trên máy chủ', en: "Use the server's version" },
});
