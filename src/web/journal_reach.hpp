// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/account.hpp"
#include "store/journal.hpp"
#include "web/services.hpp"

#include <map>
#include <optional>
#include <string>

namespace phoihop::web {

/// What a record of the journal is about, as far as its subject says.
struct About {
    std::string kind;  ///< "fact"
    UnitId unit;
    ProgrammeId programme;
    std::string period;
    std::string subject;  ///< the code of a form, a standing obligation or an indicator
    std::string party;
    std::string name;  ///< of an account or an invited office
};

/// Which records somebody may see who reads the journal: those about what he may read or manage himself. Figures do not
/// stand in the journal, and what was done with reports is told only to those who may read them: whoever runs the
/// installation sees accounts, units and programmes.
class JournalReach {
public:
    JournalReach(const Call& call, store::Connection& connection) : m_call(call), m_connection(connection) {}

    /// What it is about, or nothing where it must not be seen.
    [[nodiscard]] std::optional<About> of(const store::JournalRecord& record);

private:
    [[nodiscard]] About read(const store::JournalRecord& record) const;
    [[nodiscard]] bool may_see(const About& about, const store::JournalRecord& record) const;

    const Call& m_call;
    store::Connection& m_connection;
    std::map<std::string, std::optional<About>> m_known;  // by subject: accounts and obligations come again and again
};

}  // namespace phoihop::web
