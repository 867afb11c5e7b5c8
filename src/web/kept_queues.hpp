// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "web/answer_cache.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace phoihop::web {

struct CheckQueue;

/// The queues of checks that were asked last, as long as they are of the present version (check_queue.hpp).
/// Thread-safe.
class KeptQueues {
public:
    [[nodiscard]] std::shared_ptr<const CheckQueue> find(std::string_view key, const AnswerVersion& version) const;
    void keep(std::string key, const AnswerVersion& version, std::shared_ptr<const CheckQueue> queue);

private:
    static constexpr std::size_t kept_max = 8;  // a country's is about 10 MB
    struct Kept {
        std::string key;
        AnswerVersion version;
        std::shared_ptr<const CheckQueue> queue;
    };
    mutable std::mutex m_mutex;
    std::vector<Kept> m_kept;
};

}  // namespace phoihop::web
