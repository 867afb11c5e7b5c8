// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/trial.hpp"

#include <doctest/doctest.h>

/// What every test of the roll-up begins with.
using namespace phoihop;
using namespace phoihop::test;
using facts::FactState;
using rollup::Measure;
using Lines = std::vector<std::string>;
