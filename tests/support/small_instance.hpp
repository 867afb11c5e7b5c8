// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "instance/instance.hpp"
#include "programme/load_programme.hpp"
#include "support/small_country.hpp"
#include "units/import_units.hpp"

#include <memory>
#include <stdexcept>
#include <string>

namespace phoihop::test {

/// Brings the small country and the programme of tests/cases/web/small.yaml into an open database.
inline void define_small(instance::Instance& instance, programme::Instance kind = programme::Instance::simulated)
{
    const auto country = units::read_data_set(small_country()).value();
    if (!units::import_units(instance.writer(), country, UserId{})) throw std::runtime_error("no units");
    const auto definition = programme::read_definition_at(PHOIHOP_SOURCE_DIR "/tests/cases/web/small.yaml").value();
    for (const Problem& finding : definition.findings)
        throw std::runtime_error(finding.where + " " + std::string(fact(finding, "key")));
    const auto loaded =
        programme::load_programme(instance.writer(), instance.programme_store(), definition, {kind, UserId{}});
    if (!loaded || !loaded->programme) throw std::runtime_error("no programme");
    instance.reload({});
}

/// A fresh SQLite database, gone with the object, with both of them; register and cube are ready.
inline std::unique_ptr<instance::Instance> small_instance(const Clock& clock,
                                                          programme::Instance kind = programme::Instance::simulated)
{
    auto instance = instance::Instance::open(":memory:", store::OpenMode::create, clock, "test").value();
    define_small(*instance, kind);
    instance->prepare({true, true}, {});
    return instance;
}

}  // namespace phoihop::test
