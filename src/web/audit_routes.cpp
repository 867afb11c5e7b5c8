// SPDX-License-Identifier: Apache-2.0
#include "accounts/account_store.hpp"
#include "accounts/reach.hpp"
#include "documents/csv.hpp"
#include "web/actor_names.hpp"
#include "web/grant_words.hpp"
#include "web/journal_reach.hpp"

#include <algorithm>

namespace phoihop::web {

namespace {

using http::JsonWriter;
using store::JournalRecord;

/// Sequences that one request passes at most, whatever it finds: then it says where to go on.
constexpr std::int64_t looked_at_max = 1'000'000;
constexpr std::int64_t listed_max = 200;
constexpr std::int64_t exported_max = 10'000;
/// What somebody may not see is read too: this many records, then the reader is asked to go on.
constexpr std::int64_t judged_max = 20'000;
constexpr std::int64_t rounds_max = 25;  // of an export

Result<void> demand_audit(const Call& call)
{
    if (call.allowed_somewhere(accounts::Act::manage_users)) return {};
    return refuse(ProblemCode::not_allowed, {}, {{"what", std::string(word(accounts::Act::manage_users))}});
}

struct Wish {
    store::JournalWish journal;
    UnitId unit;
};

Instant start_of(Date day)
{
    return Instant(day) - std::chrono::hours{7};  // local days are UTC+7, and there is no other time
}

/// "programme" is a kind, "programme; x" is none.
bool is_plain_word(const std::string& text)
{
    return text.size() <= 40 && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos;
}

Result<Wish> wish_of(Call& call)
{
    Wish wish;
    if (const std::string from = call.query("from"); !from.empty()) {
        PHOIHOP_TRY(day, read_at("from", parse_date(from)));
        wish.journal.from = start_of(day);
    }
    if (const std::string to = call.query("to"); !to.empty()) {
        PHOIHOP_TRY(day, read_at("to", parse_date(to)));
        wish.journal.to = start_of(day + std::chrono::days{1});
    }
    PHOIHOP_TRY(before, call.query_number("before", 0, 0, std::numeric_limits<std::int64_t>::max()));
    if (before > 0) wish.journal.before = before;
    for (const char* name : {"verb", "kind"})
        if (!is_plain_word(call.query(name)))
            return refuse(ProblemCode::unknown_name, name, {{"what", "word"}, {"found", call.query(name)}});
    wish.journal.verb = call.query("verb");
    wish.journal.kind = call.query("kind");
    if (const std::string login = call.query("actor"); !login.empty()) {
        std::optional<accounts::UserRow> row;
        call.services.instance.database().read(
            [&](store::Connection& connection) { row = accounts::user_by_login(connection, login); });
        if (!row) return refuse(ProblemCode::unknown_name, "actor", {{"what", "account"}, {"found", login}});
        wish.journal.actor = row->user.id;
    }
    if (const std::string unit = call.query("unit"); !unit.empty()) {
        PHOIHOP_TRY(id, read_at("unit", call.unit(unit)));
        wish.unit = id;
    }
    return wish;
}

bool stands_in(const Call& call, UnitId unit, UnitId place)
{
    if (!place || unit == place) return true;
    if (!unit) return false;
    const auto found = accounts::relation(place, unit, *call.territory, call.today);
    return found == accounts::Relation::own || found == accounts::Relation::below ||
           found == accounts::Relation::once_below || found == accounts::Relation::predecessor;
}

struct Line {
    JournalRecord record;
    About about;
};

struct Page {
    std::vector<Line> lines;
    std::int64_t next = 0;  ///< go on before this sequence; 0 at the journal's beginning
};

Page read_page(Call& call, const Wish& wish, std::int64_t most)
{
    Page page;
    call.services.instance.database().read([&](store::Connection& connection) {
        JournalReach reach(call, connection);
        std::int64_t judged = 0;
        page.next = store::search_journal(connection, wish.journal, looked_at_max, [&](const JournalRecord& record) {
            auto about = reach.of(record);
            if (about && stands_in(call, about->unit, wish.unit)) page.lines.push_back({record, std::move(*about)});
            return static_cast<std::int64_t>(page.lines.size()) < most && ++judged < judged_max;
        });
    });
    return page;
}

std::string hexadecimal(const store::Digest& digest)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const std::byte byte : digest) {
        text += digits[static_cast<std::size_t>(byte) >> 4U];
        text += digits[static_cast<std::size_t>(byte) & 15U];
    }
    return text;
}

void write_line(JsonWriter& json, const Call& call, const Line& line, ActorNames& names)
{
    const JournalRecord& record = line.record;
    const About& about = line.about;
    json.object().member("sequence", record.sequence).member("at", format_instant(record.at));
    json.member("actor", names.of(record.actor)).member("verb", record.verb).member("kind", about.kind);
    json.member("subject", record.subject).member("version", record.version);
    json.member("name", about.name).key("unit");
    if (about.unit)
        write_unit(json, about.unit, {*call.territory, call.today}, Path::with);
    else
        json.null();
    json.member("programme", programme_code(call, about.programme)).member("period", about.period);
    json.member("about", about.subject).member("hash", hexadecimal(record.hash)).end();
}

Result<http::Response> list(Call& call)
{
    PHOIHOP_CHECK_OK(demand_audit(call));
    PHOIHOP_TRY(wish, wish_of(call));
    PHOIHOP_TRY(most, call.query_number("most", 50, 1, listed_max));
    const Page page = read_page(call, wish, most);
    ActorNames names(call);
    JsonWriter json;
    json.object().member("next", page.next).key("records").array();
    for (const Line& line : page.lines) write_line(json, call, line, names);
    json.end().end();
    return http::json_answer(200, json.take()).with("Cache-Control", "no-store");
}

Result<http::Response> export_csv(Call& call)
{
    PHOIHOP_CHECK_OK(demand_audit(call));
    PHOIHOP_TRY(wish, wish_of(call));
    Page page;
    // What is judged is bounded, and so is what is exported: the file's last line says where it stops.
    std::int64_t rounds = 0;
    do {
        Page more = read_page(call, wish, exported_max - static_cast<std::int64_t>(page.lines.size()));
        std::move(more.lines.begin(), more.lines.end(), std::back_inserter(page.lines));
        page.next = wish.journal.before = more.next;
    } while (page.next > 0 && ++rounds < rounds_max && static_cast<std::int64_t>(page.lines.size()) < exported_max);
    ActorNames names(call);
    std::string csv;
    const auto add = [&](const std::vector<std::string>& texts) {
        std::vector<documents::Cell> cells;
        for (const std::string& text : texts) cells.push_back(documents::text_cell(text));
        documents::append_csv_row(csv, cells);
    };
    add({"sequence", "at", "actor", "verb", "subject", "version", "unit", "name", "digest", "hash"});
    for (const Line& line : page.lines) {
        const JournalRecord& record = line.record;
        add({std::to_string(record.sequence), format_instant(record.at), names.of(record.actor), record.verb,
             record.subject, std::to_string(record.version),
             line.about.unit ? call.territory->code_text(line.about.unit, call.today) : std::string{}, line.about.name,
             hexadecimal(record.digest), hexadecimal(record.hash)});
    }
    if (page.next > 0) add({"…", "", "", "", "", "", "", "before=" + std::to_string(page.next)});
    return http::download(std::move(csv), "text/csv; charset=utf-8", "nhat-ky.csv");
}

}  // namespace

void add_audit_routes(http::Router& router, Services& services)
{
    router.get("/api/v1/journal", handler(services, list));
    router.get("/api/v1/journal/export", handler(services, export_csv));
}

}  // namespace phoihop::web
