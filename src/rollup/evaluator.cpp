// SPDX-License-Identifier: Apache-2.0
#include "rollup/evaluator.hpp"

#include "programme/period_id.hpp"
#include "rollup/unit_counts.hpp"

#include <algorithm>

namespace phoihop::rollup {
namespace {

using programme::Indicator;
using programme::PeriodName;
using programme::Programme;
using programme::Rational;

/// Formulas of formulas, and codes that continue codes: deeper than any programme needs, so that a circle that the
/// check of programmes missed ends as "no value".
constexpr int depth_max = 16;

/// The row kind stays visible on rows "own" and "undivided", with or without a value.
void no_value(Figure& figure, Note why)
{
    figure.value.reset();
    if (figure.note == Note::none) figure.note = why;
}

struct InParentheses {
    std::string_view function;
    std::string_view argument;
};

InParentheses split_name(std::string_view name)
{
    const auto open = name.find('(');
    if (open == std::string_view::npos || !name.ends_with(')')) return {"", name};
    return {name.substr(0, open), name.substr(open + 1, name.size() - open - 2)};
}

}  // namespace

Note note_of(Part part)
{
    switch (part) {
        case Part::whole: return Note::none;
        case Part::own: return Note::own;
        case Part::undivided: return Note::undivided;
    }
    return Note::none;
}

Evaluator::Evaluator(const Snapshot& snapshot, const units::Territory& territory, Date on, Measure measure,
                     const RegisterMeasures* register_measures)
    : m_snapshot(snapshot), m_territory(territory), m_measure(measure), m_register(register_measures)
{
    auto map = territory.map(on);
    m_kept = snapshot.kept_map(territory, *map);
    m_map = m_kept >= 0 ? snapshot.kept_maps()[static_cast<std::size_t>(m_kept)]
                        : std::make_shared<MapRows>(std::move(map), territory.units().size());
}

PeriodReader* Evaluator::reader(ProgrammeId programme, std::int32_t form, PeriodId period)
{
    auto& reader = m_readers[{programme, form, period}];
    if (reader) return reader.get();
    const auto* form_block = m_snapshot.form(programme, form);
    const auto* block = form_block == nullptr ? nullptr : form_block->find(period);
    if (block == nullptr) return nullptr;
    reader = std::make_unique<PeriodReader>(*form_block, *block, m_map, m_kept, m_measure);
    return reader.get();
}

PeriodReader& PeriodSums::reader() const
{
    return *evaluator->reader(form->layout->programme, form->layout->form, period);
}

std::optional<PeriodSums> Evaluator::sums(const FormBlock& form, PeriodId period)
{
    const auto* block = form.find(period);
    if (block == nullptr) return std::nullopt;
    PeriodSums found{block, nullptr, nullptr, &form, period, this};
    if (m_kept < 0) {
        const auto& reader = found.reader();
        found.sums = reader.sums();
        found.owed = reader.owed();
        return found;
    }
    const auto map = static_cast<std::size_t>(m_kept);
    const auto maps = block->sums.size() / measure_count;
    found.sums = block->sums[static_cast<std::size_t>(m_measure) * maps + map].get();
    if (block->owed) found.owed = block->owed->counts[map].data();
    return found;
}

const Evaluator::Series& Evaluator::series(const Programme& programme, const Indicator& indicator,
                                           const PeriodName& period)
{
    // Asked for every row, so the last answer is the likely one.
    auto& known = m_series[&indicator];
    for (auto entry = known.rbegin(); entry != known.rend(); ++entry)
        if (entry->first == period) return entry->second;
    return known.emplace_back(period, find_series(programme, indicator, period)).second;
}

Evaluator::Series Evaluator::find_series(const Programme& programme, const Indicator& indicator,
                                         const PeriodName& period)
{
    const auto* form = programme.form_of(indicator.code);
    if (form == nullptr) return {};
    const auto base = base_periods(period, form->frequency);
    if (!base) return {};
    const auto* block = m_snapshot.form(programme.id, form->number);
    Series found;
    if (block != nullptr) found.column = block->layout->column_of(indicator.code);
    const std::size_t first = indicator.over_time == programme::OverTime::last ? base->size() - 1 : 0;
    for (std::size_t i = first; i < base->size(); ++i) {
        const auto id = programme::id_of((*base)[i]);
        found.periods.emplace_back(id, found.column < 0 ? nullptr : reader(programme.id, form->number, id));
    }
    return found;
}

Figure Evaluator::figure(const Programme& programme, const Indicator& indicator, const PeriodName& period, RowRef row)
{
    auto found = plain(programme, indicator, period, row);
    if (found.reported > 0 || indicator.continues.empty() || m_depth >= depth_max) return found;

    // Nobody reported under this code: the series may go on from the one that it continues.
    const auto slash = indicator.continues.find('/');
    const auto* before =
        slash == std::string::npos ? &programme : m_snapshot.programme(indicator.continues.substr(0, slash));
    const auto* code = before == nullptr ? nullptr : before->indicator(indicator.continues.substr(slash + 1));
    if (code == nullptr || code == &indicator) return found;
    ++m_depth;
    auto earlier = figure(*before, *code, period, row);
    --m_depth;
    if (earlier.reported == 0 && (found.expected > 0 || earlier.expected == 0)) return found;
    if (earlier.from.empty()) earlier.from = before->code + '/' + code->code;
    earlier.indicator = indicator.code;
    return earlier;
}

Figure Evaluator::plain(const Programme& programme, const Indicator& indicator, const PeriodName& period, RowRef row)
{
    Figure figure;
    switch (indicator.source) {
        case programme::Source::computed: figure = formula(programme, indicator, period, row); break;
        case programme::Source::module:
            figure = indicator.register_measure.empty() ? sum(programme, indicator, period, row)
                                                        : of_register(programme, indicator, period, row);
            break;
        case programme::Source::typed: figure = sum(programme, indicator, period, row); break;
    }
    figure.indicator = indicator.code;
    figure.period = period;
    figure.unit = m_map->map().nodes()[static_cast<std::size_t>(row.node)].unit;
    return figure;
}

/// Figures that cannot be added have a value where one unit's own report is all that there is, and all that is owed.
bool Evaluator::single_reporter(const Series& series, const Tally& tally, RowRef row) const
{
    if (series.periods.size() != 1 || row.part == Part::undivided || tally.sum.count != 1 || tally.owed > 1)
        return false;
    const auto& block = series.periods.front().second->block();
    const auto unit = m_map->map().nodes()[static_cast<std::size_t>(row.node)].unit;
    PageReport report;
    if (!block.leaves->counted(unit, m_measure) || !block.leaves->read(unit, report)) return false;
    const auto& fact = report.fact;
    const auto& columns = series.periods.front().second->form().layout->columns_of(fact.programme_version);
    for (std::size_t cell = 0; cell < std::min(fact.cells.size(), columns.size()); ++cell)
        if (columns[cell] == series.column) return fact.cells[cell].has_value();
    return false;
}

Figure Evaluator::sum(const Programme& programme, const Indicator& indicator, const PeriodName& period, RowRef row)
{
    Figure figure;
    figure.note = note_of(row.part);
    figure.scale = indicator.scale;
    const auto& parts = series(programme, indicator, period);
    if (parts.periods.empty()) {
        no_value(figure, programme.form_of(indicator.code) == nullptr ? Note::no_value : Note::finer);
        return figure;
    }
    Tally all;
    for (const auto& [id, reader] : parts.periods) {
        if (reader == nullptr) continue;
        const auto tally = reader->read(row.node, row.part, parts.column);
        all.sum += tally.sum;
        all.owed += tally.owed;
    }
    figure.reported = all.sum.count;
    figure.expected = all.owed;
    if (all.sum.count == 0) {
        no_value(figure, Note::no_value);
    } else if (indicator.over_units == programme::OverUnits::distinct && !single_reporter(parts, all, row)) {
        figure.value.reset();
        figure.note = Note::not_additive;
    } else {
        figure.value = Rational{all.sum.value, power_of_ten(indicator.scale)};
    }
    return figure;
}

std::optional<Figure> Evaluator::named(const Programme& programme, std::string_view name, const PeriodName& period,
                                       RowRef row)
{
    const auto [function, argument] = split_name(name);
    if (function == "units") {
        const auto counted = programme::counted_units(argument);
        if (!counted) return std::nullopt;
        Figure figure;
        figure.indicator = std::string(name);
        figure.period = period;
        figure.unit = m_map->map().nodes()[static_cast<std::size_t>(row.node)].unit;
        figure.note = note_of(row.part);
        figure.value = Rational{units_of(*counted, programme.calendar.dates(period).cut_off()).at(row), 1};
        return figure;
    }
    const auto* indicator = programme.indicator(argument);
    if (indicator == nullptr || (function != "" && function != "prev")) return std::nullopt;
    auto found = figure(programme, *indicator, function == "prev" ? previous(period) : period, row);
    found.indicator = std::string(name);
    return found;
}

void FormulaCounts::take(std::int64_t n, std::int64_t m, Note note)
{
    if (note == Note::not_additive || note == Note::finer) why = note;
    reported = any ? std::min(reported, n) : n;
    expected = std::max(expected, m);
    any = true;
}

Figure Evaluator::formula(const Programme& programme, const Indicator& indicator, const PeriodName& period, RowRef row)
{
    Figure figure;
    figure.note = note_of(row.part);
    figure.scale = indicator.shown_scale;
    if (!indicator.formula || m_depth >= depth_max) {
        no_value(figure, Note::no_value);
        return figure;
    }
    FormulaCounts counts;
    std::map<std::string, std::optional<Rational>, std::less<>> values;
    ++m_depth;
    for (const auto& name : indicator.formula->names()) {
        const auto part = named(programme, name, period, row);
        values.emplace(name, part ? part->value : std::nullopt);
        if (!part || name.starts_with("units(")) continue;
        counts.take(part->reported, part->expected, part->note);
    }
    --m_depth;
    figure.reported = counts.reported;
    figure.expected = counts.expected;
    figure.value = indicator.formula->evaluate([&](std::string_view name) {
        const auto found = values.find(name);
        return found == values.end() ? std::nullopt : found->second;
    });
    if (!figure.value) no_value(figure, counts.why);
    return figure;
}

Figure Evaluator::of_register(const Programme& programme, const Indicator& indicator, const PeriodName& period,
                              RowRef row)
{
    Figure figure;
    figure.note = note_of(row.part);
    const bool share = indicator.over_units == programme::OverUnits::formula;
    figure.scale = share ? indicator.shown_scale : indicator.scale;
    const auto* counts = register_counts(programme.id, indicator.register_measure, period);
    if (counts == nullptr) {
        no_value(figure, Note::no_value);
        return figure;
    }
    const auto& [met, all] = *counts;
    figure.reported = figure.expected = all.at(row);
    if (figure.expected == 0) {
        no_value(figure, Note::no_value);
    } else {
        figure.value = share ? Rational{Int128{met.at(row)} * 100, figure.expected} : Rational{met.at(row), 1};
    }
    return figure;
}

const RowCounts& Evaluator::units_of(programme::CountedUnits counted, Date on)
{
    auto& counts = m_units[{counted, on}];
    if (!counts) counts = m_map->unit_counts().of(*m_map, *m_territory.map(on), counted);
    return *counts;
}

const RegisterCounts* Evaluator::register_counts(ProgrammeId programme, const std::string& measure,
                                                 const PeriodName& period)
{
    if (m_register == nullptr) return nullptr;
    auto& counts = m_registers[{programme, measure, period}];
    if (!counts) counts = m_register->counts(programme, measure, period, m_map);
    return counts.get();
}

}  // namespace phoihop::rollup
