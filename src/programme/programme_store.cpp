// SPDX-License-Identifier: Apache-2.0
#include "programme/programme_store.hpp"

#include "programme/definition.hpp"
#include "store/digest.hpp"

namespace phoihop::programme {

namespace {

using store::Connection;
using store::Row;

/// The programme in `content`. It was judged before it was kept, so anything wrong with it is a breakdown.
std::shared_ptr<const Programme> made(const std::string& code, std::int64_t version, std::string content,
                                      ProgrammeId id, bool simulated)
{
    const SourceFile file{code, std::move(content)};
    const Definition definition = read_definition({&file, 1});
    if (definition.programme == nullptr)
        throw store::StoreError("programme " + code + " version " + std::to_string(version) + " cannot be read at " +
                                definition.findings.front().where);
    auto programme = std::make_shared<Programme>(*definition.programme);
    programme->id = id;
    programme->version = version;
    programme->simulated = simulated;
    return programme;
}

tl::unexpected<Problem> unknown(std::string_view code)
{
    return refuse(ProblemCode::unknown_name, {}, {{"what", "programme"}, {"found", std::string(code)}});
}

}  // namespace

Result<std::shared_ptr<const Programme>> ProgrammeStore::current(std::string_view code) const
{
    std::optional<Result<std::shared_ptr<const Programme>>> answer;
    m_database.read([&](Connection& connection) { answer.emplace(current(connection, code)); });
    return std::move(*answer);
}

Result<std::shared_ptr<const Programme>> ProgrammeStore::version(std::string_view code, std::int64_t version) const
{
    std::optional<Result<std::shared_ptr<const Programme>>> answer;
    m_database.read([&](Connection& connection) {
        const auto id = connection.integer("select id from programme where code = ?", {code});
        if (id)
            answer.emplace(this->version(connection, ProgrammeId{*id}, version));
        else
            answer.emplace(unknown(code));
    });
    return std::move(*answer);
}

std::vector<std::shared_ptr<const Programme>> ProgrammeStore::all() const
{
    std::vector<std::shared_ptr<const Programme>> programmes;
    m_database.read([&](Connection& connection) {
        std::vector<std::pair<ProgrammeId, std::int64_t>> rows;
        connection.query("select id, version from programme order by id", {},
                         [&](const Row& row) { rows.emplace_back(ProgrammeId{row.integer(0)}, row.integer(1)); });
        for (const auto& [id, number] : rows) programmes.push_back(version(connection, id, number).value());
    });
    return programmes;
}

Result<std::shared_ptr<const Programme>> ProgrammeStore::current(Connection& connection, std::string_view code) const
{
    std::optional<std::pair<ProgrammeId, std::int64_t>> found;
    connection.query("select id, version from programme where code = ?", {code},
                     [&](const Row& row) { found.emplace(ProgrammeId{row.integer(0)}, row.integer(1)); });
    if (!found) return unknown(code);
    return version(connection, found->first, found->second);
}

Result<std::shared_ptr<const Programme>> ProgrammeStore::version(Connection& connection, ProgrammeId id,
                                                                 std::int64_t version) const
{
    const std::pair key{id.value, version};
    {
        const std::lock_guard lock(m_mutex);
        const auto known = m_made.find(key);
        if (known != m_made.end()) return known->second;
    }
    std::shared_ptr<const Programme> programme;
    connection.query(
        "select p.code, p.simulated, v.content from programme p"
        " join programme_version v on v.programme = p.id where p.id = ? and v.version = ?",
        {id.value, version}, [&](const Row& row) {
            programme = made(std::string(row.text(0)), version, std::string(row.text(2)), id, row.integer(1) != 0);
        });
    if (programme == nullptr)
        return refuse(ProblemCode::not_found, {}, {{"what", "programme version"}, {"found", std::to_string(version)}});
    const std::lock_guard lock(m_mutex);
    return m_made.try_emplace(key, std::move(programme)).first->second;
}

std::vector<VersionRow> ProgrammeStore::versions(Connection& connection, ProgrammeId id)
{
    std::vector<VersionRow> rows;
    connection.query(
        "select version, loaded_at, loaded_by from programme_version where programme = ? order by version desc",
        {id.value}, [&](const Row& row) {
            rows.push_back({row.integer(0), Instant(Instant::duration(row.integer(1))), UserId{row.integer(2)}});
        });
    return rows;
}

std::string ProgrammeStore::content(Connection& connection, const Programme& programme)
{
    return connection
        .text("select content from programme_version where programme = ? and version = ?",
              {programme.id.value, programme.version})
        .value_or("");
}

std::pair<ProgrammeId, std::int64_t> ProgrammeStore::append(store::WriteContext& context, std::string_view code,
                                                            bool simulated, const std::string& canonical, UserId actor)
{
    Connection& connection = context.connection();
    connection.execute(
        "insert into programme (code, simulated, version) values (?, ?, 1)"
        " on conflict (code) do update set version = programme.version + 1",
        {code, std::int64_t{simulated ? 1 : 0}});
    std::pair<ProgrammeId, std::int64_t> kept;
    connection.query("select id, version from programme where code = ?", {code},
                     [&](const Row& row) { kept = {ProgrammeId{row.integer(0)}, row.integer(1)}; });
    const auto bytes = std::as_bytes(std::span(canonical));
    const store::Digest hash = store::sha256_of(bytes);
    connection.execute(
        "insert into programme_version (programme, version, content, hash, loaded_at, loaded_by)"
        " values (?, ?, ?, ?, ?, ?)",
        {kept.first.value, kept.second, std::string_view(canonical), store::BytesView(hash),
         context.now().time_since_epoch().count(), actor.value});
    context.record(actor, "loaded", "programme:" + std::to_string(kept.first.value) + "/" + std::to_string(kept.second),
                   kept.second, store::Bytes(bytes.begin(), bytes.end()));
    return kept;
}

}  // namespace phoihop::programme
