// SPDX-License-Identifier: Apache-2.0
// What the desk does with programmes and invitations, from the command line.
#include "support/run_program.hpp"

#include <doctest/doctest.h>

#include <filesystem>

using namespace phoihop;
using support::Ended;
using support::read_file;
using support::run;
using support::says;
using support::ScratchFolder;

namespace {

const std::string sources = PHOIHOP_SOURCE_DIR;

/// A database with programme 09, and a folder with a copy of its definition, to be changed.
class Desk {
public:
    Desk()
    {
        ok({"init"});
        ok({"programme", "load", "--simulated", sources + "/programmes/ctr-09"});
        ok({"programme", "copy", "--programme", "ctr-09", copy()});
    }

    [[nodiscard]] std::string copy() const { return m_folder.file("copy"); }

    Ended call(std::vector<std::string> words) const
    {
        words.insert(words.begin(), PHOIHOP_PROGRAM);
        words.insert(words.end(), {"--db", m_folder.file("d.db")});
        return run(words);
    }

    std::string ok(const std::vector<std::string>& words) const
    {
        const Ended ended = call(words);
        REQUIRE_MESSAGE(ended.status == 0, ended.output);
        return ended.output;
    }

    /// Replaces a text that stands once in a file of the copy.
    void change(const std::string& file, const std::string& from, const std::string& to) const
    {
        std::string text = read_file(copy() + "/" + file);
        const auto at = text.find(from);
        REQUIRE_MESSAGE(at != std::string::npos, file, " does not say ", from);
        static_cast<void>(m_folder.write("copy/" + file, text.replace(at, from.size(), to)));
    }

    [[nodiscard]] std::string versions() const { return ok({"programme", "list", "--format", "csv"}); }

private:
    ScratchFolder m_folder;
};

}  // namespace

TEST_CASE("commands: a copied definition is the same, and is never written over another one")
{
    const Desk desk;
    CHECK(says(desk.ok({"programme", "load", "--simulated", desk.copy()}), "ctr-09 version 1: unchanged"));
    const Ended again = desk.call({"programme", "copy", "--programme", "ctr-09", desk.copy()});
    CHECK(again.status == 1);
    CHECK_MESSAGE(says(again.output, desk.copy() + "/"), again.output);
}

TEST_CASE("commands: a copy under another code is another programme")
{
    const Desk desk;
    const std::string folder = desk.copy() + "/ctr-10";
    desk.ok(
        {"programme", "copy", "--programme", "ctr-09", "--code", "ctr-10", "--title-vi", "Chương trình khác", folder});
    CHECK(says(desk.ok({"programme", "load", "--simulated", folder}), "ctr-10 version 1: created"));
    CHECK(says(desk.versions(), "ctr-10,1,"));
    CHECK(desk.call({"programme", "copy", "--programme", "ctr-09", "--code", "Hai Mươi", desk.copy() + "/other"})
              .status == 1);
    CHECK_FALSE(std::filesystem::exists(desk.copy() + "/other/calendar.yaml"));
}

TEST_CASE(
    "commands: a dry run tells what a version would change and changes nothing, and versions are compared afterwards")
{
    const Desk desk;
    desk.change("indicators.yaml", "Ban Chỉ đạo đã thành lập, kiện toàn", "Ban Chỉ đạo đã được thành lập");
    const std::string row =
        "changed,indicators,A1,name.vi,\"Ban Chỉ đạo đã thành lập, kiện toàn\",Ban Chỉ đạo đã được thành lập";
    const std::string told = desk.ok({"programme", "load", "--simulated", "--dry-run", "--format", "csv", desk.copy()});
    CHECK_MESSAGE(says(told, row), told);
    CHECK(says(told, "ctr-09 version 2: updated (dry run, nothing was changed)"));
    CHECK(says(desk.versions(), "ctr-09,1,"));
    desk.ok({"programme", "load", "--simulated", desk.copy()});
    CHECK(says(desk.versions(), "ctr-09,2,"));
    const std::string compared =
        desk.ok({"programme", "compare", "--programme", "ctr-09", "--from", "1", "--format", "csv"});
    CHECK_MESSAGE(says(compared, row), compared);
    CHECK(desk.call({"programme", "compare", "--programme", "ctr-09", "--from", "7"}).status == 1);
}

TEST_CASE("commands: what would give figures another meaning is refused in a dry run as in earnest")
{
    const Desk desk;
    desk.change("indicators.yaml", "over_time: last", "over_time: sum");
    for (const bool dry : {true, false}) {
        std::vector<std::string> words = {"programme", "load", "--simulated", desk.copy()};
        if (dry) words.emplace_back("--dry-run");
        const Ended ended = desk.call(words);
        CHECK(ended.status == 1);
        CHECK(says(ended.output, "A1"));
    }
    CHECK(says(desk.versions(), "ctr-09,1,"));
}

TEST_CASE("commands: an invitation is one line with its link, and whom nothing can be offered is said")
{
    const Desk desk;
    desk.ok({"units", "import", sources + "/data/vn-units"});
    const std::string link = desk.ok({"accounts", "invite", "--name", "Văn phòng Ban Chỉ đạo", "--role", "central",
                                      "--address", "https://phoihop.example.vn"});
    CHECK(says(link, "https://phoihop.example.vn/invitation#"));
    CHECK(says(link, "printed once"));
    CHECK(desk.call({"accounts", "invite", "--name", "Ai", "--role", "minister"}).status == 1);
    CHECK(desk.call({"accounts", "invite", "--name", "Ai", "--role", "central", "--days", "8"}).status == 1);
}
