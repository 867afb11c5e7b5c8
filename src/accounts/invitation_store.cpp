// SPDX-License-Identifier: Apache-2.0
#include "accounts/invitation_store.hpp"

#include <span>

namespace phoihop::accounts {
namespace {

using store::BytesView;
using store::Connection;
using store::Row;

Instant instant(std::int64_t milliseconds)
{
    return Instant{std::chrono::milliseconds(milliseconds)};
}

std::int64_t number(Instant at)
{
    return at.time_since_epoch().count();
}

/// A role of a newer program is nobody's to give here: such a row is not read.
std::optional<Invitation> read_invitation(const Row& row)
{
    const auto role = role_from_word(row.text(2));
    const auto state = invitation_state_from_word(row.text(9));
    if (!role || !state) return std::nullopt;
    Invitation invitation;
    invitation.id = InvitationId{row.integer(0)};
    invitation.name = row.text(1);
    invitation.grant = {*role, ProgrammeId{row.integer(3)}, std::string(row.text(4)), UnitId{row.integer(5)}};
    invitation.by = UserId{row.integer(6)};
    invitation.created_at = instant(row.integer(7));
    invitation.expires_at = instant(row.integer(8));
    invitation.state = *state;
    invitation.account = UserId{row.integer(10)};
    return invitation;
}

void journal(store::WriteContext& context, UserId actor, std::string_view verb, const Invitation& invitation)
{
    const Grant& grant = invitation.grant;
    std::string text = "name=" + invitation.name + "\ngrant=" + std::string(word(grant.role));
    text += " " + std::to_string(grant.programme.value) + " " + grant.party + " " + std::to_string(grant.unit.value);
    text += "\nexpires=" + std::to_string(number(invitation.expires_at));
    text += "\naccount=" + std::to_string(invitation.account.value);
    const auto bytes = std::as_bytes(std::span(text));
    // An invitation is made, and ends once.
    const std::int64_t version = invitation.state == InvitationState::open ? 1 : 2;
    context.record(actor, verb, "invitation:" + std::to_string(invitation.id.value), version,
                   {bytes.begin(), bytes.end()});
}

}  // namespace

std::optional<Invitation> find_invitation(Connection& connection, const store::Digest& token)
{
    std::optional<Invitation> found;
    connection.query(
        "select id, name, role, programme, party, unit, invited_by, created_at, expires_at, state, user_id"
        " from invitation where token_hash = ?",
        {BytesView(token)}, [&](const Row& row) { found = read_invitation(row); });
    return found;
}

std::optional<Invitation> find_invitation(Connection& connection, InvitationId id)
{
    std::optional<Invitation> found;
    connection.query(
        "select id, name, role, programme, party, unit, invited_by, created_at, expires_at, state, user_id"
        " from invitation where id = ?",
        {id.value}, [&](const Row& row) { found = read_invitation(row); });
    return found;
}

std::vector<Invitation> all_invitations(Connection& connection)
{
    std::vector<Invitation> all;
    connection.query(
        "select id, name, role, programme, party, unit, invited_by, created_at, expires_at, state, user_id"
        " from invitation order by id desc",
        {}, [&](const Row& row) {
            if (auto invitation = read_invitation(row)) all.push_back(std::move(*invitation));
        });
    return all;
}

InvitationId insert_invitation(store::WriteContext& context, const store::Digest& token, const Invitation& invitation)
{
    const Grant& grant = invitation.grant;
    const auto id = context.connection().integer(
        "insert into invitation (token_hash, name, role, programme, party, unit, invited_by, created_at, expires_at,"
        " state, user_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', 0) returning id",
        {BytesView(token), invitation.name, word(grant.role), grant.programme.value, grant.party, grant.unit.value,
         invitation.by.value, number(context.now()), number(invitation.expires_at)});
    Invitation kept = invitation;
    kept.id = InvitationId{id.value()};
    journal(context, invitation.by, "invited", kept);
    return kept.id;
}

bool close_invitation(store::WriteContext& context, const Invitation& invitation, UserId actor)
{
    const bool closed =
        context.connection().execute("update invitation set state = ?, user_id = ? where id = ? and state = 'open'",
                                     {word(invitation.state), invitation.account.value, invitation.id.value}) == 1;
    if (closed) journal(context, actor, word(invitation.state), invitation);
    return closed;
}

}  // namespace phoihop::accounts
