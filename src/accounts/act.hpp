// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace phoihop::accounts {

/// Everything that somebody may be allowed to do. The words are those of the interface and the database.
enum class Act : std::uint8_t {
    // reading
    read_figures,  // every figure, report, finding and obligation of the unit
    read_totals,   // what the unit's subtree adds up to, its n of m and its counts of gaps

    // the unit's own work
    enter,     // keep a draft of a report
    submit,    // send, correct or withdraw a report
    evidence,  // claim an obligation with a decision's number, date and file

    // judging others' work
    return_report,
    verify,
    lock,    // and unlock
    excuse,  // an obligation that cannot be fulfilled

    issue_document,  // draft, number and keep an official document, nudge letters among them

    // the programme
    open_period,  // and close it
    load_programme,
    set_received_day,  // the day on which the office had the report, when it is not today
    import_units,      // territory, successions, the choice of an heir
    simulate,

    // the installation
    manage_users,
    operate,  // backup, verify, follow the log
};

inline constexpr Act all_acts[] = {
    Act::read_figures,     Act::read_totals,  Act::enter,    Act::submit,         Act::evidence,    Act::return_report,
    Act::verify,           Act::lock,         Act::excuse,   Act::issue_document, Act::open_period, Act::load_programme,
    Act::set_received_day, Act::import_units, Act::simulate, Act::manage_users,   Act::operate,
};

[[nodiscard]] std::string_view word(Act act);
[[nodiscard]] std::optional<Act> act_from_word(std::string_view word);

/// A set of acts: what an API token is good for.
class Acts {
public:
    constexpr Acts() = default;
    constexpr Acts(std::initializer_list<Act> acts)
    {
        for (const Act act : acts) m_bits |= bit(act);
    }
    [[nodiscard]] static constexpr Acts all()
    {
        Acts acts;
        for (const Act act : all_acts) acts.m_bits |= bit(act);
        return acts;
    }
    [[nodiscard]] constexpr bool has(Act act) const { return (m_bits & bit(act)) != 0; }
    constexpr void add(Act act) { m_bits |= bit(act); }
    [[nodiscard]] constexpr bool empty() const { return m_bits == 0; }

    /// "read_figures,read_totals", in the order of the enum; as kept in the database.
    [[nodiscard]] std::string text() const;
    /// Nothing when a word is unknown.
    [[nodiscard]] static std::optional<Acts> from_text(std::string_view text);

    friend constexpr bool operator==(const Acts&, const Acts&) = default;

private:
    static constexpr std::uint32_t bit(Act act) { return 1U << static_cast<unsigned>(act); }
    std::uint32_t m_bits = 0;
};

}  // namespace phoihop::accounts
