// SPDX-License-Identifier: Apache-2.0
#include "programme/programme.hpp"

#include <algorithm>

namespace phoihop::programme {

namespace {

/// The first element that `fits`, or nullptr.
template <class Thing, class Test>
const Thing* first(const std::vector<Thing>& things, const Test& fits)
{
    const auto found = std::find_if(things.begin(), things.end(), fits);
    return found == things.end() ? nullptr : &*found;
}

template <class Thing>
const Thing* named(const std::vector<Thing>& things, std::string_view code)
{
    return first(things, [&](const Thing& thing) { return thing.code == code; });
}

/// "Tỉnh Hà Giang" → "tỉnh Hà Giang"; "Phường 3" stays.
std::string inside_a_name(std::string_view full_name)
{
    struct Kind {
        std::string_view large, small;
    };
    static constexpr Kind kinds[] = {{"Tỉnh ", "tỉnh "},     {"Thành phố ", "thành phố "}, {"Huyện ", "huyện "},
                                     {"Quận ", "quận "},     {"Thị xã ", "thị xã "},       {"Xã ", "xã "},
                                     {"Phường ", "phường "}, {"Thị trấn ", "thị trấn "},   {"Đặc khu ", "đặc khu "}};
    for (const Kind& kind : kinds) {
        if (!full_name.starts_with(kind.large)) continue;
        const std::string_view rest = full_name.substr(kind.large.size());
        const bool numbered = !rest.empty() && rest.front() >= '0' && rest.front() <= '9';
        return numbered ? std::string(full_name) : std::string(kind.small) + std::string(rest);
    }
    return std::string(full_name);
}

}  // namespace

std::string body_name(std::string_view pattern, std::string_view unit, std::string_view parent)
{
    std::string name;
    while (!pattern.empty()) {
        const std::string_view slot = pattern.starts_with("{unit}")     ? "{unit}"
                                      : pattern.starts_with("{parent}") ? "{parent}"
                                                                        : "";
        if (slot.empty()) {
            name += pattern.front();
            pattern.remove_prefix(1);
        } else {
            const std::string_view full = slot == "{unit}" ? unit : parent;
            name += name.empty() ? std::string(full) : inside_a_name(full);
            pattern.remove_prefix(slot.size());
        }
    }
    return name;
}

const Party::Body* Party::body(units::Level level) const
{
    return first(bodies, [&](const Body& body) { return body.level == level; });
}

int Form::cell_of(std::string_view indicator) const
{
    for (std::size_t i = 0; i < cells.size(); ++i)
        if (cells[i].indicator == indicator) return static_cast<int>(i);
    return -1;
}

bool Standing::falls_in(const PeriodName& period) const
{
    if (period.frequency != frequency) return false;
    return frequency == Frequency::once || years.empty() ||
           std::find(years.begin(), years.end(), period.year) != years.end();
}

const Indicator* Programme::indicator(std::string_view wanted) const
{
    return named(indicators, wanted);
}

const Form* Programme::form(std::string_view wanted) const
{
    return named(forms, wanted);
}

const Form* Programme::form(std::int32_t number) const
{
    return first(forms, [&](const Form& form) { return form.number == number; });
}

const Form* Programme::form_of(std::string_view indicator) const
{
    return first(forms, [&](const Form& form) { return form.cell_of(indicator) >= 0; });
}

const Party* Programme::party(std::string_view wanted) const
{
    return named(parties, wanted);
}

const Standing* Programme::standing(std::string_view wanted) const
{
    return named(standings, wanted);
}

}  // namespace phoihop::programme
