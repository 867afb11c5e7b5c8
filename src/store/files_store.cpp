// SPDX-License-Identifier: Apache-2.0
#include "store/digest.hpp"
#include "store/files.hpp"

#include <algorithm>

namespace phoihop::store {

namespace {

struct KeptFile {
    FileId id;
    bool complete = false;
};

std::int64_t milliseconds(Instant instant)
{
    return instant.time_since_epoch().count();
}

std::string subject(FileId id)
{
    return "file:" + std::to_string(id.value);
}

/// The row of the file, made when there is none; its day begins anew.
KeptFile begin_keeping(WriteContext& context, const StoredFile& file)
{
    KeptFile kept;
    context.connection().query(
        "insert into file (sha256, size, media_type, kept_at, complete) values (?, ?, ?, ?, 0)"
        " on conflict (sha256) do update set kept_at = excluded.kept_at returning id, complete",
        {BytesView(file.sha256), file.size, std::string_view(file.media_type), milliseconds(context.now())},
        [&](const Row& row) { kept = {FileId{row.integer(0)}, row.integer(1) == 1}; });
    return kept;
}

Result<void> keep_piece(Writer& writer, FileId id, std::int64_t piece, BytesView content)
{
    return writer.run([&](WriteContext& context) -> Result<void> {
        // The same file may come twice at once: whoever is second finds the same bytes there.
        context.connection().execute(
            "insert into file_piece (file, piece, content) values (?, ?, ?) on conflict (file, piece) do nothing",
            {id.value, piece, content});
        return {};
    });
}

Result<void> finish_keeping(Writer& writer, const StoredFile& file)
{
    return writer.run([&](WriteContext& context) -> Result<void> {
        const auto finished =
            context.connection().execute("update file set complete = 1 where id = ? and complete = 0", {file.id.value});
        if (finished == 1) {
            context.record(UserId{}, "kept", subject(file.id), 1, Bytes(file.sha256.begin(), file.sha256.end()));
        }
        return {};
    });
}

/// Every column of the schema that refers to a file, as "table.column" in quotes. An engine variant, because the
/// engines keep their schemas differently.
std::vector<std::pair<std::string, std::string>> referring_columns(Connection& connection, Engine engine)
{
    constexpr std::string_view sqlite =
        "select m.name, f.\"from\" from sqlite_master m, pragma_foreign_key_list(m.name) f"
        " where m.type = 'table' and f.\"table\" = 'file' order by 1, 2";
    constexpr std::string_view postgresql =
        "select t.relname, a.attname from pg_constraint c join pg_class t on t.oid = c.conrelid"
        " join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]"
        " where c.contype = 'f' and c.confrelid = 'file'::regclass order by 1, 2";
    std::vector<std::pair<std::string, std::string>> columns;
    connection.query(engine == Engine::sqlite ? sqlite : postgresql, {}, [&](const Row& row) {
        if (row.text(0) != "file_piece") columns.emplace_back(row.text(0), row.text(1));
    });
    return columns;
}

std::string unreferenced_query(Connection& connection, Engine engine)
{
    std::string sql = "select id from file where kept_at < ?";
    for (const auto& [table, column] : referring_columns(connection, engine)) {
        sql += " and not exists (select 1 from \"" + table + "\" r where r.\"" + column + "\" = file.id)";
    }
    return sql + " order by id limit 100";
}

/// Up to 100 files, so that other jobs need not wait for a long sweep.
std::int64_t sweep_some(WriteContext& context, Engine engine)
{
    auto& connection = context.connection();
    std::vector<FileId> gone;
    connection.query(unreferenced_query(connection, engine), {milliseconds(context.now() - file_unreferenced_max)},
                     [&](const Row& row) { gone.push_back(FileId{row.integer(0)}); });
    for (const auto id : gone) {
        connection.execute("delete from file_piece where file = ?", {id.value});
        // Another server over the same database may sweep at the same hour: one of them tells.
        if (connection.execute("delete from file where id = ?", {id.value}) == 0) continue;
        context.record(UserId{}, "swept", subject(id), 1, {});
    }
    return static_cast<std::int64_t>(gone.size());
}

}  // namespace

Result<StoredFile> keep_file(Writer& writer, BytesView content)
{
    const auto size = static_cast<std::int64_t>(content.size());
    if (size > file_size_max) {
        return refuse(ProblemCode::too_large, {},
                      {{"limit", std::to_string(file_size_max)}, {"found", std::to_string(size)}});
    }
    PHOIHOP_TRY(media_type, media_type_of(content));
    StoredFile file{.id = {}, .sha256 = sha256_of(content), .size = size, .media_type = media_type};
    PHOIHOP_TRY(kept,
                writer.run([&](WriteContext& context) -> Result<KeptFile> { return begin_keeping(context, file); }));
    file.id = kept.id;
    if (kept.complete) return file;
    for (std::int64_t at = 0; at < size; at += file_piece_size) {
        const auto length = std::min(file_piece_size, size - at);
        PHOIHOP_CHECK_OK(keep_piece(writer, file.id, at / file_piece_size,
                                    content.subspan(static_cast<std::size_t>(at), static_cast<std::size_t>(length))));
    }
    PHOIHOP_CHECK_OK(finish_keeping(writer, file));
    return file;
}

Result<StoredFile> find_file(Connection& connection, FileId id)
{
    StoredFile file;
    connection.query("select sha256, size, media_type from file where id = ? and complete = 1", {id.value},
                     [&](const Row& row) {
                         file.id = id;
                         std::ranges::copy_n(row.blob(0).begin(), static_cast<std::ptrdiff_t>(file.sha256.size()),
                                             file.sha256.begin());
                         file.size = row.integer(1);
                         file.media_type = row.text(2);
                     });
    if (!file.id) return refuse(ProblemCode::not_found, subject(id));
    return file;
}

Result<Bytes> read_file(Connection& connection, FileId id)
{
    PHOIHOP_TRY(file, find_file(connection, id));
    Bytes content;
    content.reserve(static_cast<std::size_t>(file.size));
    connection.query("select content from file_piece where file = ? order by piece", {id.value}, [&](const Row& row) {
        const auto piece = row.blob(0);
        content.insert(content.end(), piece.begin(), piece.end());
    });
    if (sha256_of(content) != file.sha256) throw StoreError("the bytes of " + subject(id) + " are damaged");
    return content;
}

Result<std::int64_t> sweep_files(Writer& writer)
{
    std::int64_t all = 0;
    while (true) {
        PHOIHOP_TRY(some, writer.run([&](WriteContext& context) -> Result<std::int64_t> {
            return sweep_some(context, writer.engine());
        }));
        all += some;
        if (some == 0) return all;
    }
}

}  // namespace phoihop::store
