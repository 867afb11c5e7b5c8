// SPDX-License-Identifier: Apache-2.0
#include "obligations/obligation.hpp"

#include "obligations/course.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace phoihop::obligations {

namespace {

constexpr std::array<std::string_view, 7> event_words{"claimed",  "evidenced", "returned", "excused",
                                                      "reopened", "withdrawn", "passed_on"};
constexpr std::array<std::string_view, 6> progress_words{"open",     "claimed", "evidenced",
                                                         "returned", "excused", "passed_on"};
constexpr std::array<std::string_view, 5> timing_words{"not_due", "due", "overdue", "done", "done_late"};
constexpr std::string_view subject_prefix = "obligation:";

template <class Enum, std::size_t Size>
std::optional<Enum> from_word(const std::array<std::string_view, Size>& words, std::string_view word)
{
    const auto found = std::find(words.begin(), words.end(), word);
    if (found == words.end()) return std::nullopt;
    return static_cast<Enum>(found - words.begin());
}

template <class Happening>
Course course(std::span<const Happening> happenings, Date on)
{
    Course course;
    for (const Happening& happening : happenings)
        if (happening.on <= on) course.take(happening.kind, happening.on);
    return course;
}

}  // namespace

std::string_view word(EventKind kind)
{
    return event_words[static_cast<std::size_t>(kind)];
}

std::optional<EventKind> event_kind_from_word(std::string_view word)
{
    return from_word<EventKind>(event_words, word);
}

std::string_view word(Progress progress)
{
    return progress_words[static_cast<std::size_t>(progress)];
}

std::string_view word(Timing timing)
{
    return timing_words[static_cast<std::size_t>(timing)];
}

std::optional<Timing> timing_from_word(std::string_view word)
{
    return from_word<Timing>(timing_words, word);
}

Progress progress(std::span<const Event> events, Date on)
{
    return course(events, on).progress();
}

Progress progress(std::span<const Step> steps, Date on)
{
    return course(steps, on).progress();
}

Timing timing(const Obligation& obligation, std::span<const Event> events, Date on)
{
    return course(events, on).timing(obligation.opens, obligation.due, on);
}

Timing timing(Date opens, Date due, std::span<const Step> steps, Date on)
{
    return course(steps, on).timing(opens, due, on);
}

std::string subject(ObligationId obligation)
{
    return std::string(subject_prefix) + std::to_string(obligation.value);
}

std::optional<ObligationId> obligation_from_subject(std::string_view subject)
{
    if (!subject.starts_with(subject_prefix)) return std::nullopt;
    const std::string_view digits = subject.substr(subject_prefix.size());
    ObligationId id;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), id.value);
    if (error != std::errc{} || end != digits.data() + digits.size() || id.value <= 0) return std::nullopt;
    return id;
}

}  // namespace phoihop::obligations
