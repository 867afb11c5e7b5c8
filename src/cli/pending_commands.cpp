// SPDX-License-Identifier: Apache-2.0
#include "cli/command.hpp"

namespace phoihop::cli {

void add_document_commands(std::vector<Command>&) {}
void add_account_commands(std::vector<Command>&) {}

}  // namespace phoihop::cli
