// SPDX-License-Identifier: Apache-2.0
#include "units/preview_import.hpp"

#include "support/small_country.hpp"
#include "support/store.hpp"

#include <doctest/doctest.h>

#include <array>

using namespace phoihop;
using namespace phoihop::units;

namespace {

constexpr std::array days{day(2025, 6, 30), day(2025, 7, 1), day(2027, 1, 1)};

DataSet small()
{
    return read_data_set(test::small_country()).value();
}

struct Country : test::FreshDatabase {
    std::int64_t journalled()
    {
        std::int64_t last = 0;
        read([&](store::Connection& connection) { last = store::journal_position(connection).sequence; });
        return last;
    }
    Result<ImportPreview> preview(const DataSet& set)
    {
        std::optional<Result<ImportPreview>> answer;
        read([&](store::Connection& connection) { answer.emplace(preview_import(connection, set, days)); });
        return std::move(*answer);
    }
};

/// "renamed vn34:00715 Xã A → Phường A"
std::string said(const ImportPreview& preview)
{
    std::string text;
    for (const UnitDifference& each : preview.differences)
        text += (text.empty() ? "" : "\n") + std::string(word(each.kind)) + " " + each.code + ": " + each.before +
                " | " + each.after;
    return text;
}

}  // namespace

TEST_CASE("units: before the first import everything would be new, and nothing is written")
{
    Country fresh;
    const auto preview = fresh.preview(small()).value();
    CHECK(preview.counts.added == static_cast<std::int64_t>(preview.differences.size()));
    CHECK(preview.differences.front().kind == UnitDifference::Kind::added);
    CHECK(preview.maps.empty());
    CHECK(fresh.journalled() == 0);
}

TEST_CASE("units: the same files again would change nothing, on no map")
{
    Country fresh;
    REQUIRE(import_units(fresh.writer(), small(), UserId{7}));
    const auto preview = fresh.preview(small()).value();
    CHECK(preview.counts.added + preview.counts.changed == 0);
    CHECK(preview.differences.empty());
    for (const MapTouched& map : preview.maps) {
        CHECK(map.units_before == map.units_after);
        CHECK(map.figures_moved == 0);
    }
}

TEST_CASE("units: a preview names what each unit would become, and does what the import then does")
{
    Country fresh;
    REQUIRE(import_units(fresh.writer(), small(), UserId{7}));
    DataSet later = small();
    later.changes.push_back({{"changes_2027.csv", 2},
                             {"vn34", "00715"},
                             day(2027, 1, 1),
                             "Xã Phố Bảng",
                             "Phường Phố Bảng",
                             "1/2027",
                             true});
    const std::int64_t before = fresh.journalled();
    const auto preview = fresh.preview(later).value();
    CHECK(said(preview) == "renamed vn34:00715: Xã Phố Bảng | Xã Phố Bảng → Phường Phố Bảng");
    CHECK(fresh.journalled() == before);
    const auto done = import_units(fresh.writer(), later, UserId{7}).value();
    CHECK(done.changed == preview.counts.changed);
}

TEST_CASE("units: an unsound data set is refused in a preview as in an import")
{
    Country fresh;
    DataSet unsound = small();
    unsound.links.pop_back();
    CHECK(fresh.preview(unsound).error().code == ProblemCode::inconsistent);
}

TEST_CASE("units: a share that is corrected moves figures, and the preview counts them by map")
{
    Country fresh;
    REQUIRE(import_units(fresh.writer(), small(), UserId{7}));
    DataSet corrected = small();
    bool divided = false;
    for (StatedLink& link : corrected.links)
        if (!divided && link.people == Part::part && !link.main) {
            link.main = true;
            link.people = Part::full;
            for (StatedLink& other : corrected.links)
                if (other.from == link.from && !(other.to == link.to)) other.people = Part::none;
            divided = true;
        }
    REQUIRE(divided);
    const auto preview = fresh.preview(corrected).value();
    REQUIRE(preview.differences.size() == 1);
    CHECK(preview.differences[0].kind == UnitDifference::Kind::successions);
    CHECK(preview.maps[0].figures_moved == 0);
    CHECK(preview.maps[1].figures_moved == 1);
}

TEST_CASE("units: the choice of an heir is looked at before it is made")
{
    Country fresh;
    REQUIRE(import_units(fresh.writer(), small(), UserId{7}));
    std::shared_ptr<const Territory> land;
    fresh.read([&](store::Connection& connection) { land = UnitStore::load(connection).value(); });
    UnitId divided;
    for (const Unit& unit : land->units()) {
        const auto heirs = land->heirs_of(unit.id);
        if (heirs.size() == 2 && !heirs[0]->default_heir && !heirs[1]->default_heir) divided = unit.id;
    }
    REQUIRE(divided);
    const UnitId heir = land->heirs_of(divided)[1]->to;
    const std::int64_t before = fresh.journalled();
    const auto preview = [&](UnitId to, const Decision& decision) {
        std::optional<Result<std::vector<HeirPlace>>> answer;
        fresh.read([&](store::Connection& connection) {
            answer.emplace(preview_heir(connection, divided, to, decision, days));
        });
        return std::move(*answer);
    };
    const Decision paper{day(2025, 9, 1), "12/QĐ"};
    CHECK(preview(divided, paper).error().code == ProblemCode::unknown_name);
    CHECK(preview(heir, {day(2025, 9, 1), ""}).error().code == ProblemCode::missing);
    CHECK(preview(UnitId{}, paper).error().code == ProblemCode::wrong_state);
    const auto places = preview(heir, paper).value();
    CHECK(places[0].before == places[0].after);
    CHECK(places[1].undivided_before);
    CHECK_FALSE(places[1].undivided_after);
    CHECK(places[1].after == heir);
    CHECK(fresh.journalled() == before);
}
