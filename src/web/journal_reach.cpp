// SPDX-License-Identifier: Apache-2.0
#include "web/journal_reach.hpp"

#include "accounts/account_store.hpp"
#include "accounts/find_users.hpp"
#include "accounts/invitation_store.hpp"
#include "accounts/managed.hpp"
#include "dispatch/dispatch_store.hpp"
#include "facts/fact.hpp"
#include "obligations/obligation_journal.hpp"
#include "obligations/obligation_store.hpp"
#include "programme/period_id.hpp"

#include <algorithm>

namespace phoihop::web {

namespace {

std::int64_t number_in(std::string_view subject)
{
    const std::string_view rest = subject.substr(std::min(subject.find(':') + 1, subject.size()));
    return parse_decimal(rest.substr(0, rest.find('/')), 0).value_or(0);
}

std::shared_ptr<const programme::Programme> programme_with(const Call& call, ProgrammeId id)
{
    for (const auto& each : call.services.instance.programmes())
        if (each->id == id) return each;
    return nullptr;
}

std::string period_text(PeriodId period)
{
    return period ? programme::name_of(period).text() : std::string{};
}

void read_fact(About& about, const Call& call, std::string_view subject)
{
    const auto key = facts::key_from_subject(subject);
    if (!key) return;
    about.unit = key->unit;
    about.programme = key->programme;
    about.period = period_text(key->period);
    const auto programme = programme_with(call, key->programme);
    const programme::Form* form = programme ? programme->form(key->form) : nullptr;
    if (form == nullptr) return;
    about.subject = form->code;
    about.party = form->party;
}

/// "check_figure:<programme>/<unit>/<period>/<indicator>"
void read_check_figure(About& about, std::string_view subject)
{
    std::string_view rest = subject.substr(subject.find(':') + 1);
    std::vector<std::string> parts;
    for (std::size_t slash = 0; slash != std::string_view::npos; rest.remove_prefix(slash + 1)) {
        slash = rest.find('/');
        parts.emplace_back(rest.substr(0, slash));
        if (slash == std::string_view::npos) break;
    }
    if (parts.size() != 4) return;
    about.programme = ProgrammeId{parse_decimal(parts[0], 0).value_or(0)};
    about.unit = UnitId{parse_decimal(parts[1], 0).value_or(0)};
    about.period = parts[2];
    about.subject = parts[3];
}

void read_obligation(About& about, store::Connection& connection, std::int64_t id)
{
    const auto found = obligations::ObligationStore::obligation(connection, ObligationId{id});
    if (!found) return;
    about.unit = found->unit;
    about.programme = found->programme;
    about.party = found->party;
    about.subject = found->subject;
    about.period = period_text(found->period);
}

void read_document(About& about, store::Connection& connection, std::int64_t id)
{
    const auto found = dispatch::DispatchStore::find(connection, dispatch::DocumentId{id});
    if (!found) return;
    about.unit = found->unit;
    about.programme = found->programme;
    about.party = found->party;
    about.period = period_text(found->period);
    about.name = found->body;
}

}  // namespace

About JournalReach::read(const store::JournalRecord& record) const
{
    const std::string& subject = record.subject;
    About about;
    about.kind = subject.substr(0, subject.find(':'));
    const std::int64_t number = number_in(subject);
    if (about.kind == "fact") read_fact(about, m_call, subject);
    if (about.kind == "check_figure") read_check_figure(about, subject);
    if (about.kind == "obligation") read_obligation(about, m_connection, number);
    if (about.kind == "document") read_document(about, m_connection, number);
    if (about.kind == "unit") about.unit = UnitId{number};
    if (about.kind == "programme" || about.kind == "period") about.programme = ProgrammeId{number};
    if (about.kind == "period") {
        if (const auto key = obligations::register_from_subject(subject)) about.period = period_text(key->period);
    }
    if (about.kind == "user") {
        if (const auto row = accounts::user_by_id(m_connection, UserId{number})) about.name = row->user.name;
    }
    if (about.kind == "invitation") {
        const auto found = accounts::find_invitation(m_connection, accounts::InvitationId{number});
        if (found) {
            about.name = found->name;
            about.unit = found->grant.unit;
        }
    }
    return about;
}

bool JournalReach::may_see(const About& about, const store::JournalRecord& record) const
{
    const accounts::Actor self = m_call.account();
    const accounts::Setting setting = m_call.setting();
    const auto may = [&](accounts::Act act, const accounts::Target& target) {
        return accounts::allowed(self.grants, act, target, *m_call.territory, m_call.today);
    };
    const bool is_work =
        about.kind == "fact" || about.kind == "check_figure" || about.kind == "obligation" || about.kind == "document";
    if (is_work) return about.unit && may(accounts::Act::read_figures, {about.programme, about.party, about.unit});
    if (about.kind == "unit")
        return may(accounts::Act::import_units, {}) || may(accounts::Act::manage_users, {{}, {}, about.unit});
    if (about.kind == "programme" || about.kind == "period")
        return may(accounts::Act::load_programme, {about.programme, {}, {}});
    if (about.kind == "user")
        return accounts::find_user(m_connection, self, UserId{number_in(record.subject)}, setting).has_value();
    if (about.kind == "invitation") {
        const auto found = accounts::find_invitation(m_connection, accounts::InvitationId{number_in(record.subject)});
        return found && accounts::demand_over(self, found->grant, setting).has_value();
    }
    // Files and whatever a newer program journals.
    return may(accounts::Act::operate, {});
}

std::optional<About> JournalReach::of(const store::JournalRecord& record)
{
    constexpr std::size_t known_max = 10'000;
    if (const auto known = m_known.find(record.subject); known != m_known.end()) return known->second;
    if (m_known.size() >= known_max) m_known.clear();
    About about = read(record);
    std::optional<About> answer;
    if (may_see(about, record)) answer = std::move(about);
    return m_known[record.subject] = answer;
}

}  // namespace phoihop::web
