// SPDX-License-Identifier: Apache-2.0
#include "http/event_hub.hpp"

#include <algorithm>

namespace phoihop::http {

std::string event_frame(std::int64_t sequence, std::string_view kind, std::string_view data)
{
    std::string frame = "id: " + std::to_string(sequence) + "\nevent: ";
    frame += kind;
    frame += "\ndata: ";
    frame += data;
    frame += "\n\n";
    return frame;
}

std::string Subscription::take()
{
    const std::lock_guard lock(m_mutex);
    std::string out;
    if (m_reload >= 0) out = event_frame(m_reload, "reload", "{}");
    m_reload = -1;
    for (const auto& frame : m_frames) out += *frame;
    m_frames.clear();
    return out;
}

void Subscription::on_ready(const std::function<void()>& ready)
{
    bool now = false;
    {
        const std::lock_guard lock(m_mutex);
        m_ready = ready;
        now = m_reload >= 0 || m_closed || !m_frames.empty();
    }
    if (now && ready) ready();
}

bool Subscription::is_closed() const
{
    const std::lock_guard lock(m_mutex);
    return m_closed;
}

void Subscription::put(std::int64_t sequence, const std::shared_ptr<const std::string>& frame)
{
    std::function<void()> ready;
    {
        const std::lock_guard lock(m_mutex);
        const bool was_empty = m_frames.empty() && m_reload < 0;
        if (m_reload >= 0 || m_frames.size() >= m_frames_max) {
            m_frames.clear();
            m_reload = sequence;
        } else {
            m_frames.push_back(frame);
        }
        if (was_empty) ready = m_ready;
    }
    if (ready) ready();
}

void Subscription::put_reload(std::int64_t sequence)
{
    const std::lock_guard lock(m_mutex);
    m_frames.clear();
    m_reload = sequence;
}

void Subscription::close()
{
    std::function<void()> ready;
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        ready = m_ready;
    }
    if (ready) ready();
}

std::shared_ptr<Subscription> EventHub::subscribe(const std::vector<std::string>& topics, std::int64_t last_seen)
{
    auto listener = std::make_shared<Subscription>(m_options.frames_max);
    const std::lock_guard lock(m_mutex);
    if (m_closed) {
        listener->close();
        return listener;
    }
    for (const std::string& topic : topics) {
        auto& listeners = m_listeners[topic];
        std::erase_if(listeners, [](const auto& weak) { return weak.expired(); });
        listeners.push_back(listener);
    }
    const std::int64_t since = last_seen == 0 ? m_newest : last_seen;
    if (since < m_forgotten_to || since > m_newest) {  // past the newest: another database was here before
        listener->put_reload(m_newest);
        return listener;
    }
    listener->put(since, std::make_shared<const std::string>(event_frame(since, "hello", "{}")));
    for (const Remembered& event : m_remembered)
        if (event.sequence > since && std::find(topics.begin(), topics.end(), event.topic) != topics.end())
            listener->put(event.sequence, event.frame);
    return listener;
}

void EventHub::publish(std::string_view topic, std::int64_t sequence, std::string_view kind, std::string_view data)
{
    const auto frame = std::make_shared<const std::string>(event_frame(sequence, kind, data));
    const std::lock_guard lock(m_mutex);  // kept while putting, so that listeners get events in one order
    m_newest = std::max(m_newest, sequence);
    m_remembered.push_back({sequence, std::string(topic), frame});
    while (m_remembered.size() > m_options.remembered_max) {
        m_forgotten_to = std::max(m_forgotten_to, m_remembered.front().sequence);
        m_remembered.pop_front();
    }
    const auto it = m_listeners.find(topic);
    if (it == m_listeners.end()) return;
    std::erase_if(it->second, [](const auto& weak) { return weak.expired(); });
    for (const auto& weak : it->second)
        if (const auto listener = weak.lock()) listener->put(sequence, frame);
    if (it->second.empty()) m_listeners.erase(it);
}

void EventHub::close()
{
    const std::lock_guard lock(m_mutex);
    m_closed = true;
    for (const auto& [topic, listeners] : m_listeners)
        for (const auto& weak : listeners)
            if (const auto listener = weak.lock()) listener->close();
    m_listeners.clear();
}

std::size_t EventHub::listener_count()
{
    const std::lock_guard lock(m_mutex);
    std::size_t count = 0;
    for (const auto& [topic, listeners] : m_listeners)
        count += static_cast<std::size_t>(
            std::count_if(listeners.begin(), listeners.end(), [](const auto& weak) { return !weak.expired(); }));
    return count;
}

}  // namespace phoihop::http
