// SPDX-License-Identifier: Apache-2.0
#include "accounts/act.hpp"

#include <algorithm>

namespace phoihop::accounts {

std::string_view word(Act act)
{
    switch (act) {
        case Act::read_figures: return "read_figures";
        case Act::read_totals: return "read_totals";
        case Act::enter: return "enter";
        case Act::submit: return "submit";
        case Act::evidence: return "evidence";
        case Act::return_report: return "return_report";
        case Act::verify: return "verify";
        case Act::lock: return "lock";
        case Act::excuse: return "excuse";
        case Act::issue_document: return "issue_document";
        case Act::open_period: return "open_period";
        case Act::load_programme: return "load_programme";
        case Act::set_received_day: return "set_received_day";
        case Act::import_units: return "import_units";
        case Act::simulate: return "simulate";
        case Act::manage_users: return "manage_users";
        case Act::operate: return "operate";
    }
    return "";
}

std::optional<Act> act_from_word(std::string_view text)
{
    for (const Act act : all_acts)
        if (word(act) == text) return act;
    return std::nullopt;
}

std::string Acts::text() const
{
    std::string out;
    for (const Act act : all_acts) {
        if (!has(act)) continue;
        if (!out.empty()) out += ',';
        out += word(act);
    }
    return out;
}

std::optional<Acts> Acts::from_text(std::string_view text)
{
    Acts acts;
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        const auto act = act_from_word(text.substr(0, comma));
        if (!act) return std::nullopt;
        acts.add(*act);
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return acts;
}

}  // namespace phoihop::accounts
