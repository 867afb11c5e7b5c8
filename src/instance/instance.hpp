// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/date.hpp"
#include "base/result.hpp"
#include "store/database.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace phoihop::store {
class Writer;
}
namespace phoihop::units {
class Territory;
}
namespace phoihop::programme {
class ProgrammeStore;
struct Programme;
}  // namespace phoihop::programme
namespace phoihop::obligations {
class Register;
}
namespace phoihop::rollup {
class Cube;
}
namespace phoihop::reporting {
class Reception;
}

namespace phoihop::instance {

class RegisterReader;

/// What is made ready when a database is opened. Reading a territory takes a moment; the cube takes seconds on a
/// national database, so a command that asks no totals does not wait for it.
struct Needs {
    bool register_of_obligations = false;
    bool cube = false;
    std::string cube_file = {};  ///< what the cube begins with, where there is one that fits; "" = the database
};

using Progress = std::function<void(std::string_view)>;

/// An open database with everything that is kept beside it in memory: the only place where the modules are put
/// together. `web` and `cli` receive one; it lives as long as the command or the server.
class Instance {
public:
    /// Opens and, for writing, migrates. `purpose` is what another process is told when it finds the database held.
    /// Reads come from the replica `read_from`, where one is named, whenever it has all that this process has seen.
    [[nodiscard]] static Result<std::unique_ptr<Instance>> open(const std::string& address, store::OpenMode mode,
                                                                const Clock& clock, std::string_view purpose,
                                                                const std::string& read_from = {});
    ~Instance();

    /// Makes ready what is not ready yet. Thread-safe; the first caller waits, the others wait with it.
    void prepare(const Needs& needs, const Progress& progress);

    [[nodiscard]] const Clock& clock() const;
    [[nodiscard]] Date today() const;
    /// `simulated_only` in a database with a real programme: only drawn offices may act on a day of one's choice.
    [[nodiscard]] Result<void> demand_simulated() const;
    /// Acts on another day from now on (`--today`). `simulated_only` as above.
    [[nodiscard]] Result<void> set_today(Date day);

    [[nodiscard]] store::Database& database();
    [[nodiscard]] store::Writer& writer();  ///< only after opening for writing

    /// Grows each time units and programmes are read anew: what was computed from them names it, asked before them.
    [[nodiscard]] std::int64_t definitions_as_of() const;
    /// `missing` before units were imported.
    [[nodiscard]] Result<std::shared_ptr<const units::Territory>> territory() const;
    [[nodiscard]] const programme::ProgrammeStore& programme_store() const;
    [[nodiscard]] std::vector<std::shared_ptr<const programme::Programme>> programmes() const;
    /// By code; `unknown_name` names those that there are.
    [[nodiscard]] Result<std::shared_ptr<const programme::Programme>> programme(std::string_view code) const;

    [[nodiscard]] obligations::Register& register_of_obligations();
    [[nodiscard]] rollup::Cube& cube();
    [[nodiscard]] const RegisterReader& register_reader() const;
    [[nodiscard]] std::shared_ptr<reporting::Reception> reception(
        const std::shared_ptr<const programme::Programme>& programme);

    /// Reads territory and programmes anew, and the cube that was prepared with them, unless they are as the journal
    /// has them: after an import or a load. Thread-safe; readers go on with what was.
    void reload(const Progress& progress);

    /// From now on, what other processes commit is followed, and units and programmes that they define are read anew
    /// in the background. For a server; only after prepare().
    void follow_others();

    /// A new day has come: keeps the sums of its map ready where that is another one.
    void turn_day();

private:
    Instance();
    void reload_cube(const Progress& progress, const std::string& file);
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace phoihop::instance
