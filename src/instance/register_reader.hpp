// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "obligations/register.hpp"
#include "rollup/cube.hpp"
#include "rollup/register_measures.hpp"

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

private:
    const obligations::Register& m_books;
    const Instance& m_instance;
};

}  // namespace phoihop::instance
