// SPDX-License-Identifier: Apache-2.0
#include "text/messages.hpp"

namespace phoihop::text {

namespace {

std::string_view value_of(const Problem::Facts& facts, std::string_view name)
{
    for (const auto& [key, value] : facts)
        if (key == name) return value;
    return {};
}

/// Fills one stretch without `[…]`; false when a fact that it names is absent.
bool fill_part(std::string_view pattern, const Problem::Facts& facts, std::string& out)
{
    bool whole = true;
    while (!pattern.empty()) {
        const std::size_t open = pattern.find('{');
        const std::size_t close = open == std::string_view::npos ? open : pattern.find('}', open);
        if (close == std::string_view::npos) {
            out += pattern;
            break;
        }
        out += pattern.substr(0, open);
        const std::string_view value = value_of(facts, pattern.substr(open + 1, close - open - 1));
        whole = whole && !value.empty();
        out += value;
        pattern.remove_prefix(close + 1);
    }
    return whole;
}

/// Longer sayings first: a head word is looked for only when nothing longer fits.
constexpr std::pair<std::string_view, std::string_view> vietnamese_words[] = {
    {"columns “indicator” and “value”, or a column for each indicator",
     "cột “indicator” (chỉ tiêu) và “value” (giá trị), hoặc mỗi chỉ tiêu một cột"},
    {"column “unit”", "cột “unit” (mã đơn vị)"},
    {"column “period” (or --period)", "cột “period” (kỳ), hoặc tùy chọn --period"},
    {"units (phoihop units import)", "đơn vị hành chính (chạy phoihop units import)"},
    {"demonstration accounts listen on 127.0.0.1 only",
     "cơ sở dữ liệu có tài khoản trình diễn chỉ phục vụ tại 127.0.0.1"},
    {"a place to write", "nơi ghi tệp"},
    {"client_id", "mã gửi (client_id)"},
    {"programme version", "phiên bản chương trình"},
    {"heir named by the act", "văn bản đã nêu đơn vị kế thừa"},
    {"no choice", "chưa chọn đơn vị kế thừa"},
    {"has users", "đã có tài khoản"},
    {"second document", "tài liệu YAML thứ hai trong cùng tệp"},
    {"unit code", "mã đơn vị"},
    {"head row", "dòng tiêu đề"},
    {"header row", "dòng tiêu đề"},
    {"account", "tài khoản"},
    {"act", "văn bản"},
    {"acts", "quyền được giao"},
    {"address", "địa chỉ"},
    {"alias", "bí danh YAML"},
    {"cap", "mức lớn nhất (cap)"},
    {"cells", "ô số liệu (cells)"},
    {"code", "mã"},
    {"column", "cột"},
    {"content", "nội dung"},
    {"deadline", "thời hạn"},
    {"decision_date", "ngày quyết định"},
    {"decision_number", "số quyết định"},
    {"directory", "thư mục"},
    {"duties", "đơn vị phải báo cáo (duties)"},
    {"evidence", "minh chứng"},
    {"fields", "số trường"},
    {"file", "tệp"},
    {"form", "biểu"},
    {"heir", "đơn vị kế thừa"},
    {"indicator", "chỉ tiêu"},
    {"key", "khóa"},
    {"kind", "loại"},
    {"label", "tên gọi"},
    {"level", "cấp"},
    {"levels", "cấp"},
    {"measure", "cách tính"},
    {"name", "tên"},
    {"note", "lý do"},
    {"number", "số"},
    {"obligation", "nhiệm vụ"},
    {"order", "cách sắp xếp"},
    {"origin", "yêu cầu từ trang khác"},
    {"parent", "đơn vị cấp trên"},
    {"party", "bên tham gia"},
    {"passage", "đoạn văn"},
    {"password", "mật khẩu"},
    {"period", "kỳ"},
    {"programme", "chương trình"},
    {"reason", "lý do"},
    {"received_on", "ngày nhận"},
    {"report", "báo cáo"},
    {"role", "vai trò"},
    {"sheet", "trang tính"},
    {"state", "trạng thái"},
    {"step", "bước xử lý"},
    {"succession", "quan hệ kế thừa"},
    {"unit", "đơn vị"},
    {"units", "đơn vị"},
    {"values", "số giá trị"},
    {"word", "từ"},
    {"worksheet", "trang tính"},
    // States of reports, documents, obligations and databases.
    {"draft", "dự thảo"},
    {"issued", "đã ban hành"},
    {"submitted", "đã gửi"},
    {"returned", "trả lại"},
    {"verified", "đã duyệt"},
    {"locked", "đã khóa"},
    {"withdrawn", "đã rút"},
    {"open", "chưa thực hiện"},
    {"claimed", "đã báo thực hiện"},
    {"evidenced", "đã có minh chứng"},
    {"excused", "được miễn"},
    {"passed_on", "đã chuyển cho đơn vị kế thừa"},
    {"living", "đang hoạt động"},
    {"filled", "đã có dữ liệu"},
    {"yourself", "tài khoản của chính bạn"},
};

/// The facts `what`, `state` and `source` are English words of the programs; those that a person may meet have a
/// Vietnamese one. What follows the word stays: "column “unit”", "form bm01".
std::string in_vietnamese(std::string_view what)
{
    std::string_view rest;
    for (std::string_view head = what;;) {
        for (const auto& [english, vietnamese] : vietnamese_words)
            if (english == head) return std::string(vietnamese) + std::string(rest);
        const std::size_t blank = head.find(' ');
        if (blank == std::string_view::npos) return std::string(what);
        rest = head.substr(blank);
        head = head.substr(0, blank);
    }
}

Message message_of(ProblemCode code)
{
    switch (code) {
        case ProblemCode::malformed:
            return {"Không đọc được[ “{found}”][ ở vị trí {position}].[ Cần viết theo dạng: {expected}.]",
                    "Cannot be read[: “{found}”][ at position {position}].[ Expected: {expected}.]"};
        case ProblemCode::missing: return {"Còn thiếu: {what}.", "Missing: {what}."};
        case ProblemCode::unknown_name:
            return {"Không có {what} nào tên là “{found}”.[ Có phải là “{nearest}”?][ Được dùng: {expected}.]",
                    "There is no {what} called “{found}”.[ Did you mean “{nearest}”?][ Known: {expected}.]"};
        case ProblemCode::ambiguous_name:
            return {"Có nhiều {what} cùng tên “{found}”: {candidates}. Cần ghi rõ hơn.",
                    "Several {what} are called “{found}”: {candidates}. Say which one."};
        case ProblemCode::out_of_range:
            return {"Giá trị[ {found}] nằm ngoài khoảng cho phép[ (từ {min}][ đến {max})].",
                    "The value[ {found}] is outside its limits[ (from {min}][ to {max})]."};
        case ProblemCode::not_whole:
            return {"“{found}” có nhiều chữ số thập phân hơn mức cho phép ({scale}).",
                    "“{found}” has more decimal places than allowed ({scale})."};
        case ProblemCode::too_large:
            return {"Quá lớn[: {found}]. Giới hạn là {limit}.", "Too large[: {found}]. The limit is {limit}."};
        case ProblemCode::wrong_type:
            return {"Nội dung không đúng loại[: {found}]. Cần: {expected}.",
                    "Content of another kind[: {found}]. Expected: {expected}."};
        case ProblemCode::duplicate:
            return {"Bị lặp: {what}[ (lần đầu ở {first})].", "Given twice: {what}[ (first at {first})]."};
        case ProblemCode::conflict:
            return {"Đã có phiên bản {current} mới hơn phiên bản {base} mà bạn đang sửa. Xem lại hai bản rồi gửi lại.",
                    "Version {current} is newer than version {base} that you changed. Compare both and send again."};
        case ProblemCode::inconsistent:
            return {"Các số liệu không khớp nhau[: {rule}][ ({left} và {right})].",
                    "These contradict each other[: {rule}][ ({left} and {right})]."};
        case ProblemCode::not_found: return {"Không tìm thấy[ {what}].", "Not found[: {what}]."};
        case ProblemCode::not_allowed:
            return {"Tài khoản của bạn không có quyền làm việc này[: {what}].",
                    "Your account may not do this[: {what}]."};
        case ProblemCode::not_signed_in: return {"Cần đăng nhập để tiếp tục.", "Sign in to go on."};
        case ProblemCode::period_not_open:
            return {"Kỳ {period} chưa mở[; ngày mở: {opens}].",
                    "Period {period} is not open yet[; it opens on {opens}]."};
        case ProblemCode::period_closed:
            return {"Kỳ {period} đã đóng[ ngày {closed}].", "Period {period} was closed[ on {closed}]."};
        case ProblemCode::not_owed:
            return {"Đơn vị này không phải nộp biểu {form} trong kỳ {period}.",
                    "This unit does not owe form {form} in period {period}."};
        case ProblemCode::machine_filled:
            return {"Biểu {form} do hệ thống tự lập từ {source}, không nhập tay.",
                    "Form {form} is filled from {source} and cannot be typed."};
        case ProblemCode::wrong_state:
            return {"Không làm được bước này khi đang ở trạng thái “{state}”.",
                    "This step does not follow from the state “{state}”."};
        case ProblemCode::not_additive:
            return {"Chỉ tiêu {indicator} không cộng được.", "Indicator {indicator} cannot be added."};
        case ProblemCode::simulated_only:
            return {"Chỉ làm được với chương trình mô phỏng.", "Only allowed in a simulated programme."};
        case ProblemCode::real_only:
            return {"Chỉ làm được với chương trình thật.", "Only allowed in a real programme."};
        case ProblemCode::busy:
            return {"Hệ thống đang bận[; thử lại sau {retry_s} giây][ (đang giữ: {holder})].",
                    "Busy[; try again in {retry_s} s][ (held by {holder})]."};
        case ProblemCode::newer_schema:
            return {"Cơ sở dữ liệu do phiên bản phần mềm mới hơn tạo ra ({found}; bản này biết đến {known}).",
                    "The database was written by a newer program ({found}; this one knows up to {known})."};
        case ProblemCode::too_many_requests:
            return {"Quá nhiều yêu cầu; thử lại sau {retry_s} giây.", "Too many requests; try again in {retry_s} s."};
        case ProblemCode::unsupported: return {"Chưa hỗ trợ[: {what}].", "Not supported[: {what}]."};
    }
    return {"Không làm được.", "Not possible."};
}

}  // namespace

std::string fill(std::string_view pattern, const Problem::Facts& facts)
{
    std::string out;
    while (!pattern.empty()) {
        const std::size_t open = pattern.find('[');
        const std::size_t close = open == std::string_view::npos ? open : pattern.find(']', open);
        if (close == std::string_view::npos) {
            fill_part(pattern, facts, out);
            break;
        }
        fill_part(pattern.substr(0, open), facts, out);
        std::string optional;
        if (fill_part(pattern.substr(open + 1, close - open - 1), facts, optional)) out += optional;
        pattern.remove_prefix(close + 1);
    }
    return out;
}

std::string sentence(const Problem& problem, Language language)
{
    Problem::Facts facts = problem.facts;
    if (language == Language::vi)
        for (auto& [key, value] : facts)
            if (key == "what" || key == "state" || key == "source") value = in_vietnamese(value);
    return fill(message_of(problem.code).in(language), facts);
}

}  // namespace phoihop::text
