// SPDX-License-Identifier: Apache-2.0
#include "obligations/obligation.hpp"

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

/// What the events up to a day have made of an obligation.
class Course {
public:
    void take(EventKind kind, Date on)
    {
        switch (kind) {
            case EventKind::claimed: claim(Progress::claimed, on); break;
            case EventKind::evidenced: claim(Progress::evidenced, on); break;
            case EventKind::returned: take_back(Progress::returned); break;
            case EventKind::withdrawn:
            case EventKind::reopened: take_back(Progress::open); break;
            case EventKind::excused: m_progress = Progress::excused; break;
            case EventKind::passed_on: m_progress = Progress::passed_on; break;
        }
    }

    [[nodiscard]] Progress progress() const { return m_progress; }

    /// Done after `due`; meaningful for done ones only.
    [[nodiscard]] bool late(Date due) const
    {
        const bool by_itself = m_progress == Progress::claimed || m_progress == Progress::evidenced;
        return by_itself && m_claimed_since > due;
    }

private:
    void claim(Progress progress, Date on)
    {
        // A version that the centre dates back moves the first day back, a later version does not move it on.
        m_claimed_since = std::min(m_claimed_since, on);
        m_progress = progress;
    }
    void take_back(Progress progress)
    {
        m_claimed_since = forever;
        m_progress = progress;
    }

    Progress m_progress = Progress::open;
    Date m_claimed_since = forever;
};

template <class Happening>
Course course(std::span<const Happening> happenings, Date on)
{
    Course course;
    for (const Happening& happening : happenings)
        if (happening.on <= on) course.take(happening.kind, happening.on);
    return course;
}

Timing timing_of(const Course& course, Date opens, Date due, Date on)
{
    const Progress progress = course.progress();
    if (progress != Progress::open && progress != Progress::returned)
        return course.late(due) ? Timing::done_late : Timing::done;
    if (on < opens) return Timing::not_due;
    return on <= due ? Timing::due : Timing::overdue;
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
    return timing_of(course(events, on), obligation.opens, obligation.due, on);
}

Timing timing(Date opens, Date due, std::span<const Step> steps, Date on)
{
    return timing_of(course(steps, on), opens, due, on);
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
