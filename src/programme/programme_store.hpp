// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "programme/programme.hpp"
#include "store/writer.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace phoihop::programme {

/// A version that is or was in force.
struct VersionRow {
    std::int64_t version = 0;
    Instant loaded_at{};
    UserId loaded_by;
};

/// The programmes of a database, each version an immutable value made once and shared. Thread-safe.
class ProgrammeStore {
public:
    explicit ProgrammeStore(const store::Database& database) : m_database(database) {}

    /// The version in force; `unknown_name` when no programme is called so.
    [[nodiscard]] Result<std::shared_ptr<const Programme>> current(std::string_view code) const;
    [[nodiscard]] Result<std::shared_ptr<const Programme>> version(std::string_view code, std::int64_t version) const;

    /// All programmes in the version in force, in the order in which they were first loaded.
    [[nodiscard]] std::vector<std::shared_ptr<const Programme>> all() const;

    /// The same inside a transaction or snapshot that the caller has.
    [[nodiscard]] Result<std::shared_ptr<const Programme>> current(store::Connection& connection,
                                                                   std::string_view code) const;
    [[nodiscard]] Result<std::shared_ptr<const Programme>> version(store::Connection& connection, ProgrammeId id,
                                                                   std::int64_t version) const;

    /// All versions of a programme, newest first.
    [[nodiscard]] static std::vector<VersionRow> versions(store::Connection& connection, ProgrammeId id);

    /// The canonical text of a kept version.
    [[nodiscard]] static std::string content(store::Connection& connection, const Programme& programme);

    /// Keeps `canonical` as the next version of the programme `code`, which is made when there is none. For
    /// `load_programme` only, which has judged it.
    static std::pair<ProgrammeId, std::int64_t> append(store::WriteContext& context, std::string_view code,
                                                       bool simulated, const std::string& canonical, UserId actor);

private:
    const store::Database& m_database;
    mutable std::mutex m_mutex;
    mutable std::map<std::pair<std::int64_t, std::int64_t>, std::shared_ptr<const Programme>> m_made;
};

}  // namespace phoihop::programme
