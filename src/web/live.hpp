// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/event_hub.hpp"
#include "store/journal.hpp"

#include <functional>
#include <string>
#include <vector>

namespace phoihop::web {

/// Tells open pages that something was accepted: one event per batch and programme, with the journal's sequence and the
/// kinds of subjects, never their content. Pages then read anew what they may read.
class LiveFollower final : public store::JournalFollower {
public:
    /// `programmes` answers the ids of the programmes that pages may be open for.
    LiveFollower(http::EventHub& hub, std::function<std::vector<std::string>()> programmes)
        : m_hub(hub), m_programmes(std::move(programmes))
    {
    }
    void follow(std::span<const store::JournalRecord> records) override;

private:
    http::EventHub& m_hub;
    std::function<std::vector<std::string>()> m_programmes;
};

}  // namespace phoihop::web
