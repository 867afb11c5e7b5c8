// SPDX-License-Identifier: Apache-2.0
#include "support/request_cases.hpp"
#include "support/case_world.hpp"

#include <filesystem>
#include <sstream>

using namespace phoihop;

namespace {

void hold(const std::string& name)
{
    const test::RequestCase file = test::read_case(PHOIHOP_SOURCE_DIR "/tests/cases/web/" + name);
    test::CaseWorld world;
    if (file.scene.contains("Today")) world.set_today(parse_date(file.scene.at("Today")).value());
    if (file.scene.contains("Opened")) {
        std::istringstream periods(file.scene.at("Opened"));
        for (std::string period; periods >> period;) world.open_period(period);
    }
    test::run_case(file, [&](const test::CaseExchange& exchange, http::Request request) {
        const auto actor = exchange.scene.find("Actor");
        http::Delivery answer = world.exchange(std::move(request), actor == exchange.scene.end() ? "" : actor->second);
        const std::string unclear = test::unclear(answer);
        CHECK_MESSAGE(unclear.empty(), name, ":", exchange.line, " ", unclear);
        return answer;
    });
}

/// Each file has its test below: ctest runs and names them one by one.
const char* const files[] = {"session.case",    "programme.case", "definition.case", "work.case",     "board.case",
                             "report.case",     "decision.case",  "obligation.case", "import.case",   "figures.case",
                             "units.case",      "maps.case",      "document.case",   "checks.case",   "views.case",
                             "presence.case",   "batch.case",     "board_acts.case", "calendar.case", "account.case",
                             "invitation.case", "journal.case",   "territory.case"};

}  // namespace

TEST_CASE("web: sessions are begun, shown and ended as the cases say")
{
    hold("session.case");
}
TEST_CASE("web: programmes and periods answer as the cases say")
{
    hold("programme.case");
}
TEST_CASE("web: definitions are loaded, compared and copied as the cases say")
{
    hold("definition.case");
}
TEST_CASE("web: the territory is changed as the cases say")
{
    hold("territory.case");
}
TEST_CASE("web: work lists answer as the cases say")
{
    hold("work.case");
}
TEST_CASE("web: boards answer as the cases say")
{
    hold("board.case");
}
TEST_CASE("web: reports are kept, sent and corrected as the cases say")
{
    hold("report.case");
}
TEST_CASE("web: the grid of many units is read as the cases say")
{
    hold("batch.case");
}

TEST_CASE("web: two people who fill one form see each other as the cases say")
{
    hold("presence.case");
}

TEST_CASE("web: reports are judged as the cases say")
{
    hold("decision.case");
}
TEST_CASE("web: many reports are judged at once as the cases say")
{
    hold("checks.case");
}
TEST_CASE("web: deadlines go out to calendar programs as the cases say")
{
    hold("calendar.case");
}
TEST_CASE("web: obligations are proved as the cases say")
{
    hold("obligation.case");
}
TEST_CASE("web: files of reports are taken as the cases say")
{
    hold("import.case");
}
TEST_CASE("web: figures answer as the cases say")
{
    hold("figures.case");
}
TEST_CASE("web: views are kept as the cases say")
{
    hold("views.case");
}
TEST_CASE("web: units answer as the cases say")
{
    hold("units.case");
}
TEST_CASE("web: gaps are acted on as the cases say")
{
    hold("board_acts.case");
}
TEST_CASE("web: maps answer as the cases say")
{
    hold("maps.case");
}

TEST_CASE("web: documents are made and issued as the cases say")
{
    hold("document.case");
}

TEST_CASE("web: accounts are found and changed as the cases say")
{
    hold("account.case");
}
TEST_CASE("web: places are offered and taken as the cases say")
{
    hold("invitation.case");
}
TEST_CASE("web: the journal is read and the server is looked at as the cases say")
{
    hold("journal.case");
}

TEST_CASE("web: no case file is forgotten")
{
    std::size_t found = 0;
    for (const auto& entry : std::filesystem::directory_iterator(PHOIHOP_SOURCE_DIR "/tests/cases/web"))
        if (entry.path().extension() == ".case") ++found;
    CHECK(found == std::size(files));
}
