// SPDX-License-Identifier: Apache-2.0
#include "rollup/query_text.hpp"

#include "rollup/codes.hpp"

#include <algorithm>

namespace phoihop::rollup {

std::optional<Measure> measure_from_word(std::string_view word)
{
    if (word == "received") return Measure::received;
    if (word == "verified") return Measure::verified;
    return std::nullopt;
}

std::string_view word(Measure measure)
{
    switch (measure) {
        case Measure::received: return "received";
        case Measure::verified: return "verified";
    }
    return "";
}

Result<std::vector<std::string>> read_indicators(const programme::Programme& programme, std::string_view text)
{
    std::vector<std::string> codes;
    if (text == "all") {
        for (const programme::Indicator& indicator : programme.indicators) codes.push_back(indicator.code);
        return codes;
    }
    Codes known(programme.indicators, &programme::Indicator::code);
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        std::string_view code = text.substr(0, comma);
        text.remove_prefix(std::min(comma + 1, text.size()));
        while (code.starts_with(' ')) code.remove_prefix(1);
        while (code.ends_with(' ')) code.remove_suffix(1);
        if (code.empty()) continue;
        if (known.find(code) < 0)
            return refuse(ProblemCode::unknown_name, "indicator",
                          {{"what", "indicator"}, {"found", std::string(code)}});
        codes.emplace_back(code);
    }
    if (codes.empty()) return refuse(ProblemCode::missing, "indicator", {{"what", "indicator"}});
    return codes;
}

Result<const programme::Form*> read_form(const programme::Programme& programme, std::string_view code,
                                         const programme::PeriodName& period)
{
    const bool only_one = code.empty() && programme.forms.size() == 1;
    if (code.empty() && !only_one) return refuse(ProblemCode::missing, "form", {{"what", "form"}});
    const programme::Form* form = only_one ? &programme.forms.front() : programme.form(code);
    if (form == nullptr)
        return refuse(ProblemCode::unknown_name, "form", {{"what", "form"}, {"found", std::string(code)}});
    if (form->frequency != period.frequency)
        return refuse(ProblemCode::malformed, "period",
                      {{"expected", std::string(word(form->frequency))}, {"found", period.text()}});
    return form;
}

Result<const programme::Form*> read_form_of(const programme::Programme& programme, std::string_view indicator,
                                            const programme::PeriodName& period)
{
    const programme::Form* form = programme.form_of(indicator);
    if (form == nullptr)
        return refuse(ProblemCode::unknown_name, "indicator",
                      {{"what", "indicator"}, {"found", std::string(indicator)}});
    return read_form(programme, form->code, period);
}

Result<UnitId> read_under(const units::Territory& territory, std::string_view code, Date on)
{
    if (code.empty() || code == "nation") return territory.nation();
    return territory.by_code(code, on);
}

Result<std::optional<units::Level>> read_by(std::string_view level)
{
    const auto found = units::level_from_word(level);
    if (!found && !level.empty())
        return refuse(ProblemCode::unknown_name, "by", {{"what", "level"}, {"found", std::string(level)}});
    return found;
}

std::array<std::string, figure_column_count> figure_row(const Figure& figure, const units::Territory& territory,
                                                        Date on)
{
    const std::string& name = territory.state_near(figure.unit, on).full_name;
    const std::string reported = std::to_string(figure.reported);
    const std::string expected = std::to_string(figure.expected);
    return {figure.indicator,
            figure.period.text(),
            territory.code_text(figure.unit, on),
            name,
            figure.text(),
            reported,
            expected,
            std::string(word(figure.note))};
}

}  // namespace phoihop::rollup
