// SPDX-License-Identifier: Apache-2.0
#include "text/fact_words.hpp"

#include <algorithm>
#include <span>

namespace phoihop::text {

namespace {

/// A word of the programs, and how it is said. An English word that is well said already stands only once.
struct FactWord {
    std::string_view word;
    std::string_view vi;
    std::string_view en = {};
};

/// What is missing, unknown, twice or not found.
constexpr FactWord things[] = {
    {"*.csv", "tệp .csv", "a .csv file"},
    {"--demo", "--demo (ngày riêng chỉ dành cho dữ liệu mô phỏng)",
     "--demo (only what is simulated has a day of its own)"},
    {".csv", "tệp .csv", "a .csv file"},
    {".yaml", "tệp .yaml của chương trình", "the programme's .yaml files"},
    {"Content-Length", "dòng Content-Length", "the Content-Length header"},
    {"X-CSRF-Token", "yêu cầu không gửi từ trang đang mở; tải lại trang rồi thử lại",
     "the request did not come from an open page; load the page again"},
    {"a place to write", "nơi ghi tệp"},
    {"account", "tài khoản"},
    {"act", "văn bản làm căn cứ", "legal act"},
    {"acts", "việc được làm", "what it is good for"},
    {"address", "địa chỉ"},
    {"alias", "bí danh (YAML alias)", "YAML alias"},
    {"cap", "mức trần (cap)"},
    {"cells", "ô số liệu"},
    {"client_id", "mã lần gửi (client_id)"},
    {"code", "mã"},
    {"column", "cột"},
    {"column “period” (or --period)", "cột “period” (hoặc --period)"},
    {"column “unit”", "cột “unit” (mã đơn vị)"},
    {"columns “indicator” and “value”, or a column for each indicator",
     "cột “indicator” và cột “value”, hoặc mỗi chỉ tiêu một cột"},
    {"content", "nội dung"},
    {"create_token", "cấp mã truy cập", "create a token"},
    {"deadline", "thời hạn"},
    {"decision_date", "ngày văn bản", "the document's date"},
    {"decision_number", "số, ký hiệu văn bản", "the document's number"},
    {"demonstration accounts listen on 127.0.0.1 only", "máy chủ có tài khoản trình diễn chỉ phục vụ tại 127.0.0.1"},
    {"depth", "số tầng lồng nhau", "levels of nesting"},
    {"directory", "thư mục"},
    {"calendar", "lịch"},
    {"document", "văn bản"},
    {"duties", "đơn vị phải nộp (duties)"},
    {"evidence", "minh chứng"},
    {"fields", "trường dữ liệu"},
    {"file", "tệp"},
    {"form", "biểu"},
    {"format", "kiểu tệp"},
    {"head row", "dòng tiêu đề"},
    {"header row", "dòng tiêu đề"},
    {"heir", "đơn vị kế thừa"},
    {"host", "tên máy chủ"},
    {"indicator", "chỉ tiêu"},
    {"invitation", "lời mời còn hiệu lực", "invitation that still opens"},
    {"key", "mục"},
    {"kind", "loại"},
    {"label", "tên gọi"},
    {"level", "cấp"},
    {"levels", "cấp phải làm (levels)"},
    {"measure", "cách tính"},
    {"name", "tên"},
    {"note", "lý do", "the reason"},
    {"number", "số"},
    {"obligation", "việc phải làm"},
    {"one Host header", "đúng một dòng Host"},
    {"order", "cách sắp xếp"},
    {"origin", "yêu cầu gửi từ trang khác", "the request came from another site"},
    {"overdue", "việc quá hạn trong các đơn vị đã chọn", "anything overdue among the units chosen"},
    {"parent", "đơn vị cấp trên"},
    {"party", "cơ quan, tổ chức tham gia"},
    {"passage", "đoạn văn"},
    {"password", "mật khẩu"},
    {"period", "kỳ"},
    {"pg_restore", "chương trình pg_restore", "the program pg_restore"},
    {"programme", "chương trình"},
    {"programme version", "phiên bản chương trình"},
    {"programmes (phoihop programme load)", "chương trình (chạy phoihop programme load)"},
    {"reading", "phạm vi"},
    {"reason", "lý do", "the reason"},
    {"received_on", "ngày nhận báo cáo", "the day of receipt"},
    {"report", "báo cáo"},
    {"role", "vai trò"},
    {"second document", "văn bản YAML thứ hai trong cùng một tệp", "a second YAML document in one file"},
    {"session", "phiên làm việc"},
    {"sheet", "trang tính"},
    {"state", "trạng thái"},
    {"step", "bước xử lý"},
    {"succession", "quan hệ kế thừa"},
    {"token_act", "việc mà mã truy cập được làm", "act of a token"},
    {"unit", "đơn vị"},
    {"unit above", "đơn vị cấp trên", "the unit above"},
    {"unit code", "mã đơn vị"},
    {"units", "đơn vị"},
    {"units (phoihop units import)", "danh mục đơn vị (nạp bằng phoihop units import)"},
    {"values", "giá trị"},
    {"word", "từ"},
    {"yourself", "tài khoản của chính bạn", "your own account"},
    {"worksheet", "trang tính"},
};

/// What an account may not do: the acts of accounts/act.hpp, and what else is refused as not allowed.
constexpr FactWord acts[] = {
    {"enter", "nhập số liệu", "enter figures"},
    {"evidence", "ghi kết quả, minh chứng", "record results with evidence"},
    {"excuse", "cho miễn", "excuse an obligation"},
    {"import_units", "nạp danh mục đơn vị", "import units"},
    {"issue_document", "lập, ban hành văn bản", "make and issue documents"},
    {"load_programme", "nạp chương trình", "load a programme"},
    {"lock", "khóa, mở khóa báo cáo", "lock and unlock reports"},
    {"manage_users", "quản lý tài khoản", "manage accounts"},
    {"open_period", "mở kỳ báo cáo", "open periods"},
    {"operate", "vận hành hệ thống", "operate the installation"},
    {"read_figures", "xem số liệu của đơn vị", "read the unit's figures"},
    {"read_totals", "xem số tổng hợp của đơn vị", "read the unit's totals"},
    {"received_on", "ghi ngày nhận báo cáo", "set the day of receipt"},
    {"report", "ghi tay kết quả của báo cáo; báo cáo hoàn thành khi gửi số liệu",
     "record a report by hand; it is done by sending its figures"},
    {"return_report", "trả lại báo cáo", "return reports"},
    {"set_received_day", "ghi ngày nhận báo cáo", "set the day of receipt"},
    {"simulate", "tạo dữ liệu mô phỏng", "simulate"},
    {"submit", "gửi báo cáo", "send reports"},
    {"verify", "duyệt báo cáo", "verify reports"},
};

/// States of reports, obligations, documents and units.
constexpr FactWord states[] = {
    {"claimed", "đã báo, chờ duyệt"},
    {"divided", "đã chia"},
    {"draft", "dự thảo"},
    {"empty", "chưa có dữ liệu"},
    {"evidenced", "có minh chứng"},
    {"excused", "được miễn"},
    {"filled", "đã có dữ liệu"},
    {"has users", "đã có tài khoản"},
    {"heir chosen", "đã chọn đơn vị kế thừa"},
    {"heir named by the act", "văn bản đã nêu đơn vị kế thừa"},
    {"issued", "đã ban hành"},
    {"living", "đang tồn tại"},
    {"locked", "đã khóa"},
    {"must_change", "chưa đổi mật khẩu được cấp", "has not changed the given password"},
    {"no choice", "chưa chọn"},
    {"open", "chưa thực hiện"},
    {"passed_on", "đã chuyển đơn vị kế thừa", "passed on"},
    {"returned", "bị trả lại"},
    {"signed_in_once", "đã đăng nhập và tự đặt mật khẩu", "signed in and chose a password"},
    {"submitted", "đã gửi, chờ duyệt"},
    {"verified", "đã duyệt"},
    {"withdrawn", "đã rút"},
};

/// What would be right, and the kinds of content.
constexpr FactWord forms[] = {
    {"YYYY-MM-DD", "năm-tháng-ngày, ví dụ 2026-10-02", "year-month-day, such as 2026-10-02"},
    {"a .yaml file or a folder of them", "tệp .yaml hoặc thư mục chứa các tệp đó"},
    {"a name", "tên"},
    {"a readable file", "tệp đọc được"},
    {"an IP address", "địa chỉ IP"},
    {"array", "danh sách", "list"},
    {"boolean", "true hoặc false", "true or false"},
    {"code", "mã"},
    {"dd/mm/yyyy", "ngày/tháng/năm", "day/month/year"},
    {"decimal", "số viết bằng chữ số, dấu chấm cho phần thập phân", "digits, with a point before decimals"},
    {"list", "danh sách"},
    {"list of texts", "danh sách các chữ"},
    {"null", "không có gì", "nothing"},
    {"number", "số"},
    {"object", "nhóm mục có tên", "members by name"},
    {"something else", "nội dung khác"},
    {"text", "chữ"},
    {"whole number", "số nguyên"},
};

const FactWord* find(std::span<const FactWord> words, std::string_view word)
{
    const auto found =
        std::find_if(words.begin(), words.end(), [&](const FactWord& each) { return each.word == word; });
    return found == words.end() ? nullptr : &*found;
}

std::string said(const FactWord& word, Language language)
{
    if (language == Language::vi) return std::string(word.vi);
    return std::string(word.en.empty() ? word.word : word.en);
}

/// "file units.csv": a known thing with the name of one.
std::string thing(std::string_view value, Language language)
{
    if (const FactWord* known = find(things, value)) return said(*known, language);
    const std::size_t blank = value.find(' ');
    if (blank == std::string_view::npos) return std::string(value);
    const FactWord* known = find(things, value.substr(0, blank));
    return known == nullptr ? std::string(value) : said(*known, language) + std::string(value.substr(blank));
}

bool is_date(std::string_view value)
{
    constexpr std::string_view pattern = "0000-00-00";
    return value.size() == pattern.size() &&
           std::equal(value.begin(), value.end(), pattern.begin(),
                      [](char c, char wanted) { return wanted == '-' ? c == '-' : '0' <= c && c <= '9'; });
}

}  // namespace

std::string fact_in_words(ProblemCode code, std::string_view fact, std::string_view value, Language language)
{
    const FactWord* known = nullptr;
    if (fact == "what") {
        if (code == ProblemCode::not_allowed) known = find(acts, value);
        return known == nullptr ? thing(value, language) : said(*known, language);
    }
    if (fact == "state" || fact == "wanted") known = find(states, value);
    // What somebody typed is said as it was typed, but the kind of a content is a word of ours.
    if (fact == "expected" || (fact == "found" && code == ProblemCode::wrong_type)) known = find(forms, value);
    if (known != nullptr) return said(*known, language);
    if ((fact == "opens" || fact == "closed" || fact == "on") && language == Language::vi && is_date(value))
        return std::string(value.substr(8)) + "/" + std::string(value.substr(5, 2)) + "/" +
               std::string(value.substr(0, 4));
    return std::string(value);
}

bool is_known_what(std::string_view word)
{
    return find(things, word) != nullptr || find(acts, word) != nullptr;
}

}  // namespace phoihop::text
