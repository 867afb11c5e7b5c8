// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace phoihop::http {

/// One listener of an `EventHub`: a queue of frames that are ready to be written. The hub puts in, the connection
/// takes out. Thread-safe.
class Subscription {
public:
    explicit Subscription(std::size_t frames_max) : m_frames_max(frames_max) {}

    /// Everything that waits, in order; "" when nothing does. A listener who was too slow gets one `reload` event
    /// in place of what it lost, and reads its page anew.
    [[nodiscard]] std::string take();

    /// Called, from whatever thread publishes, when something waits or the stream is closed. Set once, before the
    /// stream begins; at once when something waits already. It must only hand over (post), never call the hub.
    void on_ready(const std::function<void()>& ready);

    [[nodiscard]] bool is_closed() const;

private:
    friend class EventHub;
    void put(std::int64_t sequence, const std::shared_ptr<const std::string>& frame);
    void put_reload(std::int64_t sequence);
    void close();

    mutable std::mutex m_mutex;
    std::size_t m_frames_max;
    std::deque<std::shared_ptr<const std::string>> m_frames;
    std::function<void()> m_ready;
    std::int64_t m_reload = -1;  // the sequence up to which everything must be read anew, -1: nothing was lost
    bool m_closed = false;
};

/// Server-sent events. A publisher speaks to a topic ("gaps:3:police"), a listener hears the topics that its
/// reader's scope allows: the topic is the filter, so nothing about one scope is ever offered to another. Thread-safe.
///
/// The id of an event is the journal's sequence. A stream begins with `hello` and the newest id. A browser that comes
/// back says the last id it saw: what the hub still remembers since then is sent again, and otherwise one `reload`.
/// So a topic must get at most one event per sequence.
class EventHub {
public:
    struct Options {
        std::size_t frames_max = 64;  ///< that may wait for one listener
        std::size_t remembered_max = 1024;
        std::int64_t start = 0;  ///< the journal's sequence when the process began
    };
    EventHub() : EventHub(Options()) {}
    explicit EventHub(Options options) : m_options(options), m_newest(options.start), m_forgotten_to(options.start) {}
    ~EventHub() { close(); }

    /// `last_seen`: the Last-Event-ID header as a number, 0 when absent.
    [[nodiscard]] std::shared_ptr<Subscription> subscribe(const std::vector<std::string>& topics,
                                                          std::int64_t last_seen);

    /// `data` must be one line (JSON).
    void publish(std::string_view topic, std::int64_t sequence, std::string_view kind, std::string_view data);

    /// Ends all streams; nobody can listen after.
    void close();

    [[nodiscard]] std::size_t listener_count();

private:
    struct Remembered {
        std::int64_t sequence;
        std::string topic;
        std::shared_ptr<const std::string> frame;
    };
    Options m_options;
    std::mutex m_mutex;
    std::map<std::string, std::vector<std::weak_ptr<Subscription>>, std::less<>> m_listeners;
    std::deque<Remembered> m_remembered;
    std::int64_t m_newest;        // published so far
    std::int64_t m_forgotten_to;  // the newest sequence that is no longer remembered
    bool m_closed = false;
};

/// The text of one event as it goes over the line.
[[nodiscard]] std::string event_frame(std::int64_t sequence, std::string_view kind, std::string_view data);

}  // namespace phoihop::http
