// SPDX-License-Identifier: Apache-2.0
#include "documents/page_text.hpp"
#include "documents/line_balance.hpp"
#include "documents/unicode.hpp"
#include "support/sample_documents.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using namespace phoihop::documents;

namespace {

std::string text_of(const OfficialDocument& document)
{
    return plain_text(compose_page(document));
}

bool has(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

OfficialDocument plain_report()
{
    OfficialDocument d = sample::province_report();
    d.body = {sample::words("Nội dung")};
    d.annexes.clear();
    return d;
}

}  // namespace

TEST_CASE("documents: headings are numbered I, 1, a and begin anew under each higher one")
{
    OfficialDocument d = plain_report();
    d.body = {Heading{1, "MỘT"}, Heading{2, "Hai"}, Heading{3, "Ba"},  Heading{3, "Bốn"},         Heading{2, "Năm"},
              Heading{3, "Sáu"}, Heading{1, "BẢY"}, Heading{2, "Tám"}, Heading{2, "Chín", false}, Item{{{"mười"}}}};
    const std::string text = text_of(d);
    CHECK(has(text, "\nI. MỘT\n1. Hai\na) Ba\nb) Bốn\n2. Năm\na) Sáu\nII. BẢY\n1. Tám\nChín\n- mười./.\n"));
}

TEST_CASE("documents: the body ends with ./. whatever it ended with")
{
    const auto ended = [](std::vector<Block> body) {
        OfficialDocument d = plain_report();
        d.body = std::move(body);
        const std::string text = text_of(d);
        const std::size_t end = text.find("\nNơi nhận:");
        return text.substr(text.rfind('\n', end - 1) + 1, end - text.rfind('\n', end - 1) - 1);
    };
    CHECK(ended({sample::words("Hết")}) == "Hết./.");
    CHECK(ended({sample::words("Hết.")}) == "Hết./.");
    CHECK(ended({sample::words("Hết./.")}) == "Hết./.");
    CHECK(ended({Table{.columns = {{"A"}}}}) == "./.");
    CHECK(ended({}) == "Kính gửi: Ban Chỉ đạo Trung ương Chương trình phối hợp số 09./.");
}

TEST_CASE("documents: number and date leave room to write until they are given")
{
    OfficialDocument d = plain_report();
    CHECK(has(text_of(d), "Số: 05/BC-BCĐ\n"));
    CHECK(has(text_of(d), "Lào Cai, ngày 05 tháng 7 năm 2015\n"));
    d.number.reset();
    d.issued_on.reset();
    d.year = 2016;
    CHECK(has(text_of(d), "Số:         /BC-BCĐ\n"));
    CHECK(has(text_of(d), "Lào Cai, ngày     tháng     năm 2016\n"));
}

TEST_CASE("documents: each family has its own head")
{
    const std::string state = text_of(sample::province_report());
    CHECK(has(state, "ỦY BAN NHÂN DÂN TỈNH LÀO CAI\nBAN CHỈ ĐẠO THỰC HIỆN\nCHƯƠNG TRÌNH PHỐI HỢP SỐ 09\n"));
    CHECK(has(state, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"));
    const std::string front = text_of(sample::front_letter());
    CHECK(has(front, "MẶT TRẬN TỔ QUỐC VIỆT NAM\nỦY BAN TRUNG ƯƠNG\n"));
    CHECK(has(front, "V/v đôn đốc gửi báo cáo"));
    CHECK(has(front, "Kính gửi:\n- Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh Lào Cai;\n- "));
    CHECK(has(text_of(sample::joint_programme()), "BỘ CÔNG AN -\nỦY BAN TRUNG ƯƠNG\n"));
    const std::string party = text_of(sample::party_guide());
    CHECK(has(party, "BAN DÂN VẬN\n*\nĐẢNG CỘNG SẢN VIỆT NAM\n"));
    CHECK(has(party, "\nSố 127-HD/BDVTW\n"));
    CHECK(!has(party, "Độc lập"));
}

TEST_CASE("documents: annexes are numbered when there are several and name their document")
{
    const std::string one = text_of(sample::province_report());
    CHECK(has(one, "\nPhụ lục\nSỐ LIỆU KẾT QUẢ"));
    CHECK(has(one,
              "(Kèm theo Báo cáo số 05/BC-BCĐ ngày 05 tháng 7 năm 2015 của Ban Chỉ đạo thực hiện Chương trình phối hợp "
              "số 09)"));
    const std::string two = text_of(sample::joint_programme());
    CHECK(has(two, "\nPhụ lục I\nDANH MỤC NHIỆM VỤ\n"));
    CHECK(has(two, "\nPhụ lục II\nDANH MỤC CHỈ TIÊU\n"));
}

TEST_CASE("documents: recipients end with semicolons and a stop")
{
    CHECK(has(text_of(sample::party_guide()), "Nơi nhận:\n- Như trên;\n- Lưu.\n"));
}

TEST_CASE("documents: cells of a table are printed the Vietnamese way and stand where their kind belongs")
{
    OfficialDocument d = plain_report();
    Table table;
    table.columns = {
        {"STT", 1, ColumnKind::centred}, {"Tên"}, {"Số", 1, ColumnKind::number}, {"Ngày", 1, ColumnKind::number}};
    Cell percent = number_cell("0.985");
    percent.percent = true;
    table.rows = {{{number_cell("1"), text_cell("a"), number_cell("1234567.89"), date_cell(day(2025, 3, 5))}},
                  {{number_cell("2"), text_cell("b"), text_cell("không phát sinh"), percent}, TableRowRole::total},
                  {{text_cell("A. Mục")}, TableRowRole::section}};
    d.body = {table};
    const PageText page = compose_page(d);
    const auto& composed = std::get<TextTable>(page.blocks[page.blocks.size() - 2]);
    CHECK(composed.rows[0][2].text == "1.234.567,89");
    CHECK(composed.rows[0][2].alignment == Alignment::right);
    CHECK(composed.rows[0][0].alignment == Alignment::centre);
    CHECK(composed.rows[0][3].text == "05/03/2025");
    CHECK(composed.rows[1][2].alignment == Alignment::centre);
    CHECK(composed.rows[1][3].text == "98,5%");
    CHECK(composed.rows[1][3].bold);
    CHECK(composed.rows[2][0].columns == 4);
}

TEST_CASE("documents: columns of a group stand under one head, the others reach over both rows")
{
    const PageText page = compose_page(sample::province_report());
    const auto& table = std::get<TextTable>(page.annexes[0].blocks.back());
    REQUIRE(table.heads.size() == 3);
    CHECK(table.heads[0].size() == 6);
    CHECK(table.heads[0][0].rows == 2);
    CHECK(table.heads[0][3].text == "6 tháng đầu năm 2015");
    CHECK(table.heads[0][3].columns == 2);
    CHECK(table.heads[1][3].text == "Kỳ này");
    CHECK(table.heads[1][0].rows == 0);
    CHECK(table.heads[2][7].text == "(8)");
}

TEST_CASE("documents: capitals are Vietnamese, and the sign of a document stays as it is")
{
    CHECK(upper_case("Ủy ban nhân dân xã Đắk Ơ, phường ỷ ệ") == "ỦY BAN NHÂN DÂN XÃ ĐẮK Ơ, PHƯỜNG Ỷ Ệ");
    CHECK(upper_case("Chương trình 09/CTr-BCA-MTTW") == "CHƯƠNG TRÌNH 09/CTr-BCA-MTTW");
}

TEST_CASE("documents: a long name is broken into lines of like length, never one word alone")
{
    const Fonts fonts;
    const std::string name = "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM THÀNH PHỐ HỒ CHÍ MINH";
    const std::string balanced = balance(fonts, name, 12, true, 200);
    const std::size_t cut = balanced.find('\n');
    REQUIRE(cut != std::string::npos);
    for (std::size_t at = 0; (at = balanced.find('\n', at)) != std::string::npos; ++at) CHECK(at > 20);
    CHECK(longest_line(fonts, balanced, 12, true) <= 200);
    CHECK(balance(fonts, "BỘ CÔNG AN", 12, true, 200) == "BỘ CÔNG AN");
    CHECK(balance(fonts, "A\nB", 12, true, 200) == "A\nB");
}

TEST_CASE("documents: the nation's name fits into its column in one line, at every family")
{
    const Fonts fonts;
    const double column = (page_width - margin_left - margin_right) * (1 - head_left_share);
    for (const auto& document :
         {sample::province_report(), sample::front_letter(), sample::joint_programme(), sample::party_guide()})
        for (const HeadLine& line : compose_page(document).right)
            CHECK(fonts.width(line.text, line.points, line.bold) < column);
}
