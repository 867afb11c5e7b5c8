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

namespace {

/// Judges without writing; the answer's programme is the one that would be in force, with the version that it would be.
Result<LoadPreview> judge(store::Connection& connection, const ProgrammeStore& programmes, const Definition& definition,
                          const LoadTerms& terms)
{
    const Programme& wanted = *definition.programme;
    LoadPreview preview;
    if (const auto before = programmes.current(connection, wanted.code)) {
        preview.before = *before;
        preview.before_text = ProgrammeStore::content(connection, **before);
    }
    const std::int64_t version = preview.before ? preview.before->version : 0;
    if (terms.based_on && *terms.based_on != version)
        return refuse(ProblemCode::conflict, "based_on",
                      {{"base", std::to_string(*terms.based_on)}, {"current", std::to_string(version)}});
    const bool simulated = terms.instance == Instance::simulated;
    if (preview.before && preview.before->simulated != simulated)
        return refuse(preview.before->simulated ? ProblemCode::simulated_only : ProblemCode::real_only, wanted.code);
    LoadAnswer& answer = preview.answer;
    if (preview.before && preview.before_text == definition.canonical) {
        answer = {LoadOutcome::unchanged, preview.before, {}};
        return preview;
    }
    if (preview.before) answer.findings = refused_changes(*preview.before, wanted);
    if (!answer.findings.empty()) {
        answer.outcome = LoadOutcome::refused;
        return preview;
    }
    auto now = std::make_shared<Programme>(wanted);
    now->id = preview.before ? preview.before->id : ProgrammeId{};
    now->version = version + 1;
    now->simulated = simulated;
    answer.outcome = preview.before ? LoadOutcome::updated : LoadOutcome::created;
    answer.programme = std::move(now);
    return preview;
}

}  // namespace

Result<LoadAnswer> load_programme(store::Writer& writer, const ProgrammeStore& programmes, const Definition& definition,
                                  const LoadTerms& terms)
{
    if (definition.programme == nullptr) return LoadAnswer{LoadOutcome::refused, nullptr, definition.findings};
    return writer.run([&](store::WriteContext& context) -> Result<LoadAnswer> {
        PHOIHOP_TRY(judged, judge(context.connection(), programmes, definition, terms));
        if (judged.answer.outcome == LoadOutcome::refused || judged.answer.outcome == LoadOutcome::unchanged)
            return std::move(judged.answer);
        const auto [id, version] = ProgrammeStore::append(
            context, definition.programme->code, judged.answer.programme->simulated, definition.canonical, terms.actor);
        auto now = std::make_shared<Programme>(*judged.answer.programme);
        now->id = id;
        now->version = version;
        return LoadAnswer{judged.answer.outcome, std::move(now), {}};
    });
}

Result<LoadPreview> preview_load(const store::Database& database, const ProgrammeStore& programmes,
                                 const Definition& definition, const LoadTerms& terms)
{
    if (definition.programme == nullptr)
        return LoadPreview{{LoadOutcome::refused, nullptr, definition.findings}, nullptr, {}};
    std::optional<Result<LoadPreview>> judged;
    database.read(
        [&](store::Connection& connection) { judged.emplace(judge(connection, programmes, definition, terms)); });
    return std::move(*judged);
}

Result<KeptVersion> kept_version(const store::Database& database, const ProgrammeStore& programmes,
                                 std::string_view code, std::int64_t version)
{
    PHOIHOP_TRY(programme, programmes.version(code, version));
    KeptVersion kept{std::move(programme), {}};
    database.read(
        [&](store::Connection& connection) { kept.text = ProgrammeStore::content(connection, *kept.programme); });
    return kept;
}

}  // namespace phoihop::programme
