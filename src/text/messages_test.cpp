// SPDX-License-Identifier: Apache-2.0
#include "text/fact_words.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

using namespace phoihop;
using text::Language;

TEST_CASE("messages: an optional part is said only when its fact is known")
{
    const Problem known{ProblemCode::period_not_open, {}, {{"period", "2025-Q3"}, {"opens", "2025-10-01"}}};
    const Problem unknown{ProblemCode::period_not_open, {}, {{"period", "2025-Q3"}}};
    CHECK(text::sentence(known, Language::vi) == "Kỳ 2025-Q3 chưa mở; ngày mở: 01/10/2025.");
    CHECK(text::sentence(unknown, Language::vi) == "Kỳ 2025-Q3 chưa mở.");
    CHECK(text::sentence(unknown, Language::en) == "Period 2025-Q3 is not open yet.");
}

TEST_CASE("messages: a fact that contains braces or brackets is printed as it is")
{
    CHECK(text::fill("a {x} b", {{"x", "{y} [z]"}}) == "a {y} [z] b");
    CHECK(text::fill("a [({x}) ]b", {{"x", "]"}}) == "a (]) b");
}

namespace {

/// The words that stand in {"what", "…"} of the programs, without the blank that a name follows.
std::vector<std::string> whats_of(const std::filesystem::path& file)
{
    std::ostringstream whole;
    whole << std::ifstream(file).rdbuf();
    const std::string text = whole.str();
    constexpr std::string_view before = "{\"what\", \"";
    std::vector<std::string> words;
    for (std::size_t at = text.find(before); at != std::string::npos; at = text.find(before, at)) {
        at += before.size();
        std::string word = text.substr(at, text.find('"', at) - at);
        if (word.ends_with(' ')) word.pop_back();
        words.push_back(word);
    }
    return words;
}

}  // namespace

TEST_CASE("messages: every word that a program puts into the fact what is said in both languages")
{
    std::size_t seen = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(PHOIHOP_SOURCE_DIR "/src")) {
        const std::string name = entry.path().filename().string();
        if (entry.path().extension() != ".cpp" || name.ends_with("_test.cpp")) continue;
        for (const std::string& word : whats_of(entry.path())) {
            CHECK_MESSAGE(text::is_known_what(word), name, ": “", word, "” is not in src/text/fact_words.cpp");
            ++seen;
        }
    }
    CHECK(seen > 80);
}

TEST_CASE("messages: a Vietnamese sentence has no English word of the programs in it")
{
    const auto vi = [](const Problem& problem) { return text::sentence(problem, Language::vi); };
    CHECK(vi({ProblemCode::missing, {}, {{"what", "units (phoihop units import)"}}}) ==
          "Còn thiếu: danh mục đơn vị (nạp bằng phoihop units import).");
    CHECK(vi({ProblemCode::not_allowed, {}, {{"what", "issue_document"}}}) ==
          "Tài khoản của bạn không có quyền làm việc này: lập, ban hành văn bản.");
    CHECK(vi({ProblemCode::missing, {}, {{"what", "evidence"}}}) == "Còn thiếu: minh chứng.");
    CHECK(vi({ProblemCode::missing, {}, {{"what", "file units.csv"}}}) == "Còn thiếu: tệp units.csv.");
    CHECK(vi({ProblemCode::duplicate, {}, {{"what", "heir"}}}) == "Bị lặp: đơn vị kế thừa.");
    CHECK(vi({ProblemCode::wrong_state, {}, {{"state", "locked"}}}) ==
          "Không làm được bước này khi đang ở trạng thái “đã khóa”.");
    CHECK(vi({ProblemCode::malformed, {}, {{"found", "text"}, {"expected", "text"}}}) ==
          "Không đọc được “text”. Cần viết theo dạng: chữ.");
    CHECK(vi({ProblemCode::wrong_type, {}, {{"found", "number"}, {"expected", "text"}}}) ==
          "Nội dung không đúng loại: số. Cần: chữ.");
    CHECK(text::sentence({ProblemCode::not_allowed, {}, {{"what", "read_figures"}}}, Language::en) ==
          "Your account may not do this: read the unit's figures.");
}

TEST_CASE("messages: words of the programs are Vietnamese in a Vietnamese sentence, with what follows them")
{
    const Problem column{ProblemCode::missing, {}, {{"what", "column “unit”"}}};
    const Problem form{ProblemCode::not_found, {}, {{"what", "form bm09"}}};
    const Problem locked{ProblemCode::wrong_state, {}, {{"state", "locked"}}};
    CHECK(text::sentence(column, Language::vi) == "Còn thiếu: cột “unit” (mã đơn vị).");
    CHECK(text::sentence(form, Language::vi) == "Không tìm thấy biểu bm09.");
    CHECK(text::sentence(locked, Language::vi) == "Không làm được bước này khi đang ở trạng thái “đã khóa”.");
    CHECK(text::sentence(form, Language::en) == "Not found: form bm09.");
}
