// SPDX-License-Identifier: Apache-2.0
#include "reporting/import_rows.hpp"

#include "reporting/import_columns.hpp"
#include "text/date_words.hpp"
#include "text/fold.hpp"

#include <algorithm>
#include <list>
#include <set>

namespace phoihop::reporting {

namespace {

using documents::Row;

std::string text_at(const Row& row, std::size_t column)
{
    return column == absent ? std::string{} : row.at(column).text;
}

struct Gathering {  // one report's rows
    Submission submission;
    std::optional<Finding> refused;
};

enum class Act : std::uint8_t { none, nil, withdraw };  // what a row may say of a whole report

/// The words, however they are typed.
Act act_of(std::string_view value)
{
    if (value.empty() || (value.front() >= '0' && value.front() <= '9')) return Act::none;
    const std::string word = text::fold(value);
    if (word == "nil" || word == "khong phat sinh") return Act::nil;
    if (word == "withdraw" || word == "rut" || word == "rut bao cao") return Act::withdraw;
    return Act::none;
}

}  // namespace

struct ImportReader::Impl {
    std::shared_ptr<const programme::Programme> programme;
    std::shared_ptr<const units::Territory> territory;
    std::string file;
    ImportDefaults defaults;
    ImportColumns columns;

    struct PeriodEntry {
        Result<programme::PeriodName> name;
        Date register_day{};
    };
    std::unordered_map<std::string, PeriodEntry> periods;
    std::unordered_map<std::string, std::string> form_by_indicator;
    std::unordered_map<std::string, Result<UnitId>> units;

    const PeriodEntry& period(const std::string& text);
    const Result<UnitId>& unit(const std::string& text, const PeriodEntry& period, const std::string& period_text);
    const std::string& form_of(const std::string& indicator);
    [[nodiscard]] std::string likely_form(std::string_view indicator, const std::string& form_before) const;
    std::string key(const Row& row, const std::string& before);
    [[nodiscard]] bool is_whole_report(const std::string& indicator) const;
    Gathering begin(const Row& row, const std::string& key);
    void add(Gathering& report, const Row& row);
    void add_wide(Gathering& report, const Row& row);
    void say(Gathering& report, Act act, const Row& row, std::size_t column) const;
    [[nodiscard]] bool repeats(const Gathering& report, const Row& row) const;
    Finding refusal(ProblemCode code, const Row& row, std::size_t column, Problem::Facts facts) const;

    Result<bool> scattered(const OpenRows& open);
    Result<void> stream(const OpenRows& open, const Take& take, const Refuse& refuse);
    Result<void> gather(const OpenRows& open, const Take& take, const Refuse& refuse);
    Result<RowSource> after_head(const OpenRows& open);
};

Finding ImportReader::Impl::refusal(ProblemCode code, const Row& row, std::size_t column, Problem::Facts facts) const
{
    Finding finding;
    finding.code = FindingCode::refused;
    finding.problem = code;
    finding.where = documents::cell_name(row.number, column == absent ? 0 : column);
    finding.facts = std::move(facts);
    return finding;
}

const ImportReader::Impl::PeriodEntry& ImportReader::Impl::period(const std::string& text)
{
    const auto found = periods.find(text);
    if (found != periods.end()) return found->second;
    PeriodEntry entry{text.empty() && defaults.period ? Result<programme::PeriodName>(*defaults.period)
                                                      : programme::parse_period(text),
                      {}};
    // Codes without a scheme are read on the map on which the period's register was drawn.
    if (entry.name) entry.register_day = programme->calendar.dates(*entry.name).window.to - std::chrono::days{1};
    return periods.emplace(text, std::move(entry)).first->second;
}

const Result<UnitId>& ImportReader::Impl::unit(const std::string& text, const PeriodEntry& of,
                                               const std::string& period_text)
{
    const std::string cache = text.find(':') == std::string::npos ? period_text + "|" + text : text;
    const auto found = units.find(cache);
    if (found != units.end()) return found->second;
    return units.emplace(cache, territory->by_code(text, of.register_day)).first->second;
}

const std::string& ImportReader::Impl::form_of(const std::string& indicator)
{
    const auto found = form_by_indicator.find(indicator);
    if (found != form_by_indicator.end()) return found->second;
    const programme::Form* form = programme->form_of(indicator);
    if (form == nullptr) form = programme->form(indicator);
    return form_by_indicator.emplace(indicator, form == nullptr ? std::string{} : form->code).first->second;
}

/// A form's code in the indicator column: the row is about the whole report.
bool ImportReader::Impl::is_whole_report(const std::string& indicator) const
{
    return programme->form(indicator) != nullptr && programme->indicator(indicator) == nullptr;
}

/// The form that an indicator which nobody is called belongs to: a slip of the pen stays with its own report, so that
/// one report is refused and not two halves of it. The form of the codes that begin like it; between several, or
/// without any, the form of the row before.
std::string ImportReader::Impl::likely_form(std::string_view indicator, const std::string& form_before) const
{
    std::size_t longest = 0;
    std::string likely = form_before;
    for (const programme::Form& form : programme->forms)
        for (const programme::Cell& cell : form.cells) {
            const auto differs =
                std::mismatch(indicator.begin(), indicator.end(), cell.indicator.begin(), cell.indicator.end());
            const auto same = static_cast<std::size_t>(differs.first - indicator.begin());
            if (same == 0 || same < longest) continue;
            if (same > longest || form.code == form_before) likely = form.code;
            longest = same;
        }
    return likely;
}

/// Which report a row belongs to: "period|unit|form". `before` is the key of the row before.
std::string ImportReader::Impl::key(const Row& row, const std::string& before)
{
    std::string text = text_at(row, columns.period) + "|" + text_at(row, columns.unit) + "|";
    if (!columns.narrow()) return text + text_at(row, columns.form);
    const std::string indicator = text_at(row, columns.indicator);
    if (const std::string& form = form_of(indicator); !form.empty()) return text + form;
    return text + likely_form(indicator, before.starts_with(text) ? before.substr(text.size()) : std::string{});
}

Gathering ImportReader::Impl::begin(const Row& row, const std::string& key)
{
    Gathering report;
    Submission& submission = report.submission;
    submission.scope = defaults.scope;
    submission.where = file + " row " + std::to_string(row.number);
    const std::string period_text = text_at(row, columns.period);
    const std::string unit_text = text_at(row, columns.unit);
    submission.period_text = period_text;
    submission.unit_text = unit_text;
    const PeriodEntry& when = period(period_text);
    if (!when.name) {
        report.refused = refusal(when.name.error().code, row, columns.period, when.name.error().facts);
        return report;
    }
    submission.period = *when.name;
    const Result<UnitId>& who = unit(unit_text, when, period_text);
    if (!who)
        report.refused = refusal(who.error().code, row, columns.unit, {{"what", "unit"}, {"found", unit_text}});
    else
        submission.unit = *who;

    const std::string first = columns.narrow()       ? text_at(row, columns.indicator)
                              : columns.wide.empty() ? std::string{}
                                                     : columns.wide.front().code;
    submission.form = columns.narrow() ? key.substr(key.rfind('|') + 1) : form_of(first);
    if (submission.form.empty()) submission.form = defaults.form;
    if (submission.form.empty() && !report.refused)
        report.refused =
            refusal(ProblemCode::unknown_name, row, columns.indicator, {{"what", "indicator"}, {"found", first}});

    submission.reason = text_at(row, columns.reason);
    if (const std::string day = text_at(row, columns.received_on); !day.empty()) {
        const auto date = text::read_date(day);
        if (date)
            submission.received_on = *date;
        else if (!report.refused)
            report.refused = refusal(ProblemCode::malformed, row, columns.received_on, date.error().facts);
    }
    return report;
}

void ImportReader::Impl::add_wide(Gathering& report, const Row& row)
{
    Submission& submission = report.submission;
    for (const ImportColumns::Wide& wide : columns.wide) {
        const std::string& text = row.at(wide.column).text;
        const bool whole = is_whole_report(wide.code);
        if (const Act act = act_of(text); act != Act::none || whole) {
            if (!text.empty()) say(report, act, row, wide.column);
            continue;
        }
        // An empty cell of a patch says nothing; of a whole report it says empty, and required ones become findings.
        if (text.empty() && defaults.scope == Scope::patch) continue;
        std::string comment = text_at(row, wide.comment);
        if (comment.empty() && !text.empty()) comment = text_at(row, columns.comment);
        submission.cells.push_back(
            {wide.code, text, documents::cell_name(row.number, wide.column), std::move(comment)});
    }
    if (submission.nil || submission.withdraw)
        std::erase_if(submission.cells, [](const CellInput& cell) { return cell.text.empty(); });
}

/// A word on the whole report; anything else in its place refuses it.
void ImportReader::Impl::say(Gathering& report, Act act, const Row& row, std::size_t column) const
{
    report.submission.nil = report.submission.nil || act == Act::nil;
    report.submission.withdraw = report.submission.withdraw || act == Act::withdraw;
    if (act == Act::none && !report.refused)
        report.refused = refusal(ProblemCode::malformed, row, column,
                                 {{"expected", "nil, withdraw"}, {"found", text_at(row, column)}});
}

void ImportReader::Impl::add(Gathering& report, const Row& row)
{
    if (!columns.narrow()) return add_wide(report, row);
    std::string indicator = text_at(row, columns.indicator);
    const documents::Cell& value = row.at(columns.value);
    if (is_whole_report(indicator)) {
        return say(report, act_of(value.text), row, columns.value);
    }
    const std::size_t shown = form_of(indicator).empty() ? columns.indicator : columns.value;
    report.submission.cells.push_back(
        {std::move(indicator), value.text, documents::cell_name(row.number, shown), text_at(row, columns.comment)});
}

bool ImportReader::Impl::repeats(const Gathering& report, const Row& row) const
{
    if (!columns.narrow()) return true;
    const std::string& indicator = row.at(columns.indicator).text;
    if (is_whole_report(indicator) || report.submission.nil || report.submission.withdraw) return true;
    const std::vector<CellInput>& cells = report.submission.cells;
    if (cells.empty() || cells.front().indicator != indicator) return false;
    const programme::Form* form = programme->form(report.submission.form);
    return cells.size() > 1 || defaults.scope == Scope::patch || form == nullptr || form->cells.size() == 1;
}

Result<RowSource> ImportReader::Impl::after_head(const OpenRows& open)
{
    PHOIHOP_TRY(source, open());
    Row head;
    PHOIHOP_TRY(any, source(head));
    if (!any) return refuse(ProblemCode::missing, file, {{"what", "head row"}});
    PHOIHOP_TRY(found, read_columns(head, *programme, file, defaults.period.has_value()));
    columns = std::move(found);
    return std::move(source);
}

/// Whether some report's rows stand apart in the file, so that reports must be gathered first.
Result<bool> ImportReader::Impl::scattered(const OpenRows& open)
{
    PHOIHOP_TRY(source, after_head(open));
    std::unordered_map<std::string, std::set<std::string>> seen;
    std::string last;
    std::set<std::string>* current = nullptr;
    Row row;
    while (true) {
        PHOIHOP_TRY(more, source(row));
        if (!more) return false;
        std::string now = key(row, last);
        // A row about the whole report always begins or ends one, so "*" stands for it on both sides.
        std::string indicator = row.at(columns.indicator).text;
        if (is_whole_report(indicator)) indicator = "*";
        const bool fresh = current == nullptr || now != last;
        if (fresh) {
            const auto [entry, first] = seen.try_emplace(now);
            current = &entry->second;
            if (!first && indicator != "*" && !current->contains("*") && !current->contains(indicator)) return true;
            last = std::move(now);
        }
        if (fresh || current->contains(indicator)) current->clear();
        current->insert(std::move(indicator));
    }
}

Result<void> ImportReader::Impl::stream(const OpenRows& open, const Take& take, const Refuse& refuse_report)
{
    PHOIHOP_TRY(source, after_head(open));
    const auto finish = [&](Gathering& report) {
        if (report.refused)
            refuse_report(report.submission, std::move(*report.refused));
        else
            take(std::move(report.submission));
    };
    std::optional<Gathering> report;
    std::string last;
    Row row;
    while (true) {
        PHOIHOP_TRY(more, source(row));
        if (!more) break;
        std::string now = key(row, last);
        if (!report || now != last || repeats(*report, row)) {
            if (report) finish(*report);
            report = begin(row, now);
            last = std::move(now);
        }
        add(*report, row);
    }
    if (report) finish(*report);
    return {};
}

Result<void> ImportReader::Impl::gather(const OpenRows& open, const Take& take, const Refuse& refuse_report)
{
    PHOIHOP_TRY(source, after_head(open));
    std::list<Gathering> reports;
    std::unordered_map<std::string, Gathering*> latest;
    std::string last;
    Row row;
    while (true) {
        PHOIHOP_TRY(more, source(row));
        if (!more) break;
        last = key(row, last);
        Gathering*& report = latest[last];
        if (report == nullptr || repeats(*report, row)) {
            reports.push_back(begin(row, last));
            report = &reports.back();
        }
        add(*report, row);
    }
    for (Gathering& report : reports)
        if (report.refused)
            refuse_report(report.submission, std::move(*report.refused));
        else
            take(std::move(report.submission));
    return {};
}

ImportReader::ImportReader(std::shared_ptr<const programme::Programme> programme,
                           std::shared_ptr<const units::Territory> territory, std::string file, ImportDefaults defaults)
    : m_impl(std::make_unique<Impl>())
{
    m_impl->programme = std::move(programme);
    m_impl->territory = std::move(territory);
    m_impl->file = std::move(file);
    m_impl->defaults = std::move(defaults);
}

ImportReader::~ImportReader() = default;

Result<void> ImportReader::read(const OpenRows& open, const Take& take, const Refuse& refuse_report)
{
    {
        PHOIHOP_TRY(head_only, m_impl->after_head(open));
        (void)head_only;
    }
    bool apart = false;
    if (m_impl->columns.narrow()) {
        PHOIHOP_TRY(found, m_impl->scattered(open));
        apart = found;
    }
    return apart ? m_impl->gather(open, take, refuse_report) : m_impl->stream(open, take, refuse_report);
}

}  // namespace phoihop::reporting
