// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/json.hpp"
#include "obligations/register.hpp"
#include "web/services.hpp"

#include <optional>
#include <string>
#include <vector>

namespace phoihop::web {

/// One obligation as the desk shows it.
struct Shown {
    ObligationId id;
    UnitId unit;
    obligations::Asked asked;
    Date opens{};
    Date due{};
    obligations::State state;
    std::int64_t version = 0;  ///< of the report that answers it, 0 without one
};

/// Most urgent first: what was returned or is late, then what is due, then the rest; 4 for what is settled.
[[nodiscard]] int urgency(const Shown& shown);

struct OwnWork {
    std::int64_t as_of = 0;
    std::vector<Shown> items;  ///< the most urgent first, by due day; what is settled last, the newest first
};

/// What the unit owes in the programme of the call on its day, as far as the actor may read it, with what was settled
/// within the last 400 days.
[[nodiscard]] OwnWork own_work(const Call& call, UnitId unit);

/// The members of an obligation in an object that is open.
void write_members(http::JsonWriter& json, const Call& call, const programme::Programme& programme, const Shown& shown);

/// Of an obligation that was returned and not answered again: when, by whom and why.
struct Return {
    Date on{};
    std::string by;
    std::string why;
};
[[nodiscard]] std::optional<Return> last_return(const Call& call, const Shown& shown);

}  // namespace phoihop::web
