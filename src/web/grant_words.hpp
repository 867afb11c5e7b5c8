// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/rights.hpp"
#include "http/json.hpp"
#include "http/json_writer.hpp"
#include "web/services.hpp"

#include <string>

namespace phoihop::web {

/// A grant as it is sent: {"role", "programme", "party", "unit"}; "" = all. Programme and unit stand with their codes.
struct GrantWords {
    std::string role;
    std::string programme;
    std::string party;
    std::string unit;
};

[[nodiscard]] Result<GrantWords> grant_words(const http::JsonView& body);
[[nodiscard]] GrantWords grant_words_of_query(const Call& call);

/// `unknown_name` for a word, a programme, a party or a unit that there is not.
[[nodiscard]] Result<accounts::Grant> read_grant(const Call& call, const GrantWords& words);

/// {"role", "programme", "party", "unit": UnitRef or null}.
void write_grant(http::JsonWriter& json, const Call& call, const accounts::Grant& grant);

/// "ctr-07", or "" for all.
[[nodiscard]] std::string programme_code(const Call& call, ProgrammeId id);

}  // namespace phoihop::web
