// SPDX-License-Identifier: Apache-2.0
#include "web/live.hpp"

#include "http/json_writer.hpp"

#include <map>
#include <set>
#include <string>

namespace phoihop::web {

namespace {

/// "fact:3/1/…" and "period:3/…" name their programme; obligations and units do not, and concern every page.
std::string programme_of(std::string_view subject)
{
    const std::size_t colon = subject.find(':');
    const std::string_view kind = subject.substr(0, colon);
    if (kind != "fact" && kind != "period" && kind != "programme" && kind != "check_figure") return {};
    const std::string_view rest = subject.substr(colon + 1);
    return std::string(rest.substr(0, rest.find('/')));
}

}  // namespace

void LiveFollower::follow(std::span<const store::JournalRecord> records)
{
    if (records.empty()) return;
    std::map<std::string, std::set<std::string>> kinds;  // by programme; "" = all
    for (const store::JournalRecord& record : records)
        kinds[programme_of(record.subject)].insert(record.subject.substr(0, record.subject.find(':')));
    const std::int64_t sequence = records.back().sequence;
    for (const std::string& programme : m_programmes()) {
        if (!kinds.contains(programme) && !kinds.contains({})) continue;
        http::JsonWriter json;
        json.object().member("sequence", sequence).key("kinds").array();
        for (const std::string& key : {std::string(), programme})
            if (const auto found = kinds.find(key); found != kinds.end())
                for (const std::string& kind : found->second) json.text(kind);
        json.end().end();
        m_hub.publish("programme:" + programme, sequence, "change", json.take());
    }
}

}  // namespace phoihop::web
