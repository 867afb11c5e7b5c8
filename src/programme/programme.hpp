// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/date.hpp"
#include "base/decimal.hpp"
#include "base/id.hpp"
#include "programme/calendar.hpp"
#include "programme/expression.hpp"
#include "units/unit.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace phoihop::programme {

/// A text in both languages of the interface; Vietnamese is never empty.
struct Wording {
    std::string vi;
    std::string en;
};

/// Who takes part: "police", "front", … with its bodies at each level of the territory.
struct Party {
    std::string code;
    Wording name;
    struct Body {
        units::Level level;
        Wording name;        ///< "Công an {unit}", filled in by `body_name`
        std::string parent;  ///< the governing body printed above it, "" for none
        std::string symbol;  ///< the letters in its document symbols, e.g. "CAT"
    };
    std::vector<Body> bodies;  ///< at most one per level

    [[nodiscard]] const Body* body(units::Level level) const;
    std::string document_family;  ///< "state", "front", "party", "joint"
};

/// `pattern` of a body's name or parent with {unit} and {parent} filled in by full names. Inside a name the word of
/// kind is written small ("Công an tỉnh Hà Giang", "Công an phường Ba Đình") unless a number follows ("Công an Phường
/// 3"), as official documents do (Decree 30/2020/NĐ-CP, annex II).
[[nodiscard]] std::string body_name(std::string_view pattern, std::string_view unit, std::string_view parent);

struct Objective {
    std::string code;
    Wording text;
};

/// How figures of one period add over units.
enum class OverUnits : std::uint8_t {
    sum,       // node = own + descendants
    distinct,  // cannot be added: shown for the unit that gave it, refused for totals
    formula,   // a ratio or mean: the formula over the node's sums
};

/// How a longer period is computed from base periods.
enum class OverTime : std::uint8_t {
    sum,   // flows
    last,  // stocks: the last base period only; not reported = missing
    formula,
};

enum class Direction : std::uint8_t { up, down, none };

/// Where an indicator's figures come from.
enum class Source : std::uint8_t {
    typed,     // a cell of the form that names it
    computed,  // its formula
    module,    // a module writes the facts (form.source) or the register answers (`register_measure`)
};

struct Indicator {
    std::string code;   ///< "B1"
    std::string group;  ///< "B"
    Wording name;
    Wording unit;   ///< "buổi" / "sessions"
    int scale = 0;  ///< decimal places stored
    OverUnits over_units{};
    OverTime over_time{};
    Direction better = Direction::none;
    Source source = Source::typed;
    std::optional<Expression> formula;  ///< over other indicators' sums, with the factor 100 of a percentage in it
    int shown_scale = 0;                ///< decimal places printed for formulas
    /// For Source::module over the register of obligations: "committee_done", "plan_on_time", "review_held" count
    /// units; "reports_on_time" is the share in percent (over_units: formula, without one: the register has both
    /// its numerator and its denominator).
    std::string register_measure;
    std::int64_t usual = 0;  ///< a usual figure of one unit in one period, in hundredths; simulations draw around it
    std::int64_t cap = 0;    ///< largest believable figure of one unit in one period, at scale 0
    bool wide_sums = false;  ///< cap × 10^scale × units_max does not fit 63 bits: sums take 128
    std::string of;          ///< a target or estimate names the indicator that it is of
    std::string continues;   ///< the code (maybe "programme/code") that this one carries on
    std::string definition_vi, definition_en;
};

struct Group {
    std::string code;
    Wording name;
};

enum class Severity : std::uint8_t { error, warning };

/// A rule between the cells of one report: `C7 <= C2`, `C2 == prev(C2) + C4 - C6`.
struct CellRule {
    Expression condition;
    Severity severity = Severity::error;
    Wording text;      ///< what would be right
    std::string cell;  ///< the indicator at whose cell the finding is shown
};

struct Cell {
    std::string indicator;
    bool required = true;
    std::optional<std::int64_t> min, max;  ///< at the indicator's scale
    int jump_percent = 0;                  ///< warn past this change against the mean of the last periods; 0 = never
};

/// The ten things that a Vietnamese reporting regime states (Decree 09/2019/NĐ-CP, articles 7 and 8).
struct Regime {
    Wording name, content, who_reports, to_whom, form_and_way, frequency, cut_off, deadline, outline, how_to;
};

/// Who fills a form: a party's body at a level; and to whom it goes.
struct FormDuty {
    units::Level level;
    std::string deadline;  ///< the calendar's deadline name for this level
    /// The duty also falls on a unit of a higher level (below province) that has no unit of `level` below it:
    /// an island district without communes does the work of a commune.
    bool or_lowest = false;
};

struct Form {
    std::string code;
    std::int32_t number = 0;  ///< small and stable within the programme: part of every fact's key
    Wording title;
    std::string party;      ///< the party that fills it: (form, unit, period) has one owner
    Frequency frequency{};  ///< base frequency of its indicators
    std::string source;     ///< "typed", or the module that writes the facts
    std::vector<FormDuty> duties;
    std::vector<Cell> cells;  ///< in the order in which facts are stored and shown
    std::vector<CellRule> rules;
    Regime regime;

    [[nodiscard]] int cell_of(std::string_view indicator) const;  ///< index in `cells`, -1 when absent
};

/// Something owed again and again that is not a form: committee completed, review held, report to the
/// People's Council. Opens and falls due with its calendar's periods, or once.
struct Standing {
    std::string code;
    std::string kind;  ///< "committee", "review", "council_report", "plan", …: what `--kind` filters
    Wording title;
    std::string party;
    std::vector<units::Level> levels;
    Frequency frequency{};   ///< Frequency::once for the whole programme
    std::vector<int> years;  ///< restricts yearly ones (mid-term, 5-year); empty = every year
    std::string deadline;
    bool needs_decision = true;  ///< evidence must carry the document's number and date

    [[nodiscard]] bool falls_in(const PeriodName& period) const;  ///< whether the register of `period` holds it
};

/// The most units whose figures one sum may hold; what a cap is judged against.
inline constexpr std::int64_t units_max = 200'000;

/// One version of a programme: an immutable value, shared by everybody who works under it.
struct Programme {
    ProgrammeId id;
    std::string code;  ///< "ctr-09"
    std::int64_t version = 1;
    Wording title;
    std::string symbol;         ///< "09/CTr-BCA-MTTW"
    std::string issuing_party;  ///< the party in whose name the official report goes out: "committee"
    Validity validity;
    bool simulated = false;  ///< fixed at the first row of an instance
    std::string continues;   ///< code of the programme that this one succeeds
    std::vector<Party> parties;
    std::vector<Objective> objectives;
    std::vector<Group> groups;
    std::vector<Indicator> indicators;
    std::vector<Form> forms;
    Calendar calendar;
    std::vector<Standing> standings;
    std::vector<Date> kept_maps;

    [[nodiscard]] const Indicator* indicator(std::string_view code) const;
    [[nodiscard]] const Form* form(std::string_view code) const;
    [[nodiscard]] const Form* form(std::int32_t number) const;
    [[nodiscard]] const Form* form_of(std::string_view indicator) const;  ///< the one form that takes it
    [[nodiscard]] const Party* party(std::string_view code) const;
    [[nodiscard]] const Standing* standing(std::string_view code) const;
};

}  // namespace phoihop::programme
