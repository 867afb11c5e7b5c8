// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "programme/definition.hpp"

namespace phoihop::programme {

class Findings;

/// Everything in a read programme that contradicts something else in it, as findings. Also sets what follows from
/// several parts at once (Indicator::wide_sums).
void check_programme(Programme& programme, const OtherProgrammes& others, Findings& findings);

}  // namespace phoihop::programme
