// SPDX-License-Identifier: Apache-2.0
#include "accounts/sign_in.hpp"

#include "accounts/account_store.hpp"
#include "accounts/session_store.hpp"

#include <optional>

namespace phoihop::accounts {
namespace {

std::optional<UserRow> look_up(const Services& services, std::string_view login)
{
    std::optional<UserRow> row;
    services.database.read([&](store::Connection& connection) { row = user_by_login(connection, login); });
    return row;
}

/// Compares the password and keeps the limiter's books.
Result<void> prove(const Services& services, const UserRow* row, const Credentials& tried, Instant now)
{
    const auto wait = services.limiter.wait(tried.login, tried.address, now);
    if (wait.count() > 0)
        return refuse(ProblemCode::too_many_requests, "login", {{"retry_s", std::to_string(wait.count())}});
    const bool may_come = row != nullptr && !row->user.disabled && tried.password.size() <= password_size_max;
    PHOIHOP_TRY(good, services.hasher.matches(may_come ? row->password_hash : std::string(),
                                              may_come ? tried.password : std::string()));
    if (!good) {
        services.limiter.failed(tried.login, tried.address, now);
        return refuse(ProblemCode::not_signed_in, "login");
    }
    services.limiter.succeeded(tried.login, tried.address);
    return {};
}

}  // namespace

Result<SignedIn> sign_in(const Services& services, const Credentials& credentials, Instant now)
{
    // What is no login at all has no user; it is still counted, under one name for its address.
    Credentials tried = credentials;
    tried.login = read_login(credentials.login).value_or("?");
    const std::optional<UserRow> row = look_up(services, tried.login);
    PHOIHOP_CHECK_OK(prove(services, row ? &*row : nullptr, tried, now));

    const std::string token = draw_token(services.random);
    PHOIHOP_CHECK_OK(services.writer.run([&](store::WriteContext& context) -> Result<void> {
        // While the password was compared, somebody may have been disabled or given another one.
        PHOIHOP_TRY(current, user_by_id(context.connection(), row->user.id));
        if (current.user.disabled || current.password_hash != row->password_hash)
            return refuse(ProblemCode::not_signed_in, "login");
        insert_session(context, token_hash(token), row->user.id, context.now() - session_idle, sessions_of_user_max);
        journal_user(context, row->user.id, "signed_in", row->user.id);
        return {};
    }));
    return SignedIn{token, row->user};
}

void sign_out(const Services& services, std::string_view token)
{
    const auto done = services.writer.run([&](store::WriteContext& context) -> Result<void> {
        if (const auto user = delete_session(context, token_hash(token)))
            journal_user(context, *user, "signed_out", *user);
        return {};
    });
    if (!done) throw store::StoreError("a session could not be ended: the writer's queue is full");
}

Result<void> end_session(const Services& services, const Actor& actor, std::string_view id)
{
    return services.writer.run([&](store::WriteContext& context) -> Result<void> {
        for (const ListedSession& listed : sessions_of(context.connection(), actor.user)) {
            if (listed.id() != id) continue;
            static_cast<void>(delete_session(context, listed.token));
            journal_user(context, actor.user, "sessions_ended", actor.user);
            return {};
        }
        return refuse(ProblemCode::not_found, "session", {{"what", "session"}});
    });
}

Result<void> end_other_sessions(const Services& services, const Actor& actor, std::string_view session_token)
{
    return services.writer.run([&](store::WriteContext& context) -> Result<void> {
        delete_sessions(context, actor.user, token_hash(session_token));
        journal_user(context, actor.user, "sessions_ended", actor.user);
        return {};
    });
}

Result<void> change_password(const Services& services, const Actor& actor, const PasswordChange& change, Instant now)
{
    std::optional<UserRow> row;
    services.database.read([&](store::Connection& connection) {
        if (auto found = user_by_id(connection, actor.user)) row = std::move(*found);
    });
    if (!row) return refuse(ProblemCode::not_signed_in, "user");
    PHOIHOP_CHECK_OK(prove(services, &*row, {row->user.login, change.old_password, change.address}, now));
    PHOIHOP_CHECK_OK(check_password(change.new_password, row->user.login));
    if (change.new_password == change.old_password)
        return refuse(ProblemCode::duplicate, "password", {{"what", "password"}});
    PHOIHOP_TRY(hash, services.hasher.hash(change.new_password));
    return services.writer.run([&](store::WriteContext& context) -> Result<void> {
        PHOIHOP_TRY(current, user_by_id(context.connection(), actor.user));
        if (current.password_hash != row->password_hash)
            return refuse(ProblemCode::conflict, "password", {{"base", "old"}, {"current", "changed meanwhile"}});
        update_password(context, actor.user, hash, false);
        delete_sessions(context, actor.user, token_hash(change.session_token));
        journal_user(context, actor.user, "password_set", actor.user);
        return {};
    });
}

}  // namespace phoihop::accounts
