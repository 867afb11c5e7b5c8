// SPDX-License-Identifier: Apache-2.0
#include "text/messages.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using text::Language;

TEST_CASE("messages: an optional part is said only when its fact is known")
{
    const Problem known{ProblemCode::period_not_open, {}, {{"period", "2025-Q3"}, {"opens", "01/10/2025"}}};
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
