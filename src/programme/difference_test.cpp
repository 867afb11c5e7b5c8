// SPDX-License-Identifier: Apache-2.0
#include "programme/difference.hpp"

#include "programme/definition.hpp"
#include "programme/definition_yaml.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using namespace phoihop::programme;

namespace {

Definition shipped(const std::string& code)
{
    return read_definition_at(PHOIHOP_SOURCE_DIR "/programmes/" + code).value();
}

std::string with(std::string text, const std::string& from, const std::string& to)
{
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

/// "changed indicators B1: name.en Information sessions → Sessions held"
std::string said(const std::vector<DefinitionChange>& changes)
{
    std::string text;
    for (const DefinitionChange& change : changes) {
        text += (text.empty() ? "" : "\n") + std::string(word(change.kind)) + " " + change.section + " " + change.code;
        for (const FieldChange& field : change.fields)
            text += "; " + field.field + " " + field.before + " → " + field.after;
    }
    return text;
}

TreeNode tree_of(const std::string& text)
{
    std::vector<Problem> findings;
    const SourceFile file{"text", text};
    DefinitionTree tree = read_tree({&file, 1}, findings);
    REQUIRE(findings.empty());
    return std::move(tree.root);
}

std::string said(const std::string& before, const std::string& after)
{
    return said(difference(tree_of(before), tree_of(after)));
}

Definition read_files(const std::vector<SourceFile>& files)
{
    return read_definition(files);
}

}  // namespace

TEST_CASE("programme difference: a definition does not differ from itself, whatever its comments and order of keys")
{
    const std::string text = shipped("ctr-07").canonical;
    CHECK(difference_of_texts(text, text).empty());
    CHECK(said("groups: [{code: A, name: {vi: x, en: y}}]", "groups:\n- name: {en: y, vi: x} # the same\n  code: A")
              .empty());
}

TEST_CASE("programme difference: a field that reads otherwise is named with both texts")
{
    const std::string text = shipped("ctr-09").canonical;
    CHECK(said(difference_of_texts(text, with(text, "Information sessions", "Sessions held"))) ==
          "changed indicators B1; name.en Information sessions → Sessions held");
}

TEST_CASE("programme difference: what is added or removed comes with all its fields")
{
    CHECK(said("groups: [{code: A, name: {vi: a, en: b}}]", "groups: [{code: B, name: {vi: c, en: d}}]") ==
          "added groups B; name.vi  → c; name.en  → d\n"
          "removed groups A; name.vi a → ; name.en b → ");
    const auto changes = difference(tree_of("groups: []"), tree_of("groups: [{code: B, name: {vi: c, en: d}}]"));
    REQUIRE(changes.size() == 1);
    CHECK(changes[0].name.vi == "c");
}

TEST_CASE("programme difference: cells, duties and rules are known by what they stand for, not by their place")
{
    CHECK(said("forms: [{code: f, cells: [{indicator: A, max: 5}, {indicator: B}]}]",
               "forms: [{code: f, cells: [{indicator: A, max: 7}, {indicator: B}, {indicator: C}]}]") ==
          "changed forms f; cells[A].max 5 → 7; cells[C]  → ✓");
    CHECK(said("calendar: {deadlines: [{name: x, frequency: year, day: 5}]}",
               "calendar: {deadlines: [{name: x, frequency: year, day: 6}], holidays: [2026-01-01, 2026-02-02]}") ==
          "changed calendar ; deadlines[x/year].day 5 → 6; holidays  → 2026-01-01, 2026-02-02");
}

TEST_CASE("programme difference: another order of a list is one change")
{
    CHECK(said("groups: [{code: A}, {code: B}]", "groups: [{code: B}, {code: A}]") ==
          "changed groups ; order A, B → B, A");
}

TEST_CASE("programme difference: what keeps totals from being compared is said by indicator")
{
    const Definition before = shipped("ctr-07");
    Programme after = *before.programme;
    after.indicators.front().definition_vi += " Cách tính mới.";
    Indicator fresh = after.indicators.back();
    fresh.code = "Z1";
    fresh.continues = "B1";
    after.indicators.push_back(fresh);
    fresh.code = "Z2";
    fresh.continues.clear();
    after.indicators.push_back(fresh);
    const auto found = breaks(*before.programme, after);
    REQUIRE(found.size() == 3);
    CHECK(found[0].indicator == after.indicators.front().code);
    CHECK(found[0].why == Break::Why::redefined);
    CHECK(found[1].detail == "B1");
    CHECK(found[2].why == Break::Why::begins);

    after = *before.programme;
    after.forms.front().duties.pop_back();
    CHECK(breaks(*before.programme, after).size() == after.forms.front().cells.size());
    CHECK(breaks(*before.programme, *before.programme).empty());
}

TEST_CASE("programme difference: the files that are written are read back as the same definition")
{
    for (const char* code : {"ctr-07", "ctr-09"}) {
        const Definition kept = shipped(code);
        const Definition again = read_files(cloned_files(kept.canonical, {}).value());
        REQUIRE(again.findings.empty());
        CHECK(again.canonical == kept.canonical);
    }
}

TEST_CASE("programme difference: a clone differs from its original in its names, and continues nothing")
{
    const Definition kept = shipped("ctr-07");
    const Definition clone =
        read_files(cloned_files(kept.canonical, {"ctr-08", "08/CTr-X", "Chương trình \"mới\"", ""}).value());
    REQUIRE(clone.programme != nullptr);
    CHECK(clone.programme->code == "ctr-08");
    CHECK(clone.programme->continues.empty());
    CHECK(clone.programme->title.vi == "Chương trình \"mới\"");
    CHECK(clone.programme->title.en == kept.programme->title.en);
    for (const DefinitionChange& change : difference_of_texts(kept.canonical, clone.canonical))
        for (const FieldChange& field : change.fields)
            CHECK((change.section == "programme" || (change.section == "indicators" && field.field == "continues")));
}
