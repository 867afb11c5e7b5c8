// SPDX-License-Identifier: Apache-2.0
#include "dispatch/content_text.hpp"
#include "dispatch/make_document.hpp"
#include "store/files.hpp"
#include "support/reported_world.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using namespace phoihop::dispatch;
using phoihop::test::named;
using phoihop::test::period;
using phoihop::test::Reported;

namespace {

struct Registry : Reported {
    store::Writer& writer() { return office.fresh.writer(); }
    store::Database& database() { return office.fresh.database(); }

    DocumentId draft(std::string_view unit = "Tỉnh Hà Giang", std::string_view in = "2015-H1")
    {
        const auto now = snapshot();
        return make_report(writer(), {*now, *office.land, *office.programme, office.books},
                           {named(office.land, unit), period(in), day(2015, 7, 20)}, test::officer)
            .value();
    }

    DocumentRecord record(DocumentId id)
    {
        std::optional<DocumentRecord> found;
        database().read([&](store::Connection& connection) { found = DispatchStore::find(connection, id).value(); });
        return *found;
    }

    Result<Issued> issue(DocumentId id, Date on, std::optional<int> number = {})
    {
        return dispatch::issue(writer(), database(), id, {on, number, "Nguyễn Văn An"}, test::centre);
    }

    std::string kept(FileId file)
    {
        std::string text;
        database().read([&](store::Connection& connection) {
            const store::Bytes bytes = store::read_file(connection, file).value();
            for (const std::byte byte : bytes) text += static_cast<char>(byte);
        });
        return text;
    }
};

std::string all_words(const documents::OfficialDocument& document)
{
    std::string all;
    for (const auto& block : document.body)
        if (const auto* paragraph = std::get_if<documents::Paragraph>(&block))
            for (const auto& run : paragraph->runs) all += run.text;
    return all;
}

}  // namespace

TEST_CASE("dispatch: a document's canonical text reads back as the same document")
{
    Registry world;
    const auto composed = world.compose("Tỉnh Hà Giang", "2015-H1").value();
    const std::string text = content_text(composed);
    const Composed again = read_content(text);
    CHECK(content_text(again) == text);
    CHECK(again.passages == composed.passages);
    CHECK(files_of(again.document, "x").docx == files_of(composed.document, "x").docx);
    CHECK_THROWS_AS((void)read_content(text.substr(0, text.size() - 1)), store::StoreError);
    CHECK_THROWS_AS((void)read_content(text + "1:x,"), store::StoreError);
    const Edits edits{{"I/1", "một, hai: ba"}, {"V/1", ""}};
    CHECK(read_edits(edits_text(edits)) == edits);
}

TEST_CASE("dispatch: a draft keeps its figures and has no number")
{
    Registry world;
    const auto figures = world.compose("Tỉnh Hà Giang", "2015-H1").value().figures;
    const DocumentId id = world.draft();
    const DocumentRecord record = world.record(id);
    CHECK(record.state == DocumentState::draft);
    CHECK(!record.number);
    CHECK(record.as_of == world.snapshot()->as_of() - 1);  // its own record came after
    world.database().read([&](store::Connection& connection) {
        CHECK(DispatchStore::figures(connection, id) == figures);
        CHECK(DispatchStore::list(connection, {world.office.programme->id, record.about, record.period}).size() == 1);
        CHECK(DispatchStore::find(connection, DocumentId{99}).error().code == ProblemCode::not_found);
    });
}

TEST_CASE("dispatch: an officer edits a draft on its newest version only, and can take his words back")
{
    Registry world;
    const DocumentId id = world.draft();
    const std::string before = remake(world.database(), id).value().docx;
    CHECK(edit_paragraphs(world.writer(), id, 1, {{"III/strengths", "Lời mới."}}, test::officer) == 2);
    CHECK(remake(world.database(), id).value().docx != before);
    CHECK(edit_paragraphs(world.writer(), id, 1, {{"V/1", "x"}}, test::officer).error().code == ProblemCode::conflict);
    CHECK(edit_paragraphs(world.writer(), id, 2, {{"X/9", "x"}}, test::officer).error().code ==
          ProblemCode::unknown_name);
    CHECK(edit_paragraphs(world.writer(), id, 2, {{"V/1", "a\nb"}}, test::officer).error().code ==
          ProblemCode::malformed);
    CHECK(edit_paragraphs(world.writer(), id, 2, {{"III/strengths", ""}}, test::officer) == 3);
    CHECK(remake(world.database(), id).value().docx == before);
}

TEST_CASE("dispatch: numbers run from 1 for each issuer and year, and a repeated one is warned of")
{
    Registry world;
    const auto first = world.issue(world.draft(), day(2015, 7, 21)).value();
    CHECK(first.record.number == 1);
    CHECK(!first.repeated);
    CHECK(world.issue(world.draft(), day(2015, 12, 31)).value().record.number == 2);
    CHECK(world.issue(world.draft(), day(2016, 1, 4)).value().record.number == 1);
    CHECK(world.issue(world.draft("Việt Nam"), day(2015, 7, 21)).value().record.number == 1);
    const auto repeated = world.issue(world.draft(), day(2015, 8, 1), 2).value();
    CHECK(repeated.repeated);
    CHECK(world.issue(world.draft(), day(2015, 8, 1), 0).error().code == ProblemCode::out_of_range);
}

TEST_CASE("dispatch: an issued document never changes, and is remade byte for byte from its record")
{
    Registry world;
    const DocumentId id = world.draft();
    REQUIRE(edit_paragraphs(world.writer(), id, 1, {{"V/1", "Không có kiến nghị."}}, test::officer));
    const auto issued = world.issue(id, day(2015, 2, 5)).value().record;
    CHECK(world.record(id).version == issued.version);
    const Files again = remake(world.database(), id).value();
    const std::string kept_docx = world.kept(issued.docx);
    CHECK((kept_docx == again.docx));
    const std::string kept_pdf = world.kept(issued.pdf);
    CHECK((kept_pdf == again.pdf));
    const std::string kept_xlsx = world.kept(issued.xlsx);
    CHECK((kept_xlsx == again.xlsx));
    CHECK(edit_paragraphs(world.writer(), id, issued.version, {{"V/1", "x"}}, test::officer).error().code ==
          ProblemCode::wrong_state);
    CHECK(world.issue(id, day(2015, 2, 6)).error().code == ProblemCode::wrong_state);
}

TEST_CASE("dispatch: what changed under a report since it was made is told figure by figure")
{
    Registry world;
    const DocumentId id = world.draft();
    const auto changed = [&] {
        const auto now = world.snapshot();
        return changed_since(world.database(), {*now, *world.office.land, *world.office.programme, world.office.books},
                             id)
            .value();
    };
    CHECK(changed().empty());
    world.send("Xã Quản Bạ", "2015-Q2", day(2015, 8, 3), {100, 2000, 9, 1, 0});
    const auto after = changed();
    REQUIRE(!after.empty());
    for (const auto& figure : after) {
        REQUIRE(figure.now.has_value());
        CHECK(figure.now->as_of > figure.then.as_of);
    }
}

TEST_CASE("dispatch: nudge letters of a level are kept as drafts of the bodies above")
{
    Registry world;
    const auto nudges = world.with([&](const Sources& sources) {
        return compose_nudges(sources.books, sources.territory, sources.programme,
                              {day(2015, 7, 20), units::Level::commune, {"report"}});
    });
    const auto ids = make_nudges(world.writer(), *world.office.programme, nudges.value(), test::centre).value();
    REQUIRE(ids.size() == 6);
    CHECK(world.record(ids.front()).unit == named(world.office.land, "Tỉnh Hà Giang"));
    CHECK(world.record(ids.front()).about == named(world.office.land, "Xã Yên Minh"));
    REQUIRE(edit_paragraphs(world.writer(), ids.front(), 1, {{"closing", "Trân trọng."}}, test::officer));
    world.database().read([&](store::Connection& connection) {
        Composed composed = DispatchStore::content(connection, ids.front());
        REQUIRE(apply_edits(composed, DispatchStore::edits(connection, ids.front())));
        CHECK(all_words(composed.document).ends_with("Trân trọng."));
    });
    CHECK(world.issue(ids.front(), day(2015, 7, 20)).value().record.number == 1);
}
