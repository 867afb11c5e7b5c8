// SPDX-License-Identifier: Apache-2.0
#include "store/files.hpp"

#include "support/notes.hpp"

#include <doctest/doctest.h>

using namespace phoihop;
using namespace phoihop::store;
using namespace std::string_view_literals;

namespace {

Bytes bytes(std::string_view text)
{
    const auto view = std::as_bytes(std::span(text));
    return {view.begin(), view.end()};
}

/// A PDF by its first bytes, of `size` bytes that repeat nowhere.
Bytes pdf(std::size_t size)
{
    auto content = bytes("%PDF-1.7\n");
    for (std::uint32_t i = 0; content.size() < size; ++i)
        content.push_back(static_cast<std::byte>(i * 2654435761U >> 24));
    return content;
}

void put(std::string& to, std::size_t number, int length)
{
    for (int i = 0; i < length; ++i) to.push_back(static_cast<char>(number >> (8 * i)));
}

/// A ZIP container of stored members, without checksums: enough for whoever only looks at its directory.
Bytes zip(std::initializer_list<std::pair<std::string_view, std::string_view>> members)
{
    std::string body;
    std::string directory;
    for (const auto& [name, content] : members) {
        directory += "PK\1\2"sv;
        directory.append(24, '\0');
        put(directory, name.size(), 2);
        directory.append(12, '\0');
        put(directory, body.size(), 4);
        directory += name;
        body += "PK\3\4"sv;
        body.append(22, '\0');
        put(body, name.size(), 2);
        put(body, 0, 2);
        body.append(name).append(content);
    }
    std::string end("PK\5\6\0\0\0\0"sv);
    put(end, members.size(), 2);
    put(end, members.size(), 2);
    put(end, directory.size(), 4);
    put(end, body.size(), 4);
    put(end, 0, 2);
    return bytes(body + directory + end);
}

struct Files : test::FreshDatabase {
    Files() : FreshDatabase(migrations()) {}
    static std::vector<Migration> migrations()
    {
        auto all = test::migrations_with_notes();
        all.push_back({9001, "enclosure",
                       "create table enclosure (id integer primary key, file integer references file (id)) strict;", "",
                       ""});
        return all;
    }
    Result<Bytes> bytes_of(FileId id)
    {
        Result<Bytes> content = refuse(ProblemCode::not_found);
        read([&](Connection& connection) { content = read_file(connection, id); });
        return content;
    }
    void wait(std::chrono::hours hours) { clock().set(clock().now() + hours); }
};

std::string type_of(const Bytes& content)
{
    const auto type = media_type_of(content);
    return type ? *type : std::string(word(type.error().code));
}

}  // namespace

TEST_CASE("store: the type of an attachment is found from its content")
{
    CHECK(type_of(pdf(100)) == "application/pdf");
    CHECK(type_of(bytes("\x89PNG\r\n\x1a\n...")) == "image/png");
    CHECK(type_of(bytes("\xff\xd8\xff\xe0...")) == "image/jpeg");
    CHECK(type_of(zip({{"[Content_Types].xml", ""}, {"word/document.xml", ""}})) ==
          "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    CHECK(type_of(zip({{"xl/workbook.xml", "x"}, {"[Content_Types].xml", ""}})) ==
          "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    CHECK(type_of(zip({{"mimetype", "application/vnd.oasis.opendocument.text"}, {"content.xml", ""}})) ==
          "application/vnd.oasis.opendocument.text");
}

TEST_CASE("store: programs, archives, pages, broken and empty files are no attachments")
{
    CHECK(type_of({}) == "wrong_type");
    CHECK(type_of(bytes("\x7f"
                        "ELF")) == "wrong_type");
    CHECK(type_of(bytes("<html><script>")) == "wrong_type");
    CHECK(type_of(zip({{"letter.txt", "PK"}})) == "wrong_type");
    CHECK(type_of(zip({{"[Content_Types].xml", ""}, {"word/document.xml", ""}, {"word/vbaProject.bin", ""}})) ==
          "wrong_type");
    const auto whole = zip({{"[Content_Types].xml", ""}, {"word/document.xml", ""}});
    CHECK(type_of({whole.begin(), whole.end() - 30}) == "wrong_type");
}

TEST_CASE("store: a directory that points outside its container is refused, wherever it is cut or bent")
{
    const auto whole = zip({{"[Content_Types].xml", "ab"}, {"word/document.xml", "cd"}, {"mimetype", "ef"}});
    for (std::size_t at = 4; at < whole.size(); ++at) {
        CAPTURE(at);
        CHECK_NOTHROW((void)media_type_of(BytesView(whole).first(at)));
        auto bent = whole;
        bent[at] = std::byte{0xff};
        CHECK_NOTHROW((void)media_type_of(bent));
    }
}

TEST_CASE("store: a file of many pieces comes back byte for byte")
{
    Files files;
    for (const std::size_t size : {10UL, 256UL * 1024, 256UL * 1024 + 1, 3UL * 1024 * 1024}) {
        const auto content = pdf(size);
        const auto kept = keep_file(files.writer(), content);
        REQUIRE(kept);
        CHECK(kept->size == static_cast<std::int64_t>(size));
        CHECK(kept->media_type == "application/pdf");
        CHECK(files.bytes_of(kept->id) == content);
    }
}

TEST_CASE("store: the same file is kept once, and a file past the limit not at all")
{
    Files files;
    const auto first = keep_file(files.writer(), pdf(1000));
    const auto again = keep_file(files.writer(), pdf(1000));
    REQUIRE(first);
    REQUIRE(again);
    CHECK(first->id == again->id);
    CHECK(keep_file(files.writer(), pdf(file_size_max + 1)).error().code == ProblemCode::too_large);
    CHECK(keep_file(files.writer(), bytes("plain")).error().code == ProblemCode::wrong_type);
    files.read([](Connection& connection) {
        CHECK(connection.integer("select count(*) from file") == 1);
        CHECK(journal_position(connection).sequence == 1);
    });
}

TEST_CASE("store: an upload that was broken off is not to be seen, and is finished by the next one")
{
    Files files;
    const auto content = pdf(600'000);
    const auto kept = keep_file(files.writer(), content);
    REQUIRE(kept);
    files.write([](WriteContext& context) {
        context.connection().execute("delete from file_piece where piece > 0");
        context.connection().execute("update file set complete = 0");
    });
    CHECK(files.bytes_of(kept->id).error().code == ProblemCode::not_found);
    CHECK(keep_file(files.writer(), content)->id == kept->id);
    CHECK(files.bytes_of(kept->id) == content);
}

TEST_CASE("store: a damaged file is a breakdown, never wrong bytes")
{
    Files files;
    const auto kept = keep_file(files.writer(), pdf(600'000));
    files.write([](WriteContext& context) { context.connection().execute("delete from file_piece where piece = 1"); });
    CHECK_THROWS_AS((void)files.bytes_of(kept->id), StoreError);
}

TEST_CASE("store: a file that nothing refers to goes after a day, with a record")
{
    Files files;
    const auto referred = keep_file(files.writer(), pdf(1000))->id;
    const auto lonely = keep_file(files.writer(), pdf(2000))->id;
    files.write([&](WriteContext& context) {
        context.connection().execute("insert into enclosure (file) values (?), (null)", {referred.value});
    });
    files.wait(std::chrono::hours(24));
    CHECK(sweep_files(files.writer()) == 0);
    files.wait(std::chrono::hours(1));
    const auto young = keep_file(files.writer(), pdf(3000))->id;
    CHECK(sweep_files(files.writer()) == 1);
    CHECK(sweep_files(files.writer()) == 0);
    CHECK(files.bytes_of(referred).has_value());
    CHECK(files.bytes_of(young).has_value());
    CHECK(files.bytes_of(lonely).error().code == ProblemCode::not_found);
    files.read([&](Connection& connection) {
        std::vector<std::string> swept;
        read_journal(connection, 0, 1000, [&](const JournalRecord& record) {
            if (record.verb == "swept") swept.push_back(record.subject);
        });
        CHECK(swept == std::vector<std::string>{"file:" + std::to_string(lonely.value)});
    });
}

TEST_CASE("store: keeping a file again gives it another day")
{
    Files files;
    const auto id = keep_file(files.writer(), pdf(1000))->id;
    files.wait(std::chrono::hours(23));
    CHECK(keep_file(files.writer(), pdf(1000))->id == id);
    files.wait(std::chrono::hours(23));
    CHECK(sweep_files(files.writer()) == 0);
    files.wait(std::chrono::hours(2));
    CHECK(sweep_files(files.writer()) == 1);
}

TEST_CASE("store: a swept file cannot be referred to any more")
{
    Files files;
    const auto id = keep_file(files.writer(), pdf(1000))->id;
    files.wait(std::chrono::hours(25));
    REQUIRE(sweep_files(files.writer()) == 1);
    CHECK_THROWS_AS(files.write([&](WriteContext& context) {
        context.connection().execute("insert into enclosure (file) values (?)", {id.value});
    }),
                    ConstraintError);
}
