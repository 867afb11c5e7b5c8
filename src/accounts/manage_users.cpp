// SPDX-License-Identifier: Apache-2.0
#include "accounts/manage_users.hpp"

#include "accounts/account_store.hpp"
#include "accounts/managed.hpp"
#include "accounts/session_store.hpp"

namespace phoihop::accounts {
namespace {

/// Judges the actor against the user's grants as they are inside the transaction, then does `change`.
template <class Change>
Result<void> change_user(const Services& services, const Actor& actor, UserId id, const Setting& setting, Change change)
{
    return services.writer.run([&](store::WriteContext& context) -> Result<void> {
        PHOIHOP_TRY(row, user_by_id(context.connection(), id));
        PHOIHOP_CHECK_OK(demand_over_all(actor, grants_of(context.connection(), id), setting));
        return change(context, row.user);
    });
}

}  // namespace

Result<DrawnPassword> add_user(const Services& services, const Actor& actor, const NewUser& user,
                               const Setting& setting)
{
    PHOIHOP_TRY(login, read_login(user.login));
    PHOIHOP_CHECK_OK(check_name(user.name));
    for (const Grant& grant : user.grants) PHOIHOP_CHECK_OK(check_grant(grant, setting));
    PHOIHOP_CHECK_OK(demand_over_all(actor, user.grants, setting));

    const std::string password = draw_password(services.random);
    PHOIHOP_TRY(hash, services.hasher.hash(password));
    User row;
    row.login = login;
    row.name = user.name;
    row.demonstration = user.demonstration;
    row.must_change = !user.demonstration;
    PHOIHOP_TRY(id, services.writer.run([&](store::WriteContext& context) -> Result<UserId> {
        PHOIHOP_TRY(added, insert_user(context, actor.user, row, hash));
        bool any = false;
        for (const Grant& grant : user.grants) any = insert_grant(context, added, grant) || any;
        if (any) journal_user(context, actor.user, "granted", added);
        return added;
    }));
    return DrawnPassword{id, login, password};
}

Result<DrawnPassword> make_first_operator(const Services& services)
{
    const std::string password = draw_password(services.random);
    PHOIHOP_TRY(hash, services.hasher.hash(password));
    User row;
    row.login = "operator";
    row.name = "Quản trị hệ thống";
    row.must_change = true;
    PHOIHOP_TRY(id, services.writer.run([&](store::WriteContext& context) -> Result<UserId> {
        if (!all_users(context.connection()).empty())
            return refuse(ProblemCode::wrong_state, "accounts", {{"state", "has users"}, {"wanted", "no users"}});
        PHOIHOP_TRY(added, insert_user(context, UserId{}, row, hash));
        if (insert_grant(context, added, {Role::operator_, {}, "", {}}))
            journal_user(context, UserId{}, "granted", added);
        return added;
    }));
    return DrawnPassword{id, row.login, password};
}

Result<DrawnPassword> reset_password(const Services& services, const Actor& actor, UserId user, const Setting& setting)
{
    DrawnPassword drawn{user, {}, draw_password(services.random)};
    PHOIHOP_TRY(hash, services.hasher.hash(drawn.password));
    PHOIHOP_CHECK_OK(
        change_user(services, actor, user, setting, [&](store::WriteContext& context, const User& row) -> Result<void> {
            drawn.login = row.login;
            update_password(context, user, hash, true);
            delete_sessions(context, user, {});
            journal_user(context, actor.user, "password_set", user);
            return {};
        }));
    return drawn;
}

Result<void> set_disabled(const Services& services, const Actor& actor, UserId user, bool disabled,
                          const Setting& setting)
{
    if (disabled && actor.user == user)
        return refuse(ProblemCode::wrong_state, "user", {{"state", "yourself"}, {"wanted", "another"}});
    return change_user(services, actor, user, setting, [&](store::WriteContext& context, const User&) -> Result<void> {
        update_disabled(context, user, disabled);
        if (disabled) delete_sessions(context, user, {});
        journal_user(context, actor.user, disabled ? "user_disabled" : "user_enabled", user);
        return {};
    });
}

Result<void> end_sessions_of(const Services& services, const Actor& actor, UserId user, const Setting& setting)
{
    return change_user(services, actor, user, setting, [&](store::WriteContext& context, const User&) -> Result<void> {
        delete_sessions(context, user, {});
        journal_user(context, actor.user, "sessions_ended", user);
        return {};
    });
}

Result<void> grant(const Services& services, const Actor& actor, UserId user, const Grant& grant,
                   const Setting& setting)
{
    PHOIHOP_CHECK_OK(check_grant(grant, setting));
    PHOIHOP_CHECK_OK(demand_over(actor, grant, setting));
    return services.writer.run([&](store::WriteContext& context) -> Result<void> {
        PHOIHOP_CHECK_OK(user_by_id(context.connection(), user));
        if (!insert_grant(context, user, grant))
            return refuse(ProblemCode::duplicate, "grant", {{"what", std::string(word(grant.role))}});
        journal_user(context, actor.user, "granted", user);
        return {};
    });
}

Result<void> revoke(const Services& services, const Actor& actor, UserId user, const Grant& grant,
                    const Setting& setting)
{
    PHOIHOP_CHECK_OK(demand_over(actor, grant, setting));
    if (actor.user && actor.user == user)  // else the last one who manages users might lock himself out
        return refuse(ProblemCode::wrong_state, "user", {{"state", "yourself"}, {"wanted", "another"}});
    return services.writer.run([&](store::WriteContext& context) -> Result<void> {
        PHOIHOP_CHECK_OK(user_by_id(context.connection(), user));
        if (!delete_grant(context, user, grant))
            return refuse(ProblemCode::not_found, "grant", {{"found", std::string(word(grant.role))}});
        journal_user(context, actor.user, "revoked", user);
        return {};
    });
}

}  // namespace phoihop::accounts
