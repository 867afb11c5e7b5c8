// SPDX-License-Identifier: Apache-2.0
#include "bench/peer.hpp"

namespace phoihop::bench {

std::string columns(std::string_view pattern)
{
    std::string text;
    for (std::int32_t i = 0; i < indicator_count; ++i) {
        if (i > 0) text += ", ";
        for (const char letter : pattern) {
            if (letter == '#') {
                text += std::to_string(i);
            } else {
                text += letter;
            }
        }
    }
    return text;
}

void place_narrow(const Workload& workload, const Question& question, std::int64_t group, std::int64_t column,
                  std::int64_t value, Answer& answer)
{
    auto row = static_cast<std::int32_t>(group);
    switch (question.kind) {
        case QueryKind::q1: break;
        case QueryKind::q2:
        case QueryKind::q4: row -= workload.communes_in(question.province).first; break;
        case QueryKind::q3:
        case QueryKind::q6: ++row; break;
    }
    answer.at(row, columns_of(question.kind), static_cast<std::int32_t>(column)) = value;
}

}  // namespace phoihop::bench
