// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/id.hpp"

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace phoihop::web {

/// Who has a form open to fill it, so that two people in one form see each other. Held in memory by this process alone,
/// told only to those who may fill the same form, forgotten within a minute; never written anywhere and no record of
/// what anybody did. Thread-safe.
class Presence {
public:
    using Time = std::chrono::steady_clock::time_point;
    struct Window {
        std::string id;  ///< drawn by the page
        UserId user;
        std::string office;
        std::string cell;  ///< the indicator's code, "" for none
    };

    /// Keeps that `window` has the form open at `now`; gives the others that have.
    [[nodiscard]] std::vector<Window> enter(const std::string& form, const Window& window, Time now);
    void leave(const std::string& form, const Window& window);

private:
    struct Seen {
        Window window;
        Time at;
    };
    void forget_old(Time now);

    std::mutex m_mutex;
    std::map<std::string, std::vector<Seen>> m_forms;
    Time m_swept{};
};

}  // namespace phoihop::web
