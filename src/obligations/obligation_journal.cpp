// SPDX-License-Identifier: Apache-2.0
#include "obligations/obligation_rows.hpp"

#include <charconv>

namespace phoihop::obligations {

using rows::put;
using rows::stored;
using store::Bytes;
using store::BytesView;

namespace {

std::int64_t taken(BytesView bytes)
{
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i) number |= static_cast<std::uint64_t>(bytes[i]) << (8 * i);
    return static_cast<std::int64_t>(number);
}

}  // namespace

Bytes encode(const Event& event, std::int64_t number)
{
    Bytes bytes;
    bytes.push_back(static_cast<std::byte>(event.kind));
    put(bytes, number);
    put(bytes, stored(event.on));
    put(bytes, event.version);
    put(bytes, event.note);
    put(bytes, event.evidence.decision_number);
    put(bytes, event.evidence.decision_date ? stored(*event.evidence.decision_date) : INT64_MIN);
    put(bytes, event.evidence.file.value);
    return bytes;
}

std::optional<NumberedStep> decode_step(BytesView bytes)
{
    constexpr std::size_t smallest = 1 + 7 * sizeof(std::int64_t);
    if (bytes.size() < smallest || bytes[0] > static_cast<std::byte>(EventKind::passed_on)) return std::nullopt;
    return NumberedStep{taken(bytes.subspan(1)),
                        {static_cast<EventKind>(bytes[0]), rows::date_of(taken(bytes.subspan(9)))}};
}

std::string register_subject(ProgrammeId programme, PeriodId period)
{
    return "period:" + std::to_string(programme.value) + "/" + std::to_string(period.value);
}

std::optional<RegisterKey> register_from_subject(std::string_view subject)
{
    constexpr std::string_view prefix = "period:";
    if (!subject.starts_with(prefix)) return std::nullopt;
    const char* at = subject.data() + prefix.size();
    const char* const end = subject.data() + subject.size();
    RegisterKey key;
    auto read = std::from_chars(at, end, key.programme.value);
    if (read.ec != std::errc{} || read.ptr == end || *read.ptr != '/') return std::nullopt;
    read = std::from_chars(read.ptr + 1, end, key.period.value);
    if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
    return key;
}

}  // namespace phoihop::obligations
