// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "units/check.hpp"

#include <map>
#include <optional>
#include <set>

namespace phoihop::units {

[[nodiscard]] inline bool overlap(const Validity& a, const Validity& b)
{
    return a.from < b.to && b.from < a.to;
}

[[nodiscard]] inline std::string span_text(const Validity& validity)
{
    return format_date(validity.from) + ".." + format_date(validity.to);
}

/// One question after the other over the whole data set; each member function is one group of rules. Rules about units
/// stand in check.cpp, about links in check_links.cpp, about what the files repeat in check_claims.cpp.
struct Checker {
    const DataSet& set;
    CheckReport report{};
    std::map<Code, std::vector<const StatedUnit*>> units{};
    std::map<Code, std::vector<const StatedLink*>> heirs{};
    std::map<Code, std::vector<const StatedLink*>> origins{};

    explicit Checker(const DataSet& data) : set(data)
    {
        for (const StatedUnit& unit : set.units) units[unit.state.code].push_back(&unit);
        for (const StatedLink& link : set.links) {
            heirs[link.from].push_back(&link);
            origins[link.to].push_back(&link);
        }
        report.findings = set.findings;
    }

    void error(const Origin& origin, std::string rule, Problem::Facts facts)
    {
        report.findings.push_back({Severity::error, std::move(rule), origin, std::move(facts)});
    }
    void notice(const Origin& origin, std::string rule, Problem::Facts facts)
    {
        report.findings.push_back({Severity::notice, std::move(rule), origin, std::move(facts)});
    }

    /// The statement about `code` on `day`, or the last one when `day` is left out.
    [[nodiscard]] const StatedUnit* find(const Code& code, std::optional<Date> day = {}) const
    {
        const auto found = units.find(code);
        if (found == units.end()) return nullptr;
        for (const StatedUnit* unit : found->second) {
            if (!day || unit->state.validity.contains(*day)) return unit;
        }
        return nullptr;
    }

    void count_levels();
    void codes();
    void parents();
    void cycles();
    [[nodiscard]] std::vector<Code> way_up(const Code& from, const std::set<Code>& settled);
    void siblings();
    void references();
    void shares();
    void shares_of(const std::vector<const StatedLink*>& links);
    void part_adds_up(const std::vector<const StatedLink*>& links, Part StatedLink::* part, std::string_view what);
    void gaps();
    void stated_counts();
    void claims();
    [[nodiscard]] std::string said_by_rows(const StatedClaim& claim, const StatedUnit& unit) const;
    [[nodiscard]] std::string heir_of(const Code& code) const;
    void changes();
    void borders();
};

}  // namespace phoihop::units
