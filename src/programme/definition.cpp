// SPDX-License-Identifier: Apache-2.0
#include "programme/definition.hpp"

#include "programme/definition_check.hpp"
#include "programme/definition_reader.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>

namespace phoihop::programme {

namespace {

/// Holidays of an open-ended programme are laid out for this many years.
constexpr int open_ended_years = 50;

Programme read_head(const Fields& document)
{
    Programme programme;
    document.one("programme", "programme", [&](const Fields& fields) {
        programme.code = fields.code("code");
        programme.symbol = fields.text("symbol");
        programme.title = fields.wording("title");
        programme.validity.from = fields.date("first_day").value_or(Date{});
        if (const auto last = fields.date("last_day")) programme.validity.to = *last + std::chrono::days{1};
        programme.continues = fields.code("continues");
        programme.issuing_party = fields.code("issuing_party");
        programme.kept_maps = fields.dates("kept_maps");
    });
    document.each("objectives", "objective", "code", [&](const Fields& fields) {
        programme.objectives.push_back({fields.code("code"), fields.wording("text")});
    });
    document.each("groups", "group", "code", [&](const Fields& fields) {
        programme.groups.push_back({fields.code("code"), fields.wording("name")});
    });
    return programme;
}

void read_parties(const Fields& document, Programme& programme)
{
    document.each("parties", "party", "code", [&](const Fields& fields) {
        Party party;
        party.code = fields.code("code");
        party.name = fields.wording("name");
        party.document_family = fields.text("document_family");
        (void)fields.word("document_family", 0);
        fields.each("bodies", "body", "level", [&](const Fields& body) {
            party.bodies.push_back({body.word("level", units::Level::nation), body.wording("name"), body.text("parent"),
                                    body.text("symbol")});
        });
        programme.parties.push_back(std::move(party));
    });
}

/// The days "MM-DD" of every year that a period or deadline of the programme can touch.
void add_yearly_holidays(const Fields& fields, const Programme& programme, std::vector<Date>& holidays)
{
    using std::chrono::year_month_day;
    const int first = static_cast<int>(year_month_day{programme.validity.from}.year()) - 1;
    const int last = programme.validity.to == forever
                         ? first + open_ended_years
                         : static_cast<int>(year_month_day{programme.validity.to}.year()) + 2;
    for (const std::string& text : fields.texts("yearly_holidays")) {
        // 29 February is no yearly holiday, so a common year shows whether the day exists.
        if (!parse_date("2001-" + text)) {
            fields.refuse_value("yearly_holidays", ProblemCode::malformed, {{"expected", "MM-DD"}, {"found", text}});
            continue;
        }
        for (int year = first; year <= last; ++year)
            holidays.push_back(parse_date(std::to_string(year) + "-" + text).value());
    }
}

DeadlineRule read_deadline(const Fields& fields)
{
    DeadlineRule rule;
    rule.name = fields.code("name");
    rule.frequency = fields.word("frequency", Frequency::quarter);
    rule.day = static_cast<int>(fields.integer("day", 0, 1, 31));
    rule.month_offset = static_cast<int>(fields.integer("month_offset", 0, 0, 24));
    rule.days_after_cut_off = static_cast<int>(fields.integer("days_after_cut_off", 0, 1, 1000));
    rule.working_days = fields.flag("working_days", false);
    rule.date = fields.date("date");
    rule.reports = false;  // until a form's duty names it
    const int ways =
        (fields.has("day") ? 1 : 0) + (fields.has("days_after_cut_off") ? 1 : 0) + (fields.has("date") ? 1 : 0);
    const bool once = rule.frequency == Frequency::once;
    if (ways != 1 || (once && fields.has("day")) || (!once && fields.has("date")))
        fields.refuse_value(
            "frequency", ProblemCode::inconsistent,
            {{"rule", once ? "exactly one of date, days_after_cut_off" : "exactly one of day, days_after_cut_off"},
             {"left", rule.name},
             {"right", std::to_string(ways)}});
    return rule;
}

void read_calendar(const Fields& document, Programme& programme)
{
    programme.calendar.span = programme.validity;
    document.one("calendar", "calendar", [&](const Fields& fields) {
        Calendar& calendar = programme.calendar;
        calendar.windows = fields.word("windows", Calendar::Windows::calendar_months);
        calendar.opens_after_days = static_cast<int>(fields.integer("opens_after_days", 1, -60, 60));
        calendar.closes_after_days = static_cast<int>(fields.integer("closes_after_days", 0, 0, 1000));
        fields.each("deadlines", "deadline", "name",
                    [&](const Fields& deadline) { calendar.deadlines.push_back(read_deadline(deadline)); });
        calendar.holidays = fields.dates("holidays");
        add_yearly_holidays(fields, programme, calendar.holidays);
        calendar.working_days = fields.dates("working_days");
        for (std::vector<Date>* days : {&calendar.holidays, &calendar.working_days}) {
            std::sort(days->begin(), days->end());
            days->erase(std::unique(days->begin(), days->end()), days->end());
        }
    });
}

/// A limit or a usual figure, written as a decimal, at `scale`.
std::int64_t read_limit(const Fields& fields, std::string_view key, int scale, std::int64_t fallback)
{
    if (!fields.has(key)) return fallback;
    auto limit = parse_decimal(fields.text(key), scale);
    if (limit) return *limit;
    fields.refuse_value(key, limit.error().code, std::move(limit.error().facts));
    return fallback;
}

Indicator read_indicator(const Fields& fields)
{
    Indicator indicator;
    indicator.code = fields.code("code");
    indicator.group = fields.code("group");
    indicator.name = fields.wording("name");
    indicator.unit = fields.wording("unit");
    indicator.scale = static_cast<int>(fields.integer("scale", 0, 0, scale_max));
    indicator.over_units = fields.word("over_units", OverUnits::sum);
    indicator.over_time = fields.word("over_time", OverTime::sum);
    indicator.better = fields.word("better", Direction::none);
    indicator.formula = fields.expression("formula");
    indicator.source = fields.word("source", fields.has("formula") ? Source::computed : Source::typed);
    indicator.shown_scale = static_cast<int>(fields.integer("shown_scale", indicator.scale, 0, scale_max));
    indicator.register_measure = fields.text("register_measure");
    (void)fields.word("register_measure", 0);
    indicator.cap = fields.integer("cap", 0, 1, std::numeric_limits<std::int64_t>::max());
    indicator.usual = read_limit(fields, "usual", 2, 0);
    indicator.of = fields.text("of");
    indicator.continues = fields.text("continues");
    const Wording definition = fields.wording("definition");
    indicator.definition_vi = definition.vi;
    indicator.definition_en = definition.en;
    return indicator;
}

Cell read_cell(const Fields& fields, const Programme& programme)
{
    Cell cell;
    cell.indicator = fields.code("indicator");
    cell.required = fields.flag("required", true);
    cell.jump_percent = static_cast<int>(fields.integer("jump_percent", 0, 1, 100'000));
    const Indicator* indicator = programme.indicator(cell.indicator);
    const int scale = indicator == nullptr ? 0 : indicator->scale;
    // A cap that does not fit at the scale is a finding of its own; the limit is left out then.
    const std::int64_t unit = power_of_ten(scale);
    const bool fits =
        indicator != nullptr && indicator->cap > 0 && indicator->cap <= std::numeric_limits<std::int64_t>::max() / unit;
    cell.min = read_limit(fields, "min", scale, 0);
    if (fits || fields.has("max")) cell.max = read_limit(fields, "max", scale, fits ? indicator->cap * unit : 0);
    return cell;
}

Regime read_regime(const Fields& fields)
{
    return {fields.wording("name"),    fields.wording("content"),      fields.wording("who_reports"),
            fields.wording("to_whom"), fields.wording("form_and_way"), fields.wording("frequency"),
            fields.wording("cut_off"), fields.wording("deadline"),     fields.wording("outline"),
            fields.wording("how_to")};
}

void read_form(const Fields& fields, Programme& programme)
{
    Form form;
    form.code = fields.code("code");
    form.number = static_cast<std::int32_t>(fields.integer("number", 0, 1, 9999));
    form.title = fields.wording("title");
    form.party = fields.code("party");
    form.frequency = fields.word("frequency", Frequency::quarter);
    form.source = fields.text("source");
    (void)fields.word("source", 0);
    fields.each("duties", "duty", "level", [&](const Fields& duty) {
        form.duties.push_back(
            {duty.word("level", units::Level::commune), duty.code("deadline"), duty.flag("or_lowest", false)});
        for (DeadlineRule& rule : programme.calendar.deadlines)
            if (rule.name == form.duties.back().deadline && rule.frequency == form.frequency) rule.reports = true;
    });
    fields.one("regime", "regime", [&](const Fields& regime) { form.regime = read_regime(regime); });
    fields.each("cells", "cell", "indicator",
                [&](const Fields& cell) { form.cells.push_back(read_cell(cell, programme)); });
    fields.each("rules", "rule", "", [&](const Fields& rule) {
        auto condition = rule.expression("condition");
        if (condition)
            form.rules.push_back({std::move(*condition), rule.word("severity", Severity::error), rule.wording("text"),
                                  rule.code("cell")});
    });
    programme.forms.push_back(std::move(form));
}

Standing read_standing(const Fields& fields)
{
    Standing standing;
    standing.code = fields.code("code");
    standing.kind = fields.text("kind");
    (void)fields.word("kind", 0);
    standing.title = fields.wording("title");
    standing.party = fields.code("party");
    standing.levels = fields.words<units::Level>("levels");
    standing.frequency = fields.word("frequency", Frequency::year);
    for (const std::string& text : fields.texts("years")) {
        const auto year = parse_decimal(text, 0);
        if (year && *year >= 1900 && *year <= 2199)
            standing.years.push_back(static_cast<int>(*year));
        else
            fields.refuse_value("years", ProblemCode::malformed, {{"expected", "year"}, {"found", text}});
    }
    standing.deadline = fields.code("deadline");
    standing.needs_decision = fields.flag("needs_decision", true);
    return standing;
}

Programme read_programme(const Fields& document)
{
    Programme programme = read_head(document);
    read_parties(document, programme);
    read_calendar(document, programme);
    document.each("indicators", "indicator", "code",
                  [&](const Fields& fields) { programme.indicators.push_back(read_indicator(fields)); });
    document.each("forms", "form", "code", [&](const Fields& fields) { read_form(fields, programme); });
    document.each("standings", "standing", "code",
                  [&](const Fields& fields) { programme.standings.push_back(read_standing(fields)); });
    return programme;
}

/// In the order of the files given, then of lines.
void sort_findings(std::vector<Problem>& findings, const std::vector<std::string>& files)
{
    const auto place = [&](const Problem& finding) {
        const auto file = std::find(files.begin(), files.end(), fact(finding, "file"));
        const auto line = parse_decimal(fact(finding, "line"), 0).value_or(0);
        return std::pair(file - files.begin(), line);
    };
    std::stable_sort(findings.begin(), findings.end(),
                     [&](const Problem& a, const Problem& b) { return place(a) < place(b); });
}

Result<std::vector<SourceFile>> source_files(const std::string& path)
{
    namespace fs = std::filesystem;
    std::error_code error;
    std::vector<fs::path> paths;
    if (fs::is_directory(path, error)) {
        for (const fs::directory_entry& entry : fs::directory_iterator(path))
            if (entry.is_regular_file() && entry.path().extension() == ".yaml") paths.push_back(entry.path());
        std::sort(paths.begin(), paths.end());
    } else if (fs::is_regular_file(path, error)) {
        paths.emplace_back(path);
    }
    if (paths.empty())
        return refuse(ProblemCode::not_found, path,
                      {{"what", "programme"}, {"expected", "a .yaml file or a folder of them"}});
    std::vector<SourceFile> files;
    for (const fs::path& file : paths) {
        std::ifstream in(file, std::ios::binary);
        std::string text(definition_size_max + 1, '\0');
        in.read(text.data(), static_cast<std::streamsize>(text.size()));
        if (in.bad() || (!in.eof() && in.fail()))
            return refuse(ProblemCode::not_found, file.string(), {{"what", "file"}});
        text.resize(static_cast<std::size_t>(in.gcount()));
        files.push_back({file.string(), std::move(text)});
    }
    return files;
}

}  // namespace

Definition read_definition(std::span<const SourceFile> files, const OtherProgrammes& others)
{
    Definition definition;
    const DefinitionTree tree = read_tree(files, definition.findings);
    const auto unreadable = [](const Problem& finding) { return finding.code != ProblemCode::duplicate; };
    if (std::any_of(definition.findings.begin(), definition.findings.end(), unreadable)) {
        // Without a whole file, every part of it would be reported missing.
        sort_findings(definition.findings, tree.files);
        return definition;
    }
    Findings findings(tree, definition.findings);
    const Fields document(findings, tree.root, "document", "");
    auto programme = std::make_shared<Programme>(read_programme(document));
    check_programme(*programme, others, findings);
    if (definition.findings.empty()) {
        definition.canonical = canonical_text(tree.root);
        definition.programme = std::move(programme);
    }
    sort_findings(definition.findings, tree.files);
    return definition;
}

Result<Definition> read_definition_at(const std::string& path)
{
    PHOIHOP_TRY(files, source_files(path));
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::path whole = fs::weakly_canonical(path, error);
    const OtherProgrammes others = [&](std::string_view code) -> std::shared_ptr<const Programme> {
        const auto beside = source_files((whole.parent_path() / code).string());
        return beside ? read_definition(*beside).programme : nullptr;
    };
    return read_definition(files, others);
}

}  // namespace phoihop::programme
