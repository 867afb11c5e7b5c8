// SPDX-License-Identifier: Apache-2.0
#include "text/messages.hpp"

#include "text/fact_words.hpp"

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
        case ProblemCode::not_found:
            return {"Không tìm thấy[ {what}][ trên bản đồ ngày {on}].", "Not found[: {what}][ on the map of {on}]."};
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

/// A sentence that begins with a fact begins with a capital. Words that begin with another letter than a–z or đ are
/// names or quotations and stay.
std::string sentence_case(std::string text)
{
    if (!text.empty() && 'a' <= text.front() && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    else if (text.starts_with("đ"))
        text.replace(0, std::string_view("đ").size(), "Đ");
    return text;
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
    for (auto& [key, value] : facts) value = fact_in_words(problem.code, key, value, language);
    return sentence_case(fill(message_of(problem.code).in(language), facts));
}

}  // namespace phoihop::text
