// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact.hpp"
#include "programme/programme.hpp"
#include "reporting/finding.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace phoihop::reporting {

/// A cell as it was written, before anybody judged it.
struct CellInput {
    std::string indicator;
    std::string text;     ///< plain decimal with a point; "" = empty
    std::string where;    ///< "row 7, column D", "" outside files
    std::string comment;  ///< the sender's explanation
};

/// How the cells of a submission relate to the current version.
enum class Scope : std::uint8_t {
    whole,  // replaces the report: absent cells are empty
    patch,  // changes only the cells that it names
};

/// One report as it was sent, whichever way it came (API, web form, CSV, XLSX).
struct Submission {
    std::string form;
    programme::PeriodName period;
    UnitId unit;
    std::vector<CellInput> cells;
    Scope scope = Scope::whole;
    bool nil = false;                      ///< "không phát sinh": all cells of flows are zero, said in one act
    bool withdraw = false;                 ///< takes the current version back
    std::string client_id;                 ///< made by the sender; seen before = same answer
    std::optional<std::int64_t> based_on;  ///< the version that the sender saw; none = does not say
    std::string reason;                    ///< of a correction, a withdrawal or another received_on
    std::optional<Date> received_on;       ///< only the centre may set it, with a reason
    std::string where;                     ///< "figures.csv row 12"
    std::string period_text;               ///< as a file had it, for giving a refused report back
    std::string unit_text;                 ///< the same
};

/// What became of a submission.
enum class Verdict : std::uint8_t {
    accepted,   // the first version
    corrected,  // a later version
    unchanged,  // says what an accepted version already said: nothing was done
    withdrawn,
    refused,  // has an error; nothing of it was kept
};

[[nodiscard]] std::string_view word(Verdict verdict);

struct Outcome {
    Verdict verdict = Verdict::refused;
    std::int64_t version = 0;  ///< now current (0 when refused and there was none)
    Date received_on{};
    bool late = false;  ///< received after its due day
    std::vector<Finding> findings;
};

/// What somebody wrote at cells of one version: indicator, words.
using CellComments = std::vector<std::pair<std::string, std::string>>;

/// The figures of the last base periods of the same unit and form, newest first; what `prev(C2)` and jump
/// warnings look at. An absent report is nullopt.
using History = std::vector<std::optional<facts::Cells>>;

/// How many past periods a jump is measured against.
inline constexpr std::size_t history_periods = 4;

struct ReadCells {
    facts::Cells cells;
    std::vector<Finding> findings;
};

/// Everything that is wrong or doubtful about the figures of one report, by the form's own rules. Pure: the same
/// report is judged the same whichever way it came. `units_of_level` answers units(level) in rules. Programme and form
/// must outlive it.
class Judge {
public:
    Judge(const programme::Programme& programme, const programme::Form& form);

    /// The cells of `submission` as exact figures in the form's order, with everything that is wrong with their
    /// texts. On `patch`, cells that are not named come from `current`.
    [[nodiscard]] ReadCells read(const Submission& submission, const facts::Cells* current) const;

    /// Whether any rule of the form looks at past periods; where none does, `findings` needs no history.
    [[nodiscard]] bool looks_back() const { return m_looks_back; }
    [[nodiscard]] std::vector<Finding> findings(const facts::Cells& cells, bool nil, const History& history) const;

private:
    struct Rule {
        const programme::CellRule* rule;
        std::vector<int> cells;  ///< by position in the expression's names: cell index, or ~cell for prev(), or none
    };
    [[nodiscard]] int cell_index(const CellInput& input, std::vector<Finding>& findings) const;
    void fill_nil(facts::Cells& cells) const;
    void ranges(const facts::Cells& cells, bool nil, std::vector<Finding>& findings) const;
    void rules(const facts::Cells& cells, const History& history, std::vector<Finding>& findings) const;
    void jumps(const facts::Cells& cells, const History& history, std::vector<Finding>& findings) const;

    const programme::Programme& m_programme;
    const programme::Form& m_form;
    std::vector<const programme::Indicator*> m_indicators;  ///< by cell
    std::unordered_map<std::string_view, int> m_cells;      ///< by indicator; the words are the form's
    std::vector<Rule> m_rules;
    bool m_looks_back = false;
};

}  // namespace phoihop::reporting
