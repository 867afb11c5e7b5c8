// SPDX-License-Identifier: Apache-2.0
#include "programme/definition.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace phoihop;
using namespace phoihop::programme;

namespace {

constexpr std::string_view small = R"(programme:
  code: demo
  symbol: 01/CTr
  title: {vi: "Chương trình thử", en: Trial}
  first_day: 2020-01-01
  last_day: 2029-12-31
  issuing_party: front
  kept_maps: [2025-06-30]
objectives:
  - {code: O1, text: {vi: "Mục tiêu", en: Aim}}
parties:
  - code: front
    name: {vi: "Mặt trận", en: Front}
    document_family: front
    bodies:
      - {level: province, name: {vi: "Mặt trận", en: Front}, symbol: MT}
      - {level: district, name: {vi: "Mặt trận", en: Front}, symbol: MT}
      - {level: commune, name: {vi: "Mặt trận", en: Front}, symbol: MT}
groups:
  - {code: B, name: {vi: "Nhóm", en: Group}}
indicators:
  - code: B1
    group: B
    name: {vi: "Buổi", en: Sessions}
    unit: {vi: "buổi", en: sessions}
    over_units: sum
    over_time: sum
    better: up
    cap: 100
    definition: {vi: "Số buổi.", en: Sessions.}
  - code: B2
    group: B
    name: {vi: "Tiền", en: Money}
    unit: {vi: "triệu đồng", en: million dong}
    scale: 2
    over_units: sum
    over_time: sum
    better: none
    cap: 500
    definition: {vi: "Số tiền.", en: Money.}
  - code: B3
    group: B
    name: {vi: "Bình quân", en: Mean}
    unit: {vi: "triệu đồng", en: million dong}
    over_units: formula
    over_time: formula
    better: none
    formula: B2 / B1
    shown_scale: 1
    definition: {vi: "Bình quân.", en: Mean.}
forms:
  - code: f1
    number: 1
    title: {vi: "Biểu", en: Form}
    party: front
    frequency: quarter
    source: typed
    duties:
      - {level: commune, deadline: commune, or_lowest: true}
    regime:
      name: &r {vi: x, en: x}
    cells:
      - {indicator: B1, jump_percent: 50}
      - {indicator: B2, required: false, min: "0.5"}
    rules:
      - {condition: B1 > 0 implies B2 > 0, cell: B2, text: {vi: "Có buổi thì có tiền.", en: Money for sessions.}}
calendar:
  windows: calendar_months
  closes_after_days: 10
  deadlines:
    - {name: commune, frequency: quarter, day: 5, month_offset: 1}
    - {name: review, frequency: year, days_after_cut_off: 30}
standings:
  - code: review
    kind: review
    title: {vi: "Sơ kết", en: Review}
    party: front
    levels: [province]
    frequency: year
    deadline: review
)";

/// The small definition with the regime's ten fields filled in.
std::string base()
{
    std::string text(small);
    std::string regime;
    for (const char* key : {"name", "content", "who_reports", "to_whom", "form_and_way", "frequency", "cut_off",
                            "deadline", "outline", "how_to"})
        regime += std::string("      ") + key + ": {vi: x, en: x}\n";
    const std::string stand_in = "      name: &r {vi: x, en: x}\n";
    return text.replace(text.find(stand_in), stand_in.size(), regime);
}

std::string changed(std::string_view from, std::string_view to)
{
    std::string text = base();
    const std::size_t at = text.find(from);
    REQUIRE_MESSAGE(at != std::string::npos, std::string(from));
    return text.replace(at, from.size(), to);
}

Definition read(const std::string& text, const OtherProgrammes& others = {})
{
    const SourceFile file{"demo.yaml", text};
    return read_definition({&file, 1}, others);
}

/// "code key" of each finding, one a line.
std::string found(const Definition& definition)
{
    std::string all;
    for (const Problem& finding : definition.findings)
        all += std::string(word(finding.code)) + " " + std::string(fact(finding, "key")) + "\n";
    return all;
}

std::string found_after(std::string_view from, std::string_view to)
{
    return found(read(changed(from, to)));
}

}  // namespace

TEST_CASE("definition: a small programme is read with its defaults")
{
    const Definition definition = read(base());
    CHECK(found(definition) == "");
    REQUIRE(definition.programme != nullptr);
    const Programme& programme = *definition.programme;
    CHECK(programme.validity == Validity{day(2020, 1, 1), day(2030, 1, 1)});
    CHECK(programme.indicator("B3")->source == Source::computed);
    CHECK(programme.indicator("B1")->source == Source::typed);
    const Form& form = *programme.form_of("B2");
    CHECK(form.cells[0].min == 0);
    CHECK(form.cells[0].max == 100);
    CHECK(form.cells[0].required);
    CHECK(form.cells[1].min == 50);
    CHECK(form.cells[1].max == 50000);
    CHECK_FALSE(form.cells[1].required);
    CHECK(form.rules[0].severity == Severity::error);
    CHECK(form.duties[0].or_lowest);
    CHECK(programme.calendar.deadline("commune", Frequency::quarter)->reports);
    CHECK_FALSE(programme.calendar.deadline("review", Frequency::year)->reports);
    CHECK(programme.standings[0].needs_decision);
}

TEST_CASE("definition: a finding names file, line, key and what would be right")
{
    const Definition definition = read(changed("    cap: 100", "    capp: 100"));
    CHECK(definition.programme == nullptr);
    REQUIRE(definition.findings.size() == 2);
    const Problem& unknown = definition.findings[1];
    CHECK(unknown.where == "demo.yaml:29");
    CHECK(fact(unknown, "file") == "demo.yaml");
    CHECK(fact(unknown, "line") == "29");
    CHECK(fact(unknown, "key") == "indicators[B1].capp");
    CHECK(fact(unknown, "nearest") == "cap");
    CHECK(definition.findings[0].code == ProblemCode::missing);
    CHECK(fact(definition.findings[0], "key") == "indicators[B1].cap");
}

TEST_CASE("definition: all findings come at once, in the order of lines")
{
    std::string text = changed("scale: 2", "scale: 9");
    text.replace(text.find("better: up"), 10, "better: upp");
    text.replace(text.find("kind: review"), 12, "kind: revue");
    const Definition definition = read(text);
    CHECK(
        found(definition) ==
        "unknown_name indicators[B1].better\nout_of_range indicators[B2].scale\nunknown_name standings[review].kind\n");
    CHECK(fact(definition.findings[0], "nearest") == "up");
    CHECK(fact(definition.findings[1], "max") == "6");
    CHECK(fact(definition.findings[2], "nearest") == "review");
}

TEST_CASE("definition: scalars mean what is written, not what YAML guesses")
{
    CHECK(found_after("required: false", "required: no") == "unknown_name forms[f1].cells[B2].required\n");
    const Definition octal = read(changed("cap: 100", "cap: 012"));
    REQUIRE(octal.programme != nullptr);
    CHECK(octal.programme->indicator("B1")->cap == 12);
    CHECK(found_after("cap: 100", "cap: 1e2") == "malformed indicators[B1].cap\n");
    CHECK(found_after("cap: 100", "cap: ~") == "missing indicators[B1].cap\n");
}

TEST_CASE("definition: what cannot be read at all is a finding with its line")
{
    const Definition broken = read("programme:\n  code: [a\nparties: x\n");
    REQUIRE_FALSE(broken.findings.empty());
    CHECK(broken.findings[0].code == ProblemCode::malformed);
    CHECK(found(read(changed("    better: up", "    better: up\n    better: down"))) == "duplicate better\n");
    CHECK(read("a: &x 1\nb: *x\n").findings[0].code == ProblemCode::unsupported);
    CHECK(read("a: 1\n---\nb: 2\n").findings[0].code == ProblemCode::unsupported);
    CHECK(read("- a\n").findings[0].code == ProblemCode::wrong_type);
    const std::string deep = "a: " + std::string(20, '[') + std::string(20, ']');
    CHECK(read(deep).findings[0].code == ProblemCode::too_large);
    CHECK_FALSE(read(std::string(5000, '[')).findings.empty());
    CHECK_FALSE(read(std::string(5000, '{')).findings.empty());
    CHECK(read(std::string(definition_size_max + 1, ' ')).findings[0].code == ProblemCode::too_large);
    CHECK_FALSE(read("").findings.empty());
}

TEST_CASE("definition: a key may stand in one file only")
{
    const SourceFile files[] = {{"a.yaml", base()}, {"b.yaml", "groups: []\n"}};
    const Definition definition = read_definition(files);
    REQUIRE(definition.findings.size() == 1);
    CHECK(definition.findings[0].where == "b.yaml:1");
    CHECK(definition.findings[0].code == ProblemCode::duplicate);
    const SourceFile apart[] = {{"a.yaml", base().substr(0, base().find("calendar:"))},
                                {"b.yaml", base().substr(base().find("calendar:"))}};
    CHECK(read_definition(apart).canonical == read(base()).canonical);
}

TEST_CASE("definition: comments, spacing and the order of keys do not change the content")
{
    const std::string canonical = read(base()).canonical;
    CHECK(read("# a comment\n" + base()).canonical == canonical);
    CHECK(read(changed("    over_units: sum\n    over_time: sum\n", "    over_time:   sum\n    over_units: \"sum\"\n"))
              .canonical == canonical);
    CHECK(read(changed("cap: 100", "cap: 101")).canonical != canonical);
    CHECK(read(canonical).canonical == canonical);
    // "Buổi" with its marks apart, as file systems and old keyboards write it.
    CHECK(read(changed("vi: \"Buổi\"", "vi: \"Bu\u006f\xcc\x82\xcc\x89i\"")).canonical == canonical);
}

TEST_CASE("definition: a typed indicator stands in exactly one form")
{
    CHECK(found_after("      - {indicator: B1, jump_percent: 50}\n", "") ==
          "inconsistent indicators[B1]\nunknown_name forms[f1].rules[1].condition\n");
    CHECK(found_after("{indicator: B1, jump_percent: 50}", "{indicator: B3}") ==
          "inconsistent indicators[B1]\ninconsistent indicators[B3]\ninconsistent forms[f1].cells[B3].indicator\n"
          "unknown_name forms[f1].rules[1].condition\n");
    CHECK(found_after("indicator: B1,", "indicator: BB1,") ==
          "inconsistent indicators[B1]\nunknown_name forms[f1].cells[BB1].indicator\n"
          "unknown_name forms[f1].rules[1].condition\n");
}

TEST_CASE("definition: codes are unique")
{
    CHECK(found_after("  - code: B2\n", "  - code: B1\n").starts_with("duplicate indicators[B1]\n"));
    CHECK(found_after("{level: province, name", "{level: district, name")
              .find("duplicate parties[front].bodies[district]") != std::string::npos);
    CHECK(found_after("{name: review, frequency: year, days_after_cut_off: 30}",
                      "{name: commune, frequency: quarter, days_after_cut_off: 30}")
              .find("duplicate calendar.deadlines[commune]") != std::string::npos);
}

TEST_CASE("definition: a formula stands on known sums of one frequency")
{
    CHECK(found_after("formula: B2 / B1", "formula: B2 / B9") == "unknown_name indicators[B3].formula\n");
    CHECK(found_after("formula: B2 / B1", "formula: B2 / B3") == "inconsistent indicators[B3].formula\n");
    CHECK(found_after("formula: B2 / B1", "formula: B2 / prev(B1)") == "inconsistent indicators[B3].formula\n");
    CHECK(found_after("formula: B2 / B1", "formula: B2 / units(xa)") == "unknown_name indicators[B3].formula\n");
    CHECK(found_after("formula: B2 / B1", "formula: B2 / units(commune)") == "");
    const Definition broken = read(changed("formula: B2 / B1", "formula: B2 / (B1"));
    CHECK(found(broken) == "malformed indicators[B3].formula\n");
    CHECK(fact(broken.findings[0], "position") == "9");
    const Definition circle = read(changed("formula: B2 / B1", "formula: B3 + B1"));
    CHECK(fact(circle.findings[0], "rule") == "formulas do not run in a circle");
    CHECK(found_after("    over_units: sum\n    over_time: sum\n    better: up",
                      "    over_units: distinct\n    over_time: sum\n    better: up") ==
          "inconsistent indicators[B3].formula\n");
}

TEST_CASE("definition: caps fit 63 bits, and sums that do not are marked")
{
    CHECK(found_after("cap: 500", "cap: 92233720368547758") == "");
    CHECK(found_after("cap: 500", "cap: 92233720368547759") == "out_of_range indicators[B2].cap\n");
    // 2^63 - 1 over 100 and 200,000 units is 461168601842.
    CHECK_FALSE(read(changed("cap: 500", "cap: 461168601842")).programme->indicator("B2")->wide_sums);
    CHECK(read(changed("cap: 500", "cap: 461168601843")).programme->indicator("B2")->wide_sums);
}

TEST_CASE("definition: whoever owes something has a body and a deadline")
{
    CHECK(found_after("party: front\n    frequency", "party: frond\n    frequency").find("unknown_name forms[f1]") !=
          std::string::npos);
    CHECK(found_after("deadline: commune,", "deadline: comune,") ==
          "unknown_name forms[f1].duties[commune].deadline\n");
    CHECK(found_after("      - {level: district, name: {vi: \"Mặt trận\", en: Front}, symbol: MT}\n", "") ==
          "inconsistent forms[f1].duties[commune]\n");
    CHECK(found_after("levels: [province]", "levels: [nation]") == "inconsistent standings[review]\n");
    CHECK(found_after("    deadline: review", "    deadline: commune") == "unknown_name standings[review].deadline\n");
    CHECK(found_after("    deadline: review", "    years: [2035]\n    deadline: review") ==
          "inconsistent standings[review].years\n");
    CHECK(found_after("issuing_party: front", "issuing_party: fronts") == "unknown_name programme.issuing_party\n");
}

TEST_CASE("definition: a deadline lies after the cut-off and is given in one way")
{
    CHECK(found_after("day: 5, month_offset: 1", "day: 25") == "inconsistent calendar.deadlines[commune].day\n");
    CHECK(found_after("day: 5, month_offset: 1", "day: 5, days_after_cut_off: 3")
              .find("inconsistent calendar.deadlines[commune].frequency") != std::string::npos);
    CHECK(found_after("calendar_months", "decree_09_2019") == "");
    std::string decree = changed("calendar_months", "decree_09_2019");
    decree.replace(decree.find("day: 5, month_offset: 1"), 23, "day: 14");
    CHECK(found(read(decree)) == "inconsistent calendar.deadlines[commune].day\n");
}

TEST_CASE("definition: both languages are there")
{
    CHECK(found_after("name: {vi: \"Buổi\", en: Sessions}", "name: {vi: \"Buổi\"}") ==
          "missing indicators[B1].name.en\n");
    CHECK(found_after("name: {vi: \"Buổi\", en: Sessions}", "name: {vi: \"\", en: Sessions}") ==
          "missing indicators[B1].name.vi\n");
    CHECK(found_after("name: {vi: \"Buổi\", en: Sessions}", "name: Buổi") == "wrong_type indicators[B1].name\n");
}

TEST_CASE("definition: a form filled by a module takes only that module's indicators")
{
    const std::string machine = "    source: opinions";
    CHECK(found_after("    source: typed", machine) ==
          "inconsistent forms[f1].cells[B1].indicator\ninconsistent forms[f1].cells[B2].indicator\n");
    std::string text = changed("    source: typed", machine);
    for (const char* code : {"  - code: B1\n", "  - code: B2\n"})
        text.insert(text.find(code) + 13, "    source: module\n");
    CHECK(found(read(text)) == "");
}

TEST_CASE("definition: what an indicator carries on must exist, also in another programme")
{
    CHECK(found_after("    cap: 500\n", "    cap: 500\n    of: B1\n") == "inconsistent indicators[B2].of\n");
    CHECK(found_after("    cap: 500\n", "    cap: 500\n    continues: B7\n") ==
          "unknown_name indicators[B2].continues\n");
    const auto other = read(base()).programme;
    const OtherProgrammes others = [&](std::string_view code) { return code == "demo" ? other : nullptr; };
    CHECK(found(read(changed("    cap: 500\n", "    cap: 500\n    continues: demo/B2\n"), others)) == "");
    CHECK(found(read(changed("    cap: 500\n", "    cap: 500\n    continues: demo/B9\n"), others)) ==
          "unknown_name indicators[B2].continues\n");
    CHECK(found(read(changed("    cap: 500\n", "    cap: 500\n    continues: gone/B2\n"), others)) ==
          "unknown_name indicators[B2].continues\n");
}

TEST_CASE("definition: a new version keeps the meaning of figures already taken")
{
    const auto before = read(base()).programme;
    const auto refused = [&](std::string_view from, std::string_view to) {
        const auto after = read(changed(from, to));
        REQUIRE_MESSAGE(after.programme != nullptr, found(after));
        std::string all;
        for (const Problem& problem : refused_changes(*before, *after.programme))
            all += std::string(fact(problem, "key")) + "\n";
        return all;
    };
    CHECK(refused("cap: 100", "cap: 200") == "");
    CHECK(refused("en: Sessions}", "en: Meetings}") == "");
    CHECK(refused("scale: 2", "scale: 3") == "indicators[B2].scale\n");
    CHECK(refused("unit: {vi: \"buổi\"", "unit: {vi: \"cuộc\"") == "indicators[B1].unit\n");
    CHECK(refused("    over_units: sum\n    over_time: sum\n    better: up",
                  "    over_units: sum\n    over_time: last\n    better: up") == "indicators[B1].over_time\n");
    CHECK(refused("formula: B2 / B1", "formula: B1 / B2") == "indicators[B3].formula\n");
    CHECK(refused("    number: 1", "    number: 2") == "forms[f1].number\n");
    CHECK(refused("      - {indicator: B1, jump_percent: 50}\n      - {indicator: B2, required: false, min: \"0.5\"}",
                  "      - {indicator: B2}\n      - {indicator: B1}") == "forms[f1].cells[1]\nforms[f1].cells[2]\n");
    CHECK(refused("calendar_months", "decree_09_2019") == "calendar.windows\n");
}

TEST_CASE("definition: a path that names no definition is not found")
{
    CHECK(read_definition_at(PHOIHOP_SOURCE_DIR "/programmes/none").error().code == ProblemCode::not_found);
}
