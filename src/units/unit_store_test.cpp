// SPDX-License-Identifier: Apache-2.0
#include "units/unit_store.hpp"

#include "support/draw.hpp"
#include "support/random_territory.hpp"
#include "support/small_country.hpp"
#include "support/store.hpp"
#include "units/choose_heir.hpp"
#include "units/import_units.hpp"
#include "units/outline_store.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using namespace phoihop::units;

namespace {

const UserId officer{7};

DataSet vietnam()
{
    return read_data_set(load_data_files(PHOIHOP_SOURCE_DIR "/data/vn-units").value()).value();
}

std::int64_t journalled(test::FreshDatabase& fresh)
{
    std::int64_t last = 0;
    fresh.read([&](store::Connection& connection) { last = store::journal_position(connection).sequence; });
    return last;
}

std::shared_ptr<const Territory> load(test::FreshDatabase& fresh)
{
    std::shared_ptr<const Territory> territory;
    fresh.read([&](store::Connection& connection) { territory = UnitStore::load(connection).value(); });
    return territory;
}

DataSet small()
{
    return read_data_set(test::small_country()).value();
}

/// The small country in a database of its own.
struct Imported : test::FreshDatabase {
    Imported() : counts(import_units(writer(), small(), officer).value()) {}
    ImportedUnits counts;

    UnitId code(std::string_view text) { return load(*this)->by_code(text, day(2025, 7, 1)).value(); }
};

}  // namespace

TEST_CASE("units: a database without units says so")
{
    test::FreshDatabase fresh;
    fresh.read([&](store::Connection& connection) {
        const auto loaded = UnitStore::load(connection);
        REQUIRE_FALSE(loaded);
        CHECK(loaded.error().code == ProblemCode::missing);
    });
    CHECK(import_local_units(fresh.writer(), "a.csv", "code,name,kind,parent,valid_from\n", officer).error().code ==
          ProblemCode::missing);
}

TEST_CASE("units: Vietnam is imported with one journal record a unit")
{
    test::FreshDatabase fresh;
    const auto counts = import_units(fresh.writer(), vietnam(), officer).value();
    CHECK(counts.added == 1 + 63 + 696 + 10035 + 34 + 3321 - 11 - 123);
    CHECK(journalled(fresh) == counts.added + counts.drawings);
    const auto land = load(fresh);
    CHECK(static_cast<std::int64_t>(land->units().size()) == counts.added);
    CHECK(land->map(day(2025, 6, 30))->nodes().size() == 10795);
    CHECK(land->map(day(2025, 7, 1))->nodes().size() == 3356);
    CHECK(land->successions().size() == 10571 - 123 + 63 - 11);
    const Unit& ha_noi = land->unit(land->by_code("vn63:01", day(2025, 7, 1)).value());
    REQUIRE(ha_noi.states.size() == 2);
    CHECK(ha_noi.states[1].code.text() == "vn34:01");
}

TEST_CASE("units: what maps are drawn from is kept by scheme, and journalled when it becomes another")
{
    Imported fresh;
    CHECK(fresh.counts.drawings == 1);
    DataSet moved = small();
    moved.points.front().longitude += 1;
    const auto counts = import_units(fresh.writer(), moved, officer).value();
    CHECK(counts.changed == 0);
    CHECK(counts.drawings == 1);
    CHECK(journalled(fresh) == fresh.counts.added + 2);
    fresh.read([&](store::Connection& connection) {
        const auto drawing = OutlineStore::read(connection, new_scheme);
        REQUIRE(drawing);
        CHECK(drawing->topology == small().outlines.front().topology);
        CHECK(drawing->points == drawings_of(moved).front().points);
        CHECK_FALSE(OutlineStore::read(connection, old_scheme));
    });
}

TEST_CASE("units: a point that lies nowhere on earth, or a file of outlines that is none, is an error")
{
    DataFiles files = test::small_country();
    std::string& communes = files["new_communes.csv"];
    communes.replace(communes.find("23.2486"), 7, "123.248");
    files["provinces63.topojson"] = "<svg/>";
    const DataSet set = read_data_set(files).value();
    std::vector<std::string> rules;
    for (const Finding& finding : set.findings)
        if (finding.severity == Severity::error) rules.push_back(finding.rule + " " + finding.origin.where());
    CHECK(rules == std::vector<std::string>{"unreadable new_communes.csv:2", "unreadable provinces63.topojson:1"});
}

TEST_CASE("units: importing the same data twice changes nothing")
{
    Imported fresh;
    CHECK(fresh.counts.added == 1 + 2 + 2 + 4 + 1 + 4 - 1);
    const auto again = import_units(fresh.writer(), small(), officer).value();
    CHECK(again.added == 0);
    CHECK(again.changed == 0);
    CHECK(again.unchanged == fresh.counts.added);
    CHECK(again.drawings == 0);
    CHECK(journalled(fresh) == fresh.counts.added + fresh.counts.drawings);
    // The same name and code on both sides of the merger are two units; the commune that goes on is one.
    CHECK(fresh.code("vn63:08") != fresh.code("vn34:08"));
    CHECK(fresh.code("vn63:02205") == fresh.code("vn34:02205"));
}

TEST_CASE("units: a later data set changes only what differs, and an unsound one changes nothing")
{
    Imported fresh;
    DataSet later = small();
    later.changes.push_back({{"changes_2027.csv", 2},
                             {"vn34", "00715"},
                             day(2027, 1, 1),
                             "Xã Phố Bảng",
                             "Phường Phố Bảng",
                             "1/2027",
                             true});
    const auto changed = import_units(fresh.writer(), later, officer).value();
    CHECK(changed.added == 0);
    CHECK(changed.changed == 1);
    CHECK(load(fresh)->path(fresh.code("vn34:00715"), day(2027, 1, 1)) == "Phường Phố Bảng, Tỉnh Tuyên Quang");

    DataSet unsound = small();
    unsound.links.pop_back();
    const auto refused = import_units(fresh.writer(), unsound, officer);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ProblemCode::inconsistent);
    CHECK(refused.error().where.find(".csv:") != std::string::npos);
    CHECK(journalled(fresh) == fresh.counts.added + fresh.counts.drawings + 1);
}

TEST_CASE("units: a chosen heir takes the figures on later maps until the choice is withdrawn")
{
    Imported fresh;
    auto land = load(fresh);
    const auto undivided = [&](UnitId unit) { return load(fresh)->map(day(2025, 7, 1))->place_of(unit).undivided; };
    UnitId divided;
    for (const Unit& unit : land->units()) {
        const auto heirs = land->heirs_of(unit.id);
        if (heirs.size() == 2 && !heirs[0]->default_heir && !heirs[1]->default_heir) divided = unit.id;
    }
    REQUIRE(divided);
    const UnitId heir = land->heirs_of(divided)[1]->to;
    const UnitId stranger = fresh.code("vn34:00715");
    CHECK(undivided(divided));

    CHECK(choose_heir(fresh.writer(), divided, stranger, {day(2025, 9, 1), "12/QĐ"}, officer).error().code ==
          ProblemCode::unknown_name);
    CHECK(choose_heir(fresh.writer(), divided, heir, {day(2025, 9, 1), ""}, officer).error().code ==
          ProblemCode::missing);
    CHECK(choose_heir(fresh.writer(), stranger, heir, {day(2025, 9, 1), "12/QĐ"}, officer).error().code ==
          ProblemCode::wrong_state);
    CHECK(
        choose_heir(fresh.writer(), fresh.code("vn63:00721"), heir, {day(2025, 9, 1), "12/QĐ"}, officer).error().code ==
        ProblemCode::wrong_state);
    CHECK(journalled(fresh) == fresh.counts.added + fresh.counts.drawings);

    CHECK(choose_heir(fresh.writer(), divided, heir, {day(2025, 9, 1), "12/QĐ"}, officer).value() == Chosen::now);
    CHECK(choose_heir(fresh.writer(), divided, heir, {day(2025, 9, 1), "12/QĐ"}, officer).value() == Chosen::already);
    CHECK_FALSE(undivided(divided));
    const auto map = load(fresh)->map(day(2025, 7, 1));
    CHECK(map->place_of(divided) == map->place_of(heir));

    // The lists know nothing of choices: importing them again keeps the choice.
    CHECK(import_units(fresh.writer(), small(), officer).value().changed == 0);
    CHECK_FALSE(undivided(divided));

    CHECK(withdraw_heir(fresh.writer(), divided, {day(2025, 10, 1), "15/QĐ"}, officer));
    CHECK(undivided(divided));
    CHECK(withdraw_heir(fresh.writer(), divided, {day(2025, 10, 1), "15/QĐ"}, officer).error().code ==
          ProblemCode::wrong_state);
    CHECK(journalled(fresh) == fresh.counts.added + fresh.counts.drawings + 2);
    fresh.read([&](store::Connection& connection) {
        const auto stored = UnitStore::read(connection);
        REQUIRE(stored.choices.size() == 2);
        CHECK(stored.choices[0].decided_on == day(2025, 9, 1));
        CHECK(stored.choices[1].version == 2);
        CHECK_FALSE(stored.choices[1].to);
    });
}

TEST_CASE("units: residential areas are added under communes, through a merger of their commune too")
{
    Imported fresh;
    const std::string csv =
        "code,name,kind,parent,valid_from,valid_to\n"
        "00715-01,Phố Mới,thôn,00715,2024-01-01,2025-06-30\n"
        "00715-01,Phố Mới,thôn,vn34:00715,2025-07-01,\n"
        "02200-12,Số 12,tổ dân phố,02200,2026-01-01,\n";
    const auto first = import_local_units(fresh.writer(), "thon.csv", csv, officer).value();
    for (const Finding& finding : first.findings) MESSAGE(finding.rule << " " << finding.origin.where());
    CHECK(first.counts.added == 2);
    const auto again = import_local_units(fresh.writer(), "thon.csv", csv, officer).value();
    CHECK(again.counts.unchanged == 2);
    CHECK(again.counts.added + again.counts.changed == 0);
    const auto land = load(fresh);
    const UnitId area = land->by_code("local:00715-01", day(2026, 1, 1)).value();
    CHECK(land->path(area, day(2026, 1, 1)).starts_with("Thôn Phố Mới, Xã Phố Bảng"));
    CHECK(land->path(area, day(2024, 6, 1)).starts_with("Thôn Phố Mới, Thị trấn Phó Bảng"));
    CHECK(land->map(day(2026, 1, 1))->node_of(area) >= 0);
    CHECK(import_units(fresh.writer(), small(), officer).value().changed == 0);
}

TEST_CASE("units: a list of residential areas with errors is refused as a whole, each error with its row")
{
    Imported fresh;
    const auto rules = [&](const std::string& rows) {
        const auto answer = import_local_units(
            fresh.writer(), "thon.csv",
            "code,name,kind,parent,valid_from,valid_to\nx-1,A,thôn,00715,2025-07-01,\n" + rows, officer);
        std::string text;
        for (const Finding& finding : answer.value().findings)
            text += finding.rule + " " + finding.origin.where() + "|";
        CHECK(answer.value().counts.added == (text.empty() ? 1 : 0));
        return text;
    };
    CHECK(rules("x 2,A,thôn,00715,2025-07-01,\n") == "unreadable thon.csv:3|");
    CHECK(rules("x-2,A,hamlet,00715,2025-07-01,\n") == "unreadable thon.csv:3|");
    CHECK(rules("x-2,A,thôn,00715,1/7/2025,\n") == "unreadable thon.csv:3|");
    CHECK(rules("x-2,A,thôn,00715,2025-07-02,2025-07-01\n") == "unreadable thon.csv:3|");
    CHECK(rules("x-2,A,thôn,99999,2025-07-01,\n") == "unknown_reference thon.csv:3|");
    CHECK(rules("x-2,A,thôn,08,2025-07-01,\n") == "level_turned_round thon.csv:3|");
    CHECK(rules("x-2,A,thôn,00715,2025-06-01,\n") == "orphan thon.csv:3|");
    CHECK(rules("x-1,A,thôn,02200,2025-08-01,\n") == "overlap thon.csv:3|");
    CHECK(rules("") == "");
}

TEST_CASE("units: what is stored is read back field by field")
{
    test::FreshDatabase fresh;
    const auto land = test::draw(R"(
        Việt Nam
          Hà Giang
            Xã A [to 2025-06-30]
            Xã B
        [2025-07-01] Xã A -> Xã B
    )");
    StoredUnits wanted;
    wanted.units.assign(land->units().begin(), land->units().end());
    wanted.successions.assign(land->successions().begin(), land->successions().end());
    wanted.aliases = {{UnitId{3}, "Xã Ạ", "list"}};
    fresh.write([&](store::WriteContext& context) {
        const std::vector<std::size_t> all{0, 1, 2, 3};
        UnitStore::save(context, officer, {}, wanted, all);
    });
    fresh.read([&](store::Connection& connection) {
        const StoredUnits stored = UnitStore::read(connection);
        REQUIRE(stored.units.size() == 4);
        CHECK(stored.versions == std::vector<std::int64_t>{1, 1, 1, 1});
        const UnitState& state = stored.units[2].states[0];
        const UnitState& drawn = land->unit(UnitId{3}).states[0];
        CHECK(state.validity == drawn.validity);
        CHECK(state.code == drawn.code);
        CHECK(state.level == drawn.level);
        CHECK(state.kind == drawn.kind);
        CHECK(state.name == drawn.name);
        CHECK(state.full_name == drawn.full_name);
        CHECK(state.parent == drawn.parent);
        REQUIRE(stored.successions.size() == 1);
        CHECK(stored.successions[0].people == Part::full);
        CHECK(stored.successions[0].default_heir);
        CHECK(stored.successions[0].act == "drawn");
        CHECK(stored.aliases == wanted.aliases);
    });
}

TEST_CASE("units: random territories keep all their places through the database")
{
    for (std::uint64_t seed = 1000; seed < 1010; ++seed) {
        CAPTURE(seed);
        const auto land = test::random_territory(seed);
        StoredUnits wanted;
        wanted.units.assign(land->units().begin(), land->units().end());
        wanted.successions.assign(land->successions().begin(), land->successions().end());
        std::vector<std::size_t> all(wanted.units.size());
        for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
        test::FreshDatabase fresh;
        fresh.write([&](store::WriteContext& context) { UnitStore::save(context, officer, {}, wanted, all); });
        const auto kept = load(fresh);
        REQUIRE(kept->units().size() == land->units().size());
        REQUIRE(kept->shape_changes() == land->shape_changes());
        for (const Date on : land->shape_changes()) {
            for (const Unit& unit : land->units()) {
                REQUIRE(kept->map(on)->place_of(unit.id) == land->map(on)->place_of(unit.id));
            }
        }
    }
}
