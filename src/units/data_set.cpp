// SPDX-License-Identifier: Apache-2.0
#include "units/data_set.hpp"

#include "base/decimal.hpp"
#include "units/data_table.hpp"

#include <array>
#include <cstdlib>
#include <initializer_list>

namespace phoihop::units {
namespace {

using Columns = std::initializer_list<std::string_view>;

constexpr std::array<std::string_view, 2> province_kinds{"municipality", "province"};
constexpr std::array<std::string_view, 4> district_kinds{"urban_district", "rural_district", "district_city",
                                                         "district_town"};
constexpr std::array<std::string_view, 3> old_commune_kinds{"ward", "commune", "township"};
constexpr std::array<std::string_view, 3> new_commune_kinds{"ward", "commune", "special_zone"};
constexpr std::array<std::string_view, 2> link_levels{"commune", "district"};
constexpr std::array<std::string_view, 3> link_bases{"resolution_text", "unchanged", "two_sources"};
constexpr std::array<std::string_view, 2> alias_schemes{"old", "new"};

constexpr std::size_t province_digits = 2;
constexpr std::size_t district_digits = 3;
constexpr std::size_t commune_digits = 5;

Code in(std::string_view scheme, std::string digits)
{
    return {std::string(scheme), std::move(digits)};
}

/// Reads one file after the other into `set`.
struct Reading {
    const DataFiles& files;
    DataSet set{};

    Result<DataTable> open(const std::string& file, Columns columns)
    {
        return DataTable::open(files, file, std::span(columns.begin(), columns.size()), set.findings);
    }

    struct List {
        std::string_view scheme;
        Level level;
        Validity validity;
        std::size_t digits;
        std::span<const std::string_view> kinds;
    };

    /// The columns that every list of units has; nothing when the row cannot name a unit.
    std::optional<StatedUnit> unit(const DataTable::Row& row, const List& list)
    {
        const auto digits = row.digits("code", list.digits);
        const auto name = row.name("name");
        const auto full_name = row.name("full_name");
        const auto kind = row.one_of("type", list.kinds);
        if (!digits || !name || !full_name || !kind) return std::nullopt;
        StatedUnit stated{row.origin(), {}, nation_code()};
        stated.state.validity = list.validity;
        stated.state.code = in(list.scheme, *digits);
        stated.state.level = list.level;
        stated.state.kind = *kind;
        stated.state.name = *name;
        stated.state.full_name = *full_name;
        return stated;
    }

    void claim(const DataTable::Row& row, StatedClaim::About about, const Code& code, std::string_view column)
    {
        set.claims.push_back({row.origin(), about, code, std::string(column), row.text(column)});
    }
    void count(const DataTable::Row& row, const Code& code, std::string_view column, std::string kind)
    {
        if (const auto stated = row.count(column)) {
            set.counts.push_back({row.origin(), code, std::string(column), std::move(kind), *stated});
        }
    }

    Result<void> old_provinces();
    Result<void> old_districts();
    Result<void> old_communes();
    Result<void> new_provinces();
    Result<void> new_communes();
    Result<void> province_map();
    Result<void> commune_map();
    Result<void> changes();
    Result<void> variants();
    void inner_point(const DataTable::Row& row, const Code& code);
    void outlines(const std::string& file, std::string_view scheme);
};

constexpr Validity before_reform{before_data, reform_day};
constexpr Validity since_reform{reform_day, forever};

Result<void> Reading::old_provinces()
{
    PHOIHOP_TRY(table, open("old_provinces.csv", {"code", "name", "full_name", "type", "new_province_code"}));
    const List list{old_scheme, Level::province, before_reform, province_digits, province_kinds};
    table.each([&](const DataTable::Row& row) {
        const auto stated = unit(row, list);
        if (!stated) return;
        set.units.push_back(*stated);
        claim(row, StatedClaim::About::heir, stated->state.code, "new_province_code");
    });
    return {};
}

Result<void> Reading::old_districts()
{
    PHOIHOP_TRY(table, open("old_districts.csv",
                            {"code", "name", "full_name", "type", "province_code", "communes", "new_province_code"}));
    const List list{old_scheme, Level::district, before_reform, district_digits, district_kinds};
    table.each([&](const DataTable::Row& row) {
        auto stated = unit(row, list);
        const auto province = row.digits("province_code", province_digits);
        if (!stated || !province) return;
        stated->parent = in(old_scheme, *province);
        set.units.push_back(*stated);
        count(row, stated->state.code, "communes", "");
        claim(row, StatedClaim::About::heir_of_parent, stated->state.code, "new_province_code");
    });
    return {};
}

Result<void> Reading::old_communes()
{
    PHOIHOP_TRY(table,
                open("old_communes.csv", {"code", "name", "full_name", "type", "district_code", "province_code"}));
    const List list{old_scheme, Level::commune, before_reform, commune_digits, old_commune_kinds};
    table.each([&](const DataTable::Row& row) {
        auto stated = unit(row, list);
        const auto district = row.digits("district_code", district_digits);
        if (!stated || !district) return;
        stated->parent = in(old_scheme, *district);
        set.units.push_back(*stated);
        claim(row, StatedClaim::About::ancestor, stated->state.code, "province_code");
    });
    return {};
}

Result<void> Reading::new_provinces()
{
    PHOIHOP_TRY(table, open("new_provinces.csv", {"code", "name", "full_name", "type", "units", "communes", "wards",
                                                  "special_zones", "old_province_codes", "resolution"}));
    const List list{new_scheme, Level::province, since_reform, province_digits, province_kinds};
    table.each([&](const DataTable::Row& row) {
        auto stated = unit(row, list);
        if (!stated) return;
        stated->state.act = row.text("resolution");
        set.units.push_back(*stated);
        const Code& code = stated->state.code;
        count(row, code, "units", "");
        count(row, code, "communes", "commune");
        count(row, code, "wards", "ward");
        count(row, code, "special_zones", "special_zone");
        claim(row, StatedClaim::About::origins, code, "old_province_codes");
    });
    return {};
}

Result<void> Reading::new_communes()
{
    PHOIHOP_TRY(table, open("new_communes.csv", {"code", "name", "full_name", "type", "province_code", "resolution"}));
    const List list{new_scheme, Level::commune, since_reform, commune_digits, new_commune_kinds};
    table.each([&](const DataTable::Row& row) {
        auto stated = unit(row, list);
        const auto province = row.digits("province_code", province_digits);
        if (!stated || !province) return;
        stated->parent = in(new_scheme, *province);
        stated->state.act = row.text("resolution");
        set.units.push_back(*stated);
        inner_point(row, stated->state.code);
        if (row.has("area_ok") && row.text("area_ok") == "0") {
            set.findings.push_back({Severity::notice,
                                    "area_unsure",
                                    row.origin(),
                                    {{"unit", stated->state.code.text()}, {"area_km2", row.text("area_km2")}}});
        }
    });
    return {};
}

Result<void> Reading::province_map()
{
    PHOIHOP_TRY(table, open("province_map.csv",
                            {"old_code", "old_full_name", "new_code", "new_full_name", "same_code", "merged"}));
    table.each([&](const DataTable::Row& row) {
        const auto from = row.digits("old_code", province_digits);
        const auto to = row.digits("new_code", province_digits);
        const auto merged = row.flag("merged");
        const auto same_code = row.flag("same_code");
        if (!from || !to || !merged || !same_code) return;
        if (*same_code != (*from == *to)) row.unreadable("same_code", *from == *to ? "1" : "0");
        StatedLink link;
        link.origin = row.origin();
        link.from = in(old_scheme, *from);
        link.to = in(new_scheme, *to);
        link.land = link.people = Part::full;
        link.main = true;
        link.goes_on = !*merged;
        claim(row, StatedClaim::About::full_name, link.from, "old_full_name");
        claim(row, StatedClaim::About::full_name, link.to, "new_full_name");
        set.links.push_back(std::move(link));
    });
    return {};
}

Result<void> Reading::commune_map()
{
    PHOIHOP_TRY(table, open("commune_map.csv", {"old_code", "old_level", "new_code", "area_part", "people_part", "main",
                                                "targets", "basis", "resolution"}));
    table.each([&](const DataTable::Row& row) {
        const auto level = row.one_of("old_level", link_levels);
        if (!level) return;
        const auto from = row.digits("old_code", *level == "district" ? district_digits : commune_digits);
        const auto to = row.digits("new_code", commune_digits);
        const auto land = row.part("area_part");
        const auto people = row.part("people_part");
        const auto main = row.flag("main");
        const auto targets = row.count("targets");
        const auto basis = row.one_of("basis", link_bases);
        if (!from || !to || !land || !people || !main || !targets || !basis) return;
        StatedLink link;
        link.origin = row.origin();
        link.from = in(old_scheme, *from);
        link.to = in(new_scheme, *to);
        link.land = *land;
        link.people = *people;
        link.main = *main;
        link.goes_on = *basis == "unchanged";
        link.settled_by_sources = *basis == "two_sources";
        link.targets = *targets;
        link.act = row.text("resolution");
        set.links.push_back(std::move(link));
    });
    return {};
}

Result<void> Reading::changes()
{
    for (const auto& [file, bytes] : files) {
        if (!file.starts_with("changes_")) continue;
        PHOIHOP_TRY(table,
                    open(file, {"effective", "level", "code", "field", "old_value", "new_value", "act", "confidence"}));
        constexpr std::array<std::string_view, 2> levels{"province", "commune"};
        constexpr std::array<std::string_view, 1> fields{"full_name"};
        table.each([&](const DataTable::Row& row) {
            const auto on = row.date("effective");
            const auto level = row.one_of("level", levels);
            const auto field = row.one_of("field", fields);
            const auto old_value = row.name("old_value");
            const auto new_value = row.name("new_value");
            if (!on || !level || !field || !old_value || !new_value) return;
            const auto digits = row.digits("code", *level == "province" ? province_digits : commune_digits);
            if (!digits) return;
            const bool act_read = !row.text("confidence").starts_with("secondary");
            set.changes.push_back(
                {row.origin(), in(new_scheme, *digits), *on, *old_value, *new_value, row.text("act"), act_read});
        });
    }
    return {};
}

Result<void> Reading::variants()
{
    PHOIHOP_TRY(table, open("name_variants.csv", {"scheme", "code", "full_name", "variant", "source"}));
    table.each([&](const DataTable::Row& row) {
        const auto scheme = row.one_of("scheme", alias_schemes);
        const auto variant = row.name("variant");
        if (!scheme || !variant) return;
        const Code code = in(*scheme == "old" ? old_scheme : new_scheme, row.text("code"));
        set.aliases.push_back({row.origin(), code, *variant, row.text("source")});
        claim(row, StatedClaim::About::full_name, code, "full_name");
    });
    return {};
}

/// Both columns may be left out, or left empty: the unit then has no place of its own on a drawn map.
void Reading::inner_point(const DataTable::Row& row, const Code& code)
{
    if (!row.has("lat") || !row.has("lon") || (row.text("lat").empty() && row.text("lon").empty())) return;
    constexpr int millionths = 6;
    constexpr std::int64_t pole = 90'000'000;
    const auto latitude = parse_decimal(row.text("lat"), millionths);
    const auto longitude = parse_decimal(row.text("lon"), millionths);
    if (!latitude || std::abs(*latitude) > pole) return row.unreadable("lat", "degrees from -90 to 90");
    if (!longitude || std::abs(*longitude) > 2 * pole) return row.unreadable("lon", "degrees from -180 to 180");
    set.points.push_back({code, *latitude, *longitude});
}

/// The file may be left out. Told by its own text: each province of the scheme must have a shape.
void Reading::outlines(const std::string& file, std::string_view scheme)
{
    const auto found = files.find(file);
    if (found == files.end()) return;
    const std::string& text = found->second;
    if (!text.starts_with(R"({"type":"Topology")")) {
        set.findings.push_back({Severity::error, "unreadable", {file, 1}, {{"expected", "TopoJSON"}}});
        return;
    }
    for (const StatedUnit& unit : set.units) {
        const Code& code = unit.state.code;
        if (code.scheme != scheme || unit.state.level != Level::province) continue;
        if (text.find("\"id\":\"" + code.digits + "\"") == std::string::npos)
            set.findings.push_back({Severity::notice, "no_outline", unit.origin, {{"unit", code.text()}}});
    }
    set.outlines.push_back({file, std::string(scheme), text});
}

}  // namespace

Code nation_code()
{
    return {"iso", "VN"};
}

Result<DataSet> read_data_set(const DataFiles& files)
{
    Reading reading{files};
    StatedUnit nation{{"(nation)", 0}, {}, {}};
    nation.state = {{before_data, forever}, nation_code(), Level::nation, "nation", "Việt Nam", "Việt Nam", {}, ""};
    reading.set.units.push_back(nation);
    PHOIHOP_CHECK_OK(reading.old_provinces());
    PHOIHOP_CHECK_OK(reading.old_districts());
    PHOIHOP_CHECK_OK(reading.old_communes());
    PHOIHOP_CHECK_OK(reading.new_provinces());
    PHOIHOP_CHECK_OK(reading.new_communes());
    PHOIHOP_CHECK_OK(reading.province_map());
    PHOIHOP_CHECK_OK(reading.commune_map());
    PHOIHOP_CHECK_OK(reading.changes());
    PHOIHOP_CHECK_OK(reading.variants());
    reading.outlines("provinces63.topojson", old_scheme);
    reading.outlines("provinces34.topojson", new_scheme);
    return std::move(reading.set);
}

}  // namespace phoihop::units
