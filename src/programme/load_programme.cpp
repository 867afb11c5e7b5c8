// SPDX-License-Identifier: Apache-2.0
#include "programme/load_programme.hpp"

namespace phoihop::programme {

std::string_view word(LoadOutcome outcome)
{
    switch (outcome) {
        case LoadOutcome::created: return "created";
        case LoadOutcome::updated: return "updated";
        case LoadOutcome::unchanged: return "unchanged";
        case LoadOutcome::refused: return "refused";
    }
    return {};
}

Result<LoadAnswer> load_programme(store::Writer& writer, const ProgrammeStore& programmes, const Definition& definition,
                                  Instance instance, UserId actor)
{
    if (definition.programme == nullptr) return LoadAnswer{LoadOutcome::refused, nullptr, definition.findings};
    const Programme& wanted = *definition.programme;
    const bool simulated = instance == Instance::simulated;
    return writer.run([&](store::WriteContext& context) -> Result<LoadAnswer> {
        store::Connection& connection = context.connection();
        const auto before = programmes.current(connection, wanted.code);
        if (before) {
            const Programme& kept = **before;
            if (kept.simulated != simulated)
                return refuse(kept.simulated ? ProblemCode::simulated_only : ProblemCode::real_only, wanted.code);
            if (ProgrammeStore::content(connection, kept) == definition.canonical)
                return LoadAnswer{LoadOutcome::unchanged, *before, {}};
            auto findings = refused_changes(kept, wanted);
            if (!findings.empty()) return LoadAnswer{LoadOutcome::refused, nullptr, std::move(findings)};
        }
        const auto [id, version] = ProgrammeStore::append(context, wanted.code, simulated, definition.canonical, actor);
        auto now = std::make_shared<Programme>(wanted);
        now->id = id;
        now->version = version;
        now->simulated = simulated;
        return LoadAnswer{before ? LoadOutcome::updated : LoadOutcome::created, std::move(now), {}};
    });
}

}  // namespace phoihop::programme
