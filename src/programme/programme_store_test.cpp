// SPDX-License-Identifier: Apache-2.0
#include "programme/programme_store.hpp"

#include "programme/load_programme.hpp"
#include "support/store.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using namespace phoihop::programme;

namespace {

Definition shipped(const std::string& code)
{
    return read_definition_at(PHOIHOP_SOURCE_DIR "/programmes/" + code).value();
}

/// The same definition with one text changed everywhere.
Definition changed(const Definition& definition, const std::string& from, const std::string& to)
{
    std::string text = definition.canonical;
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
    const SourceFile file{"changed", text};
    return read_definition({&file, 1});
}

struct World : test::FreshDatabase {
    ProgrammeStore programmes{database()};

    Result<LoadAnswer> load(const Definition& definition, Instance instance = Instance::simulated)
    {
        return load_programme(writer(), programmes, definition, {instance, UserId{7}});
    }

    std::int64_t journal_length()
    {
        std::int64_t length = 0;
        read([&](store::Connection& connection) { length = store::journal_position(connection).sequence; });
        return length;
    }
};

}  // namespace

TEST_CASE("programme store: the first load makes the instance, real or simulated for good")
{
    World world;
    CHECK(world.programmes.current("ctr-09").error().code == ProblemCode::unknown_name);
    const auto loaded = world.load(shipped("ctr-09"));
    REQUIRE(loaded.has_value());
    CHECK(loaded->outcome == LoadOutcome::created);
    CHECK(loaded->programme->version == 1);
    CHECK(loaded->programme->simulated);
    CHECK(world.load(shipped("ctr-09"), Instance::real).error().code == ProblemCode::simulated_only);

    const auto real = world.load(shipped("ctr-07"), Instance::real);
    CHECK_FALSE(real->programme->simulated);
    CHECK(world.load(shipped("ctr-07")).error().code == ProblemCode::real_only);
    CHECK(real->programme->id != loaded->programme->id);
}

TEST_CASE("programme store: the same content again changes nothing")
{
    World world;
    const Definition definition = shipped("ctr-09");
    CHECK(world.load(definition)->outcome == LoadOutcome::created);
    const std::int64_t length = world.journal_length();
    CHECK(length == 1);
    const auto again = world.load(definition);
    CHECK(again->outcome == LoadOutcome::unchanged);
    CHECK(again->programme->version == 1);
    CHECK(world.journal_length() == length);
}

TEST_CASE("programme store: changed content is a new version, and the old one stays")
{
    World world;
    const Definition first = shipped("ctr-09");
    CHECK(world.load(first)->outcome == LoadOutcome::created);
    const auto second = world.load(changed(first, "Information sessions", "Sessions held"));
    REQUIRE(second.has_value());
    CHECK(second->outcome == LoadOutcome::updated);
    CHECK(second->programme->version == 2);
    CHECK(world.programmes.current("ctr-09").value()->indicator("B1")->name.en == "Sessions held");
    CHECK(world.programmes.version("ctr-09", 1).value()->indicator("B1")->name.en == "Information sessions");
    CHECK(world.programmes.version("ctr-09", 3).error().code == ProblemCode::not_found);
    CHECK(world.programmes.current("ctr-09").value() == world.programmes.version("ctr-09", 2).value());
    CHECK(world.journal_length() == 2);
}

TEST_CASE("programme store: a version that would change what figures mean is refused whole")
{
    World world;
    const Definition first = shipped("ctr-09");
    CHECK(world.load(first)->outcome == LoadOutcome::created);
    // Figures of A8 kept in tenths would be read as hundredths.
    const auto refused = world.load(changed(first, "\"scale\": 1", "\"scale\": 2"));
    REQUIRE(refused.has_value());
    CHECK(refused->outcome == LoadOutcome::refused);
    REQUIRE(refused->findings.size() == 1);
    CHECK(fact(refused->findings[0], "key") == "indicators[A8].scale");
    CHECK(world.programmes.current("ctr-09").value()->version == 1);
    CHECK(world.journal_length() == 1);
}

TEST_CASE("programme store: a definition with findings is not loaded")
{
    World world;
    const auto refused = world.load(changed(shipped("ctr-09"), "\"cap\"", "\"capp\""));
    CHECK(refused->outcome == LoadOutcome::refused);
    CHECK_FALSE(refused->findings.empty());
    CHECK(world.programmes.all().empty());
}

TEST_CASE("programme store: a programme read back is the one that was loaded")
{
    World world;
    const Definition definition = shipped("ctr-07");
    REQUIRE(world.load(definition).has_value());
    const auto kept = world.programmes.current("ctr-07").value();
    CHECK(kept->title.vi == definition.programme->title.vi);
    CHECK(kept->forms.size() == definition.programme->forms.size());
    CHECK(kept->calendar.holidays == definition.programme->calendar.holidays);
    CHECK(refused_changes(*definition.programme, *kept).empty());
    REQUIRE(world.programmes.all().size() == 1);
    CHECK(world.programmes.all()[0] == kept);
}

TEST_CASE("programme store: all versions are listed, the newest first, each with who loaded it")
{
    World world;
    const Definition first = shipped("ctr-09");
    REQUIRE(world.load(first).has_value());
    REQUIRE(world.load(changed(first, "Information sessions", "Sessions held")).has_value());
    const ProgrammeId id = world.programmes.current("ctr-09").value()->id;
    std::vector<VersionRow> rows;
    world.read([&](store::Connection& connection) { rows = ProgrammeStore::versions(connection, id); });
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].version == 2);
    CHECK(rows[1].version == 1);
    CHECK(rows[0].loaded_by == UserId{7});
}

TEST_CASE("programme store: a preview says what a load would answer, and changes nothing")
{
    World world;
    const Definition first = shipped("ctr-09");
    const auto preview = [&](const Definition& definition, LoadTerms terms = {Instance::simulated, UserId{7}}) {
        return preview_load(world.database(), world.programmes, definition, terms);
    };
    CHECK(preview(first)->answer.outcome == LoadOutcome::created);
    CHECK(preview(first)->before == nullptr);
    CHECK(world.journal_length() == 0);
    REQUIRE(world.load(first).has_value());
    const Definition second = changed(first, "Information sessions", "Sessions held");
    CHECK(preview(first)->answer.outcome == LoadOutcome::unchanged);
    CHECK(preview(second)->answer.outcome == LoadOutcome::updated);
    CHECK(preview(second)->answer.programme->version == 2);
    CHECK(preview(second)->before_text == first.canonical);
    CHECK(preview(changed(first, "\"scale\": 1", "\"scale\": 2"))->answer.outcome == LoadOutcome::refused);
    CHECK(preview(first, {Instance::real, UserId{7}}).error().code == ProblemCode::simulated_only);
    CHECK(world.journal_length() == 1);
}

TEST_CASE("programme store: a load from a version that is no longer in force is a conflict")
{
    World world;
    const Definition first = shipped("ctr-09");
    const Definition second = changed(first, "Information sessions", "Sessions held");
    const auto load = [&](const Definition& definition, std::int64_t based_on) {
        return load_programme(world.writer(), world.programmes, definition, {Instance::simulated, UserId{7}, based_on});
    };
    CHECK(load(first, 1).error().code == ProblemCode::conflict);
    CHECK(load(first, 0)->outcome == LoadOutcome::created);
    CHECK(load(second, 0).error().code == ProblemCode::conflict);
    CHECK(load(second, 1)->outcome == LoadOutcome::updated);
}
