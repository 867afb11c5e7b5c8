// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reporting/finding.hpp"
#include "text/messages.hpp"

namespace phoihop::reporting {

/// The finding as a sentence: what is wrong at the cell and what would be right.
[[nodiscard]] std::string sentence(const Finding& finding, text::Language language);

}  // namespace phoihop::reporting
