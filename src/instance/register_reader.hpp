// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "obligations/register.hpp"
#include "rollup/cube.hpp"
#include "rollup/register_measures.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <tuple>

namespace phoihop::instance {

class Instance;

/// The register of obligations as the roll-up reads it: who owes reports (m of "n of m"), and the indicators that the
/// register itself answers. A passed-on duty is counted once, with the unit that owed it first.
class RegisterReader final : public rollup::RegisterMeasures {
public:
    RegisterReader(const obligations::Register& books, const Instance& instance) : m_books(books), m_instance(instance)
    {
    }

    /// Reads the duties from the database, so that a cube can be loaded beside a register that is not.
    [[nodiscard]] rollup::OwedReader owed() const;

    void each(ProgrammeId programme, std::string_view measure, const programme::PeriodName& period,
              const std::function<void(UnitId unit, bool met)>& each) const override;

    /// Kept as long as the register and the definitions stand, for the periods and maps that are asked.
    [[nodiscard]] std::shared_ptr<const rollup::RegisterCounts> counts(
        ProgrammeId programme, std::string_view measure, const programme::PeriodName& period,
        const std::shared_ptr<const rollup::MapRows>& map) const override;

private:
    struct Kept {
        std::shared_ptr<const rollup::MapRows> map;  // holds the address that is the key
        std::shared_ptr<const rollup::RegisterCounts> counts;
    };
    using Key = std::tuple<ProgrammeId, std::string, programme::PeriodName, const rollup::MapRows*>;
    static constexpr std::size_t kept_max = 128;

    const obligations::Register& m_books;
    const Instance& m_instance;
    mutable std::mutex m_mutex;
    mutable std::pair<std::int64_t, std::int64_t> m_version;  // of register and definitions
    mutable std::map<Key, Kept> m_kept;
};

}  // namespace phoihop::instance
