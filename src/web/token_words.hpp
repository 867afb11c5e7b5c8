// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/tokens.hpp"
#include "http/json_writer.hpp"
#include "http/response.hpp"
#include "web/services.hpp"

namespace phoihop::web {

/// {"label", "acts", "days"} of the body: a token that is wanted.
[[nodiscard]] Result<accounts::NewToken> read_token_wish(const http::Request& request);
/// {"id", "token", "expires_at"}: shown once.
[[nodiscard]] http::Response token_answer(const accounts::DrawnToken& drawn);
/// [{"id", "label", "acts", "created_at", "expires_at", "revoked"}]
void write_tokens(http::JsonWriter& json, const std::vector<accounts::ApiToken>& tokens);

}  // namespace phoihop::web
