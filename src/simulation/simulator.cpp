// SPDX-License-Identifier: Apache-2.0
#include "simulation/simulator.hpp"

#include "simulation/lot.hpp"

#include <algorithm>
#include <string>

namespace phoihop::simulation {

namespace {

/// A number in [low, high] from `random`.
std::int64_t between(std::uint64_t random, std::int64_t low, std::int64_t high)
{
    return low + static_cast<std::int64_t>(random % static_cast<std::uint64_t>(high - low + 1));
}

std::uint64_t number(const programme::PeriodName& period)
{
    return static_cast<std::uint64_t>(period.year) * 100 + static_cast<std::uint64_t>(period.number) +
           static_cast<std::uint64_t>(period.frequency) * 100'000'000;
}

std::string_view trimmed(std::string_view text)
{
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

/// A size is counted in hundredths of a usual office, times this, so that shares of it stay exact enough.
constexpr std::int64_t fine = 1'000;

// What is drawn for whom; each purpose has a number of its own so that one draw says nothing about another.
constexpr std::uint64_t for_fate = 1000;
constexpr std::uint64_t for_day = 1001;
constexpr std::uint64_t for_mistake = 1002;
constexpr std::uint64_t for_correction = 1003;
constexpr std::uint64_t for_repair = 1004;

}  // namespace

Simulator::Simulator(const programme::Programme& programme, const programme::Form& form, std::uint64_t seed,
                     Inheritance inheritance, std::size_t units)
    : m_programme(programme),
      m_form(form),
      m_seed(mix(seed + static_cast<std::uint64_t>(form.number))),
      m_inheritance(std::move(inheritance))
{
    std::vector<std::int64_t> sizes(units);
    for (std::size_t i = 0; i < units; ++i) sizes[i] = own_size(UnitId{static_cast<std::int64_t>(i) + 1});
    for (const Date on : m_inheritance.days()) {
        sizes = m_inheritance.passed_on(std::move(sizes), on);
        m_sizes.emplace_back(on, sizes);
    }
    for (const programme::Cell& cell : form.cells) m_indicators.push_back(programme.indicator(cell.indicator));
    for (const programme::CellRule& rule : form.rules) add_mend(rule.condition.text());
}

void Simulator::add_mend(std::string_view text)
{
    Mend mend;
    if (const std::size_t implies = text.find("implies"); implies != std::string_view::npos) {
        if (auto when = programme::Expression::parse(trimmed(text.substr(0, implies)))) mend.when = std::move(*when);
        text = text.substr(implies + 7);
    }
    constexpr std::pair<std::string_view, char> signs[] = {{"==", '='}, {"<=", '<'}, {">=", '>'}, {">", '+'}};
    for (const auto& [sign, relation] : signs) {
        const std::size_t at = text.find(sign);
        if (at == std::string_view::npos) continue;
        mend.cell = m_form.cell_of(trimmed(text.substr(0, at)));
        mend.relation = relation;
        auto right = programme::Expression::parse(trimmed(text.substr(at + sign.size())));
        if (mend.cell < 0 || !right) return;
        mend.right = std::move(*right);
        m_mends.push_back(std::move(mend));
        return;
    }
}

std::uint64_t Simulator::draw(UnitId unit, const programme::PeriodName& period, std::uint64_t what) const
{
    return mix(mix(mix(m_seed ^ static_cast<std::uint64_t>(unit.value)) ^ number(period)) ^ what);
}

Fate Simulator::fate(UnitId unit, const programme::PeriodName& period) const
{
    // Diligence belongs to the office: most are careful, one in sixteen is late and forgetful again and again.
    const bool careless = mix(m_seed ^ static_cast<std::uint64_t>(unit.value)) % 16 == 0;
    const std::int64_t luck = between(draw(unit, period, for_fate), 0, 999);
    if (luck < (careless ? 120 : 8)) return Fate::missing;
    if (luck < (careless ? 360 : 40)) return Fate::late;
    if (luck < (careless ? 375 : 50)) return Fate::nil;
    if (luck < (careless ? 405 : 60)) return Fate::refused_once;
    if (luck < (careless ? 430 : 80)) return Fate::corrected;
    if (luck < (careless ? 432 : 81)) return Fate::withdrawn;
    return Fate::on_time;
}

int Simulator::days(UnitId unit, const programme::PeriodName& period, Fate fate, int days_until_due) const
{
    const std::uint64_t random = draw(unit, period, for_day);
    if (fate == Fate::late) return static_cast<int>(between(random, 1, 15));
    // Most offices send in the last days.
    const std::int64_t a = between(random, 0, std::max(0, days_until_due));
    const std::int64_t b = between(mix(random), 0, std::max(0, days_until_due));
    return static_cast<int>(std::max(a, b));
}

std::int64_t Simulator::own_size(UnitId unit) const
{
    return between(mix(m_seed ^ static_cast<std::uint64_t>(unit.value) * 31), 40, 190) * fine;
}

std::int64_t Simulator::size_in(UnitId unit, const programme::PeriodName& period) const
{
    const Date day = m_programme.calendar.dates(period).cut_off();
    for (auto since = m_sizes.rbegin(); since != m_sizes.rend(); ++since)
        if (since->first <= day) return since->second[static_cast<std::size_t>(unit.value - 1)];
    return own_size(unit);
}

std::int64_t Simulator::largest(std::size_t cell) const
{
    return std::max<std::int64_t>(m_indicators[cell]->cap, 1) * power_of_ten(m_indicators[cell]->scale);
}

bool Simulator::is_stock(std::size_t cell) const
{
    return m_indicators[cell]->over_time == programme::OverTime::last;
}

bool Simulator::adds(std::size_t cell) const
{
    const programme::Indicator& indicator = *m_indicators[cell];
    return indicator.over_units == programme::OverUnits::sum && indicator.cap != 1;
}

facts::Cells Simulator::opening(UnitId heir, const PreviousCells& previous) const
{
    facts::Cells cells(m_form.cells.size());
    for (const Inheritance::Part& part : m_inheritance.parts_of(heir)) {
        const facts::Cells* before = previous(part.from);
        if (before == nullptr) continue;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (!is_stock(i) || !adds(i) || !(*before)[i]) continue;
            cells[i] = std::min(cells[i].value_or(0) + *(*before)[i] / part.shares, largest(i));
        }
    }
    return cells;
}

std::int64_t Simulator::flow(std::size_t cell, UnitId unit, const programme::PeriodName& period) const
{
    const programme::Indicator& indicator = *m_indicators[cell];
    const std::int64_t one = power_of_ten(indicator.scale);
    const std::int64_t cap = std::max<std::int64_t>(indicator.cap, 1);
    // Where one is all there can be, it is a yes or a no, and nobody's yes is larger than another's.
    if (cap == 1) return draw(unit, period, cell) % 100 < 86 ? one : 0;
    // Where nobody says what is usual, it is a small part of the largest believable figure; offices differ by size,
    // quarters by season.
    const std::int64_t size = adds(cell) ? size_in(unit, period) : own_size(unit);
    const std::int64_t season = 80 + between(mix(cell * 977 + static_cast<std::uint64_t>(period.number)), 0, 50);
    const std::int64_t growth = 100 + 3 * (period.year - 2013);
    const std::int64_t noise = between(draw(unit, period, cell), 70, 130);
    const Int128 mean =
        indicator.usual > 0 ? static_cast<Int128>(indicator.usual) * 40 : static_cast<Int128>(cap) * 100;
    const Int128 drawn = mean * one * size * season * growth * noise;
    const Int128 unit_of_drawn = static_cast<Int128>(100'000'000) * 100 * 40 * fine;
    // What is rare comes whole in some periods and not at all in others: the remainder is a chance.
    const auto chance = static_cast<std::int64_t>(drawn % unit_of_drawn * 10'000 / unit_of_drawn);
    const bool more = between(mix(draw(unit, period, cell)), 0, 9'999) < chance;
    return std::min(static_cast<std::int64_t>(drawn / unit_of_drawn) + (more ? 1 : 0), largest(cell));
}

facts::Cells Simulator::figures(UnitId unit, const programme::PeriodName& period, const facts::Cells* previous) const
{
    facts::Cells cells(m_form.cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const bool known = is_stock(i) && previous != nullptr && i < previous->size() && (*previous)[i];
        cells[i] = known ? *(*previous)[i] : flow(i, unit, period);
        // Optional cells are left empty now and then: empty is not zero, and totals must show it.
        if (!m_form.cells[i].required && draw(unit, period, 500 + i) % 40 == 0) cells[i].reset();
    }
    repair(cells, previous, draw(unit, period, for_repair));
    return cells;
}

programme::Expression::Lookup Simulator::lookup(const facts::Cells& cells, const facts::Cells* previous) const
{
    return [this, &cells, previous](std::string_view name) -> std::optional<programme::Rational> {
        const programme::ExpressionName asked = programme::split_name(name);
        const facts::Cells* from = asked.kind == programme::ExpressionName::Kind::current    ? &cells
                                   : asked.kind == programme::ExpressionName::Kind::previous ? previous
                                                                                             : nullptr;
        const int index = m_form.cell_of(asked.code);
        if (from == nullptr || index < 0 || !(*from)[static_cast<std::size_t>(index)]) return std::nullopt;
        return programme::Rational{*(*from)[static_cast<std::size_t>(index)],
                                   power_of_ten(m_indicators[static_cast<std::size_t>(index)]->scale)};
    };
}

/// What a rule's right side asks of its left cell, at the cell's scale; nothing when it does not ask.
std::optional<std::int64_t> Simulator::wanted(const Mend& mend, const facts::Cells& cells,
                                              const facts::Cells* previous) const
{
    const auto known = lookup(cells, previous);
    if (mend.when) {
        const auto holds = mend.when->evaluate(known);
        if (!holds || holds->numerator == 0) return std::nullopt;
    }
    const auto right = mend.right.evaluate(known);
    if (!right) return std::nullopt;
    const Int128 one = power_of_ten(m_indicators[static_cast<std::size_t>(mend.cell)]->scale);
    return static_cast<std::int64_t>(right->numerator * one / right->denominator);
}

/// More was taken away than there was: those cells of the sum whose lowering raises it give way, in turn.
void Simulator::make_room(const Mend& mend, facts::Cells& cells, const facts::Cells* previous) const
{
    for (const std::string& name : mend.right.names()) {
        const auto lacking = wanted(mend, cells, previous);
        const int index = m_form.cell_of(name);
        if (!lacking || *lacking >= 0) return;
        if (index < 0 || !cells[static_cast<std::size_t>(index)]) continue;
        std::int64_t& cell = *cells[static_cast<std::size_t>(index)];
        const std::int64_t kept = cell;
        cell = std::max<std::int64_t>(0, cell + *lacking);
        if (wanted(mend, cells, previous).value_or(*lacking) <= *lacking) cell = kept;
    }
}

void Simulator::repair(facts::Cells& cells, const facts::Cells* previous, std::uint64_t luck) const
{
    for (int round = 0; round < 4; ++round)
        for (const Mend& mend : m_mends) {
            auto& cell = cells[static_cast<std::size_t>(mend.cell)];
            auto asked = cell ? wanted(mend, cells, previous) : std::nullopt;
            if (!asked) continue;
            if (mend.relation == '=' && *asked < 0) {
                make_room(mend, cells, previous);
                asked = wanted(mend, cells, previous);
            }
            const std::int64_t right = std::max<std::int64_t>(0, *asked);
            const std::int64_t share = between(mix(luck ^ static_cast<std::uint64_t>(mend.cell)), 70, 97);
            if (mend.relation == '=' && *cell != right) cell = right;
            if (mend.relation == '<' && *cell > right) cell = right * share / 100;
            if (mend.relation == '>' && *cell < right) cell = right * (100 + 15 * (share - 69)) / 100;
            if (mend.relation == '+' && *cell <= right)
                cell = right + power_of_ten(m_indicators[static_cast<std::size_t>(mend.cell)]->scale);
        }
}

facts::Cells Simulator::correction(UnitId unit, const programme::PeriodName& period, const facts::Cells& cells,
                                   const facts::Cells* previous) const
{
    facts::Cells changed = cells;
    std::uint64_t random = draw(unit, period, for_correction);
    for (std::size_t tries = 0; tries < cells.size(); ++tries, random = mix(random)) {
        auto& cell = changed[random % changed.size()];
        if (!cell || *cell < 4) continue;
        cell = *cell * between(mix(random), 75, 96) / 100;
        break;
    }
    repair(changed, previous, random);
    return changed;
}

std::vector<CellInput> Simulator::texts(const facts::Cells& cells) const
{
    std::vector<CellInput> inputs;
    for (std::size_t i = 0; i < cells.size(); ++i)
        if (cells[i])
            inputs.push_back({m_form.cells[i].indicator, format_decimal(*cells[i], m_indicators[i]->scale), {}, {}});
    return inputs;
}

std::vector<CellInput> Simulator::mistaken(UnitId unit, const programme::PeriodName& period,
                                           const facts::Cells& cells) const
{
    std::vector<CellInput> inputs = texts(cells);
    const std::uint64_t random = draw(unit, period, for_mistake);
    CellInput& input = inputs[(random >> 8U) % inputs.size()];
    switch (random % 4) {
        case 0: input.text = "-" + input.text + "1"; break;  // below the least
        case 1: input.text += "x"; break;                    // not a number
        case 2: input.text = "99999999999999999"; break;     // past any cap
        default: input.text += input.text.find('.') == std::string::npos ? ".1234567" : "1234567"; break;  // too fine
    }
    return inputs;
}

}  // namespace phoihop::simulation
