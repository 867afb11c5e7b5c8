// SPDX-License-Identifier: Apache-2.0
#include "dispatch/files.hpp"
#include "dispatch/wording.hpp"
#include "documents/page_text.hpp"
#include "support/golden.hpp"
#include "support/reported_world.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace phoihop;
using namespace phoihop::dispatch;
using phoihop::test::draw;
using phoihop::test::named;
using phoihop::test::period;
using phoihop::test::Reported;
using phoihop::test::ReportingProvince;

namespace {

std::string text_of(const Composed& composed)
{
    return documents::plain_text(documents::compose_page(composed.document));
}

rollup::Figure figure(Int128 numerator, Int128 denominator = 1)
{
    rollup::Figure made;
    made.value = programme::Rational{numerator, denominator};
    return made;
}

}  // namespace

TEST_CASE("dispatch: the half-year report of a province reads as an office writes it")
{
    Reported world;
    const auto composed = world.compose("Tỉnh Hà Giang", "2015-H1").value();
    support::check_golden("dispatch/province-2015-H1.txt", text_of(composed));
}

TEST_CASE("dispatch: a yearly report of the nation compares with the year before only")
{
    Reported world;
    const auto composed = world.compose("Việt Nam", "2014").value();
    support::check_golden("dispatch/nation-2014.txt", text_of(composed));
}

TEST_CASE("dispatch: the Front issues in its own name, and a commune has no annex by locality")
{
    Reported world;
    const auto front = world.compose("Tỉnh Hà Giang", "2015-H1", "front").value().document;
    CHECK(front.family == documents::Family::front);
    CHECK(front.notation == "BC-MTTQ-BTT");
    CHECK(front.addressees == std::vector<std::string>{"Ban Thường trực Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam"});
    CHECK(front.annexes.size() == 2);
    const auto head = documents::compose_page(front).left;
    REQUIRE(head.size() == 2);
    CHECK(head[0].text == "ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM TỈNH HÀ GIANG");
    CHECK(head[1].text == "BAN THƯỜNG TRỰC");
    CHECK(world.compose("Xã Yên Minh", "2015-Q1").value().document.annexes.size() == 1);
    CHECK(world.compose("Xã Yên Minh", "2015-Q1", "front").error().code == ProblemCode::not_found);
    CHECK(world.compose("Xã Yên Minh", "2015-Q1", "nobody").error().code == ProblemCode::unknown_name);
}

TEST_CASE("dispatch: every figure on the pages is in the document's list of figures")
{
    Reported world;
    const auto composed = world.compose("Tỉnh Hà Giang", "2015-H1").value();
    std::set<std::string> values;
    std::set<std::string> keys;
    for (const auto& used : composed.figures) {
        values.insert(used.value);
        keys.insert(used.key);
        CHECK(used.as_of == world.snapshot()->as_of());
    }
    CHECK(keys.size() == composed.figures.size());
    std::size_t cells = 0;
    for (const auto& annex : composed.document.annexes)
        for (const auto& block : annex.blocks)
            if (const auto* table = std::get_if<documents::Table>(&block))
                for (const auto& row : table->rows)
                    for (const auto& cell : row.cells)
                        if (cell.kind == documents::CellKind::number) {
                            ++cells;
                            CHECK(values.count(cell.text) == 1);
                        }
    CHECK(cells > 20);
    for (const auto& block : composed.document.body)
        if (const auto* item = std::get_if<documents::Item>(&block))
            for (const auto& run : item->runs)
                if (!run.figure.empty()) CHECK(keys.count(run.figure) == 1);
}

TEST_CASE("dispatch: the rows of the annex by locality add up to its total")
{
    Reported world;
    const auto composed = world.compose("Tỉnh Hà Giang", "2015-H1").value();
    const auto& table = std::get<documents::Table>(composed.document.annexes.at(1).blocks.front());
    for (std::size_t column = 2; column < table.columns.size(); ++column) {
        std::int64_t sum = 0;
        for (std::size_t row = 1; row < table.rows.size(); ++row)
            if (table.rows[row].cells[column].kind == documents::CellKind::number)
                sum += parse_decimal(table.rows[row].cells[column].text, 2).value();
        const auto& total = table.rows.front().cells[column];
        CHECK(sum == (total.kind == documents::CellKind::number ? parse_decimal(total.text, 2).value() : 0));
    }
}

TEST_CASE("dispatch: the same report is the same bytes, and its files bear the unit's code")
{
    Reported world;
    const auto make = [&] {
        const auto now = world.snapshot();
        return report_files({*now, *world.office.land, *world.office.programme, world.office.books},
                            {named(world.office.land, "Tỉnh Hà Giang"), period("2015-H1"), day(2015, 7, 20)});
    };
    const auto first = make().value();
    const auto second = make().value();
    CHECK(first.stem == "bao-cao-drawn-00002-2015-H1");
    CHECK(first.docx == second.docx);
    CHECK(first.pdf == second.pdf);
    CHECK(first.xlsx == second.xlsx);
    CHECK(first.pdf.starts_with("%PDF"));
    CHECK(!first.xlsx.empty());
}

TEST_CASE("dispatch: a dated report writes ngày 05 tháng 02, and a simulated one says so")
{
    Reported world;
    auto composed = world.compose("Tỉnh Hà Giang", "2014").value();
    composed.document.issued_on = day(2015, 2, 5);
    CHECK(text_of(composed).find("Hà Giang, ngày 05 tháng 02 năm 2015") != std::string::npos);
    CHECK(composed.document.mark == documents::simulated_mark);
}

TEST_CASE("dispatch: an officer's words replace a passage, and an unknown passage is refused")
{
    Reported world;
    auto composed = world.compose("Tỉnh Hà Giang", "2015-H1").value();
    REQUIRE(apply_edits(composed, {{"III/strengths", "Lời của cán bộ."}}));
    CHECK(text_of(composed).find("Lời của cán bộ.") != std::string::npos);
    for (const auto& passage : composed.passages) CHECK(!words_of(composed, passage).empty());
    CHECK(apply_edits(composed, {{"VI/1", "x"}}).error().code == ProblemCode::unknown_name);
    CHECK(apply_edits(composed, {{"V/1", std::string(passage_length_max + 1, 'x')}}).error().code ==
          ProblemCode::too_large);
}

TEST_CASE("dispatch: a change is exact and rounded once, for printing")
{
    programme::Indicator plain;
    plain.unit.vi = "buổi";
    CHECK(change_words(figure(105), figure(100), plain) == "tăng 5%");
    CHECK(change_words(figure(2), figure(3), plain) == "giảm 33,3%");
    CHECK(change_words(figure(100), figure(100), plain) == "bằng");
    CHECK(change_words(figure(100001), figure(100000), plain) == "tăng dưới 0,1%");
    CHECK(change_words(figure(5), figure(0), plain) == std::nullopt);
    programme::Indicator share;
    share.unit.vi = "%";
    CHECK(change_words(figure(853, 10), figure(841, 10), share) == "tăng 1,2 điểm phần trăm");
}

TEST_CASE("dispatch: periods are named as offices name them")
{
    CHECK(period_words(period("2015-H1")) == "6 tháng đầu năm 2015");
    CHECK(period_words(period("2015-Q3")) == "quý III năm 2015");
    CHECK(period_words(period("2015-9M")) == "9 tháng đầu năm 2015");
    CHECK(period_words(period("2015-M02")) == "tháng 02 năm 2015");
    CHECK(period_words(period("2015")) == "năm 2015");
}

TEST_CASE("dispatch: each late unit of a level is written to by the body above it")
{
    Reported world;
    const auto nudges = world
                            .with([&](const Sources& sources) {
                                return compose_nudges(sources.books, sources.territory, sources.programme,
                                                      {day(2015, 7, 20), units::Level::commune, {"report"}});
                            })
                            .value();
    REQUIRE(nudges.size() == 6);  // nobody has sent the form of opinions
    const Nudge& first = nudges.front();
    CHECK(first.document.addressees == std::vector<std::string>{"Ban Chỉ đạo Chương trình phối hợp xã Yên Minh"});
    CHECK(first.document.issuing_bodies == std::vector<std::string>{"Ban Chỉ đạo Chương trình phối hợp tỉnh Hà Giang"});
    CHECK(first.document.notation == "BCĐ");
    support::check_golden("dispatch/nudge.txt", documents::plain_text(documents::compose_page(first.document)));
    for (const LateItem& late : first.late) CHECK(late.working_days > 0);
}

TEST_CASE("dispatch: a letter to a merged unit says whose debt each line was")
{
    ReportingProvince world(draw(R"(
        Việt Nam
          Tỉnh Hà Giang
            Xã Yên Minh
            Xã Mèo Vạc
            Xã Mèo Vạc mới
        [2015-07-01] Xã Yên Minh + Xã Mèo Vạc -> Xã Mèo Vạc mới
    )"));
    REQUIRE(world.office.open("2015-Q2"));
    const auto letters = [&] {
        Result<std::vector<Nudge>> made = std::vector<Nudge>{};
        world.office.books.read([&](const obligations::Books& books, std::int64_t) {
            made = compose_nudges(books, *world.office.land, *world.office.programme,
                                  {day(2015, 7, 20), units::Level::commune, {"report"}});
        });
        return std::move(made).value();
    };
    const auto titles = [](const Nudge& letter) {
        std::string all;
        for (const LateItem& late : letter.late) all += (all.empty() ? "" : "; ") + late.title;
        return all;
    };
    const auto before = letters();
    REQUIRE(before.size() == 1);
    const std::string of_both =
        "Biểu hoạt động (của xã Yên Minh cũ); Biểu hoạt động (của xã Mèo Vạc cũ); "
        "Biểu ý kiến (của xã Yên Minh cũ); Biểu ý kiến (của xã Mèo Vạc cũ)";
    CHECK(titles(before.front()) == of_both);
    // The sweep gives the heir rows of its own: the same debts, not more.
    REQUIRE(world.office.sweep(day(2015, 7, 20)).passed == 4);
    const auto after = letters();
    REQUIRE(after.size() == 1);
    CHECK(titles(after.front()) == of_both);
}
