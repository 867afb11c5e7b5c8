// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace phoihop {

/// Everything that can be wrong with what a caller sent. Codes are stable: clients and scripts
/// may rely on the word. `text/messages` turns a code and its facts into a Vietnamese or English
/// sentence, `web/problem_status` into an HTTP status; nothing below them knows either.
/// The comment behind each code is what `docs/problems.md` prints.
enum class ProblemCode : std::uint16_t {
    malformed,          // The text cannot be read at all. Facts: expected, found.
    missing,            // A required part is absent. Facts: what.
    unknown_name,       // A code, word or key that nothing here is called. Facts: what, found.
    ambiguous_name,     // A name that several things bear. Facts: what, found, candidates.
    out_of_range,       // A number or date outside its limits. Facts: min, max, found.
    not_whole,          // A fraction where the scale allows none. Facts: scale, found.
    too_large,          // A file, body, list or nesting past its limit. Facts: limit, found.
    wrong_type,         // Content of another kind than asked. Facts: expected, found.
    duplicate,          // The same thing twice. Facts: what, first.
    conflict,           // Based on a version that is no longer current. Facts: base, current.
    inconsistent,       // Two parts that contradict each other. Facts: rule, left, right.
    not_found,          // The thing asked for does not exist (or must not be seen).
    not_allowed,        // The actor's rights do not cover this. Facts: what.
    not_signed_in,      // No valid session or token.
    period_not_open,    // The period has not been opened. Facts: period, opens.
    period_closed,      // The period has been closed. Facts: period, closed.
    not_owed,           // Nobody asked this unit for this form in this period. Facts: form, period.
    machine_filled,     // The form is filled by a module and cannot be typed. Facts: form, source.
    wrong_state,        // The step does not follow from the present state. Facts: state, wanted.
    not_additive,       // A total over something that cannot be added. Facts: indicator.
    simulated_only,     // Only allowed in a simulated programme.
    real_only,          // Only allowed in a programme that is not simulated.
    busy,               // The queue is full or another process holds the database. Facts: retry_s, holder.
    newer_schema,       // The database was written by a newer version of the program. Facts: found, known.
    too_many_requests,  // A rate limit. Facts: retry_s.
    unsupported,        // A well-formed wish that this version does not grant. Facts: what.
};

/// The code's stable word, e.g. "period_not_open".
[[nodiscard]] std::string_view word(ProblemCode code);

/// One refusal: what kind, where (file, row, column, cell, field, as precisely as known), and the
/// facts that a sentence needs. Never a sentence and never a status number.
struct Problem {
    using Facts = std::vector<std::pair<std::string, std::string>>;

    ProblemCode code;
    std::string where;
    Facts facts;

    friend bool operator==(const Problem&, const Problem&) = default;
};

/// The fact called `key`, or "" when the problem does not carry it.
[[nodiscard]] std::string_view fact(const Problem& problem, std::string_view key);

}  // namespace phoihop
