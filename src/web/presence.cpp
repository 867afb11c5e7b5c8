// SPDX-License-Identifier: Apache-2.0
#include "web/presence.hpp"

#include <algorithm>

namespace phoihop::web {

namespace {

using namespace std::chrono_literals;

/// A page says every ten seconds that it is there; one that missed three has gone.
constexpr auto kept_for = 35s;
/// More windows than people fill one form in; the oldest gives way.
constexpr std::size_t windows_max = 20;

}  // namespace

void Presence::forget_old(Time now)
{
    if (now - m_swept < kept_for) return;
    m_swept = now;
    for (auto form = m_forms.begin(); form != m_forms.end();) {
        std::erase_if(form->second, [&](const Seen& seen) { return now - seen.at > kept_for; });
        form = form->second.empty() ? m_forms.erase(form) : std::next(form);
    }
}

std::vector<Presence::Window> Presence::enter(const std::string& form, const Window& window, Time now)
{
    const std::lock_guard lock(m_mutex);
    forget_old(now);
    std::vector<Seen>& seen = m_forms[form];
    std::erase_if(seen, [&](const Seen& other) {
        return now - other.at > kept_for || (other.window.id == window.id && other.window.user == window.user);
    });
    std::vector<Window> others;
    others.reserve(seen.size());
    std::ranges::transform(seen, std::back_inserter(others), &Seen::window);
    if (seen.size() >= windows_max) seen.erase(seen.begin());
    seen.push_back({window, now});
    return others;
}

void Presence::leave(const std::string& form, const Window& window)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_forms.find(form);
    if (found == m_forms.end()) return;
    std::erase_if(found->second,
                  [&](const Seen& other) { return other.window.id == window.id && other.window.user == window.user; });
    if (found->second.empty()) m_forms.erase(found);
}

}  // namespace phoihop::web
