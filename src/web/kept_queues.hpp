// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "web/answer_cache.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace phoihop::web {

struct CheckQueue;

struct KeptQueue {
    AnswerVersion version;
    std::shared_ptr<const CheckQueue> queue;
};

/// The queues of checks that were made last, each for whoever has the same rights: one of before is brought up to date
/// faster than it is made (check_queue.hpp). Thread-safe.
class KeptQueues {
public:
    [[nodiscard]] std::optional<KeptQueue> find(std::string_view key) const;
    void keep(std::string key, KeptQueue queue);

private:
    static constexpr std::size_t kept_max = 8;  // a country's is about 10 MB
    mutable std::mutex m_mutex;
    std::vector<std::pair<std::string, KeptQueue>> m_kept;  // the one kept last stands last
};

}  // namespace phoihop::web
