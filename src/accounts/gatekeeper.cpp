// SPDX-License-Identifier: Apache-2.0
#include "accounts/gatekeeper.hpp"

#include "accounts/account_store.hpp"
#include "accounts/session_store.hpp"
#include "accounts/sign_in.hpp"

#include <algorithm>

namespace phoihop::accounts {
namespace {

constexpr std::size_t entries_max = 50'000;
constexpr std::chrono::minutes seen_every{5};

std::string key_of(std::string_view token)
{
    const store::Digest hash = token_hash(token);
    return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

tl::unexpected<Problem> not_signed_in()
{
    return refuse(ProblemCode::not_signed_in);
}

}  // namespace

std::optional<Gatekeeper::Entry> Gatekeeper::find(const Key& key, Instant now)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_entries.find(key);
    if (found == m_entries.end()) return std::nullopt;
    const Entry& entry = found->second;
    if (now < entry.ends && (!entry.is_session || now < entry.seen_at + session_idle)) return entry;
    m_entries.erase(found);
    return std::nullopt;
}

std::optional<Gatekeeper::Entry> Gatekeeper::load(std::string_view token, bool session, Instant now) const
{
    std::optional<Entry> entry;
    m_services.database.read([&](store::Connection& connection) {
        UserId owner;
        Entry found;
        Acts acts = Acts::all();
        if (session) {
            const auto row = find_session(connection, token_hash(token));
            if (!row) return;
            owner = row->user;
            found.ends = row->created_at + session_age_max;
            found.seen_at = row->seen_at;
            found.is_session = true;
            if (now >= found.seen_at + session_idle) return;
        } else {
            const auto row = find_token(connection, token_hash(token));
            if (!row || row->revoked) return;
            owner = row->user;
            found.ends = row->expires_at;
            acts = row->acts;
        }
        if (now >= found.ends) return;
        const auto row = user_by_id(connection, owner);
        if (!row || row->user.disabled) return;
        Known known{{owner, {}, row->user.must_change}, row->user, {}};
        known.actor.grants.acts = acts;
        if (!known.actor.must_change) known.actor.grants.list = grants_of(connection, owner);
        known.scope = scope_key(known.actor.grants);
        found.known = std::make_shared<const Known>(std::move(known));
        entry = std::move(found);
    });
    return entry;
}

void Gatekeeper::keep(const Key& key, Entry entry, std::uint64_t generation)
{
    const std::lock_guard lock(m_mutex);
    if (generation != m_generation) return;
    if (m_entries.size() >= entries_max) m_entries.clear();
    m_entries[key] = std::move(entry);
}

Result<std::shared_ptr<const Gatekeeper::Known>> Gatekeeper::enter(std::string_view token, bool session, Instant now)
{
    if (token.empty() || token.size() > 100) return not_signed_in();
    const Key key = key_of(token);
    std::optional<Entry> entry = find(key, now);
    if (!entry) {
        std::uint64_t generation = 0;
        {
            const std::lock_guard lock(m_mutex);
            generation = m_generation;
        }
        entry = load(token, session, now);
        if (!entry) return not_signed_in();
        keep(key, *entry, generation);
    }
    if (entry->is_session != session) return not_signed_in();
    if (session && now - entry->seen_at >= seen_every) touch(key, token, now);
    return entry->known;
}

/// Nobody waits in vain for this: when the writer is busy, the next request tries again.
void Gatekeeper::touch(const Key& key, std::string_view token, Instant now)
{
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_entries.find(key);
        if (found == m_entries.end()) return;
        if (now - found->second.seen_at < seen_every) return;  // another request of the same page does it
        found->second.seen_at = now;
    }
    const auto done = m_services.writer.run([&](store::WriteContext& context) -> Result<void> {
        touch_session(context, token_hash(token));
        return {};
    });
    if (done) return;
    const std::lock_guard lock(m_mutex);
    m_entries.erase(key);
}

Result<std::shared_ptr<const Gatekeeper::Known>> Gatekeeper::by_session(std::string_view token, Instant now)
{
    return enter(token, true, now);
}

std::shared_ptr<const Gatekeeper::Known> Gatekeeper::by_session_at_once(std::string_view token, Instant now)
{
    if (token.empty() || token.size() > 100) return nullptr;
    const std::optional<Entry> entry = find(key_of(token), now);
    const bool good = entry && entry->is_session && now - entry->seen_at < seen_every;
    return good ? entry->known : nullptr;
}

std::shared_ptr<const Gatekeeper::Known> Gatekeeper::by_api_token_at_once(std::string_view token, Instant now)
{
    if (!token.starts_with("ph_") || token.size() > 100) return nullptr;
    const std::optional<Entry> entry = find(key_of(token), now);
    return entry && !entry->is_session ? entry->known : nullptr;
}

Result<std::shared_ptr<const Gatekeeper::Known>> Gatekeeper::by_api_token(std::string_view token, Instant now)
{
    if (!token.starts_with("ph_")) return not_signed_in();
    return enter(token, false, now);
}

void Gatekeeper::follow(std::span<const store::JournalRecord> records)
{
    const bool about_users = std::any_of(records.begin(), records.end(), [](const store::JournalRecord& record) {
        return record.subject.starts_with("user:") && record.verb != "signed_in";
    });
    if (!about_users) return;
    const std::lock_guard lock(m_mutex);
    ++m_generation;
    m_entries.clear();
}

}  // namespace phoihop::accounts
