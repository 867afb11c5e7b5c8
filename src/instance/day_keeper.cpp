// SPDX-License-Identifier: Apache-2.0
#include "instance/day_keeper.hpp"

#include "base/log.hpp"
#include "instance/instance.hpp"
#include "obligations/keep_up.hpp"
#include "programme/programme.hpp"
#include "store/files.hpp"

#include <algorithm>
#include <string>

namespace phoihop::instance {

bool day_is_due(std::optional<Date> last, Date today)
{
    return !last || *last < today;
}

std::chrono::milliseconds rest_until_next_day(Instant now)
{
    const Instant next = Instant(local_day(now) + std::chrono::days{1}) - vietnam_offset;
    return std::min<std::chrono::milliseconds>(next - now, rest_max);
}

namespace {

Result<DayKept> keep_once(Instance& instance)
{
    DayKept kept;
    std::optional<Problem> refused;
    const Date today = instance.today();
    // A database without units has no programme either.
    const auto territory = instance.territory();
    for (const auto& programme : instance.programmes()) {
        if (!territory) break;
        const auto done = obligations::keep_up(instance.writer(), *programme, **territory, today, UserId{});
        if (!done) {
            // What one programme refuses keeps nothing from the others.
            refused = done.error();
            continue;
        }
        kept.opened += static_cast<std::int64_t>(done->opened.size());
        kept.passed += done->passed.passed;
    }
    PHOIHOP_TRY(files, store::sweep_files(instance.writer()));
    kept.files = files;
    instance.turn_day();
    if (refused) return tl::make_unexpected(*refused);
    return kept;
}

}  // namespace

Result<DayKept> keep_day(Instance& instance)
{
    try {
        return keep_once(instance);
    } catch (const store::ConstraintError&) {
        // Another server did the same at the same moment, and was faster: what it did is there now.
        return keep_once(instance);
    }
}

DayKeeper::DayKeeper(Instance& instance)
    : m_instance(instance), m_thread([this](const std::stop_token& stop) { keep(stop); })
{
}

DayKeeper::~DayKeeper() = default;

void DayKeeper::look()
{
    std::unique_lock lock(m_mutex);
    const std::int64_t mine = ++m_asked;
    m_changed.notify_all();
    m_changed.wait(lock, [&] { return m_looked >= mine; });
}

void DayKeeper::keep(const std::stop_token& stop)
{
    std::int64_t answering = 0;
    while (!stop.stop_requested()) {
        if (const Date today = m_instance.today(); day_is_due(m_last, today)) keep_one(today);
        std::unique_lock lock(m_mutex);
        m_looked = answering;
        m_changed.notify_all();
        m_changed.wait_for(lock, stop, rest_until_next_day(m_instance.clock().now()),
                           [&] { return m_asked > m_looked; });
        answering = m_asked;
    }
}

void DayKeeper::keep_one(Date today)
{
    const std::string day = format_date(today);
    try {
        const auto kept = keep_day(m_instance);
        if (!kept) return log::warning("day not kept", {{"day", day}, {"why", word(kept.error().code)}});
        m_last = today;
        log::info("day kept", {{"day", day},
                               {"opened", std::to_string(kept->opened)},
                               {"passed_on", std::to_string(kept->passed)},
                               {"files_removed", std::to_string(kept->files)}});
    } catch (const std::exception& error) {
        log::warning("day not kept", {{"day", day}, {"what", error.what()}});
    }
}

}  // namespace phoihop::instance
