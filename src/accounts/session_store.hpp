// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/account.hpp"
#include "store/writer.hpp"

#include <optional>
#include <string>
#include <vector>

namespace phoihop::accounts {

struct Session {
    UserId user;
    Instant created_at{};
    Instant seen_at{};
};

/// One of a user's sessions. The hash opens nothing, so its beginning may name the session.
struct ListedSession {
    store::Digest token{};
    Session session;
    [[nodiscard]] std::string id() const;  ///< 16 hexadecimal digits
};

/// The latest seen first; also those that have ended by the clock and not been swept yet.
[[nodiscard]] std::vector<ListedSession> sessions_of(store::Connection& connection, UserId user);
[[nodiscard]] std::optional<Session> find_session(store::Connection& connection, const store::Digest& token);
/// Also takes away what has expired before `oldest_seen`, and of this user's the longest unseen past `most`.
void insert_session(store::WriteContext& context, const store::Digest& token, UserId user, Instant oldest_seen,
                    std::int64_t most);
void touch_session(store::WriteContext& context, const store::Digest& token);
/// The user whose it was.
[[nodiscard]] std::optional<UserId> delete_session(store::WriteContext& context, const store::Digest& token);
/// All of the user's but `keep`.
void delete_sessions(store::WriteContext& context, UserId user, const store::Digest& keep);

struct ApiToken {
    ApiTokenId id;
    UserId user;
    std::string label;
    Acts acts;
    Instant created_at{};
    Instant expires_at{};
    bool revoked = false;
};

[[nodiscard]] std::optional<ApiToken> find_token(store::Connection& connection, const store::Digest& token);
[[nodiscard]] std::vector<ApiToken> tokens_of(store::Connection& connection, UserId user);
[[nodiscard]] ApiTokenId insert_token(store::WriteContext& context, const store::Digest& hash, const ApiToken& token);
/// The token's owner; nothing when there is no such token or it is revoked already.
[[nodiscard]] std::optional<UserId> revoke_token_row(store::WriteContext& context, ApiTokenId id);
[[nodiscard]] std::optional<UserId> token_owner(store::Connection& connection, ApiTokenId id);

}  // namespace phoihop::accounts
