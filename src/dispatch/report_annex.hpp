// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dispatch/report_data.hpp"

namespace phoihop::dispatch {

/// Annex I: all indicators; annex II, where the unit has units below it: the main indicators by locality.
void add_annexes(const ReportData& data, documents::OfficialDocument& document);

}  // namespace phoihop::dispatch
