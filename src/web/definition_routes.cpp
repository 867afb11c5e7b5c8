// SPDX-License-Identifier: Apache-2.0
#include "documents/zip_archive.hpp"
#include "http/multipart.hpp"
#include "obligations/foresee.hpp"
#include "programme/definition_yaml.hpp"
#include "programme/difference.hpp"
#include "programme/load_programme.hpp"
#include "text/messages.hpp"
#include "web/actor_names.hpp"

#include <algorithm>
#include <set>
#include <tuple>

/// Versions of programmes: read, compared, loaded, copied.
namespace phoihop::web {

namespace {

using http::JsonWriter;
using programme::Programme;

/// ?name= or {name} as a version of the path's programme.
Result<programme::KeptVersion> version_called(const Call& call, const std::string& number, std::string_view where)
{
    PHOIHOP_TRY(version, read_at(where, parse_whole(number, 1, INT32_MAX)));
    instance::Instance& instance = call.services.instance;
    return programme::kept_version(instance.database(), instance.programme_store(), call.programme->code, version);
}

Result<http::Response> list(Call& call)
{
    std::vector<programme::VersionRow> rows;
    call.services.instance.database().read([&](store::Connection& connection) {
        rows = programme::ProgrammeStore::versions(connection, call.programme->id);
    });
    ActorNames names(call);
    JsonWriter json;
    json.object().member("current", call.programme->version).key("versions").array();
    for (const programme::VersionRow& row : rows) {
        json.object().member("version", row.version).member("at", format_instant(row.loaded_at));
        json.member("actor", names.of(row.loaded_by)).end();
    }
    json.end().end();
    return http::json_answer(200, json.take());
}

Result<http::Response> show(Call& call)
{
    PHOIHOP_TRY(kept, version_called(call, call.request.parameter("version"), "version"));
    JsonWriter json;
    json.object().member("code", kept.programme->code).member("version", kept.programme->version);
    json.key("definition").raw(kept.text).end();
    const std::string etag = "definition-" + kept.programme->code + "-" + std::to_string(kept.programme->version);
    return http::cached_answer(std::make_shared<http::Content>(json.take(), "application/json", etag));
}

void write_changes(JsonWriter& json, const std::vector<programme::DefinitionChange>& changes)
{
    json.key("changes").array();
    for (const programme::DefinitionChange& change : changes) {
        json.object().member("kind", word(change.kind)).member("section", change.section);
        json.member("code", change.code).key("name");
        write(json, change.name);
        json.key("fields").array();
        for (const programme::FieldChange& field : change.fields) {
            json.object().member("field", field.field).member("before", field.before);
            json.member("after", field.after).end();
        }
        json.end().end();
    }
    json.end();
}

void write_breaks(JsonWriter& json, const std::vector<programme::Break>& breaks)
{
    json.key("breaks").array();
    for (const programme::Break& each : breaks) {
        json.object().member("indicator", each.indicator).member("why", word(each.why));
        json.member("detail", each.detail).end();
    }
    json.end();
}

Result<http::Response> compare(Call& call)
{
    PHOIHOP_TRY(from, version_called(call, call.query("from"), "from"));
    PHOIHOP_TRY(to, version_called(call, call.query("to"), "to"));
    JsonWriter json;
    json.object().member("from", from.programme->version).member("to", to.programme->version);
    write_changes(json, programme::difference_of_texts(from.text, to.text));
    write_breaks(json, programme::breaks(*from.programme, *to.programme));
    json.end();
    return http::json_answer(200, json.take());
}

/// The six YAML files of a version, under other names where those are asked for.
Result<http::Response> files(Call& call)
{
    PHOIHOP_TRY(kept, version_called(call, call.request.parameter("version"), "version"));
    programme::CloneNames names{call.query("code"), call.query("symbol"), call.query("title_vi"),
                                call.query("title_en")};
    const std::string code = names.code.empty() ? kept.programme->code : names.code;
    std::vector<std::pair<std::string, std::string>> parts;
    PHOIHOP_TRY(written, programme::cloned_files(kept.text, names));
    for (const programme::SourceFile& file : written) parts.emplace_back(code + "/" + file.name, file.text);
    return http::download(documents::write_zip(parts), "application/zip", code + ".zip");
}

constexpr std::size_t files_max = 20;

bool is_yaml(std::string_view name)
{
    return name.ends_with(".yaml") || name.ends_with(".yml") || name.ends_with(".json");
}

std::string file_name(std::string_view path)
{
    const auto slash = path.rfind('/');
    return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

/// The YAML files that were sent, one by one or in a zip.
Result<std::vector<programme::SourceFile>> sent_files(const Call& call)
{
    PHOIHOP_TRY(parts, http::parse_multipart(call.request));
    std::vector<programme::SourceFile> files;
    for (const http::Part& part : parts) {
        if (!part.is_file) continue;
        if (is_yaml(part.file_name)) {
            files.push_back({part.file_name, std::string(part.content)});
            continue;
        }
        if (!part.file_name.ends_with(".zip"))
            return refuse(ProblemCode::wrong_type, part.file_name,
                          {{"expected", ".yaml, .zip"}, {"found", part.file_name}});
        documents::ZipLimits limits;
        limits.entries = 100;
        limits.entry_bytes = programme::definition_size_max;
        limits.total_bytes = files_max * programme::definition_size_max;
        PHOIHOP_TRY(zip, read_at(part.file_name, documents::ZipReader::open(part.content, limits)));
        for (const std::string& name : zip.names()) {
            if (!is_yaml(name)) continue;
            PHOIHOP_TRY(text, zip.read(name));
            files.push_back({file_name(name), std::move(text)});
        }
    }
    if (files.empty()) return refuse(ProblemCode::missing, "file", {{"what", ".yaml"}});
    if (files.size() > files_max)
        return refuse(ProblemCode::too_large, "file",
                      {{"limit", std::to_string(files_max)}, {"found", std::to_string(files.size())}});
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return files;
}

void write_findings(JsonWriter& json, const std::vector<Problem>& findings)
{
    json.key("findings").array();
    std::set<std::tuple<std::string, std::string, ProblemCode>> said;
    for (const Problem& finding : findings) {
        // A part that is missing is missed by several readers.
        if (!said.emplace(finding.where, fact(finding, "key"), finding.code).second) continue;
        json.object().member("code", word(finding.code)).member("file", fact(finding, "file"));
        const auto line = parse_decimal(fact(finding, "line"), 0);
        json.member("line", line ? *line : 0).member("key", fact(finding, "key")).key("message").object();
        json.member("vi", text::sentence(finding, text::Language::vi));
        json.member("en", text::sentence(finding, text::Language::en)).end().end();
    }
    json.end();
}

void write_foreseen(JsonWriter& json, const std::vector<obligations::Foreseen>& rows, const Programme* before,
                    const Programme& after)
{
    json.key("obligations").array();
    for (const obligations::Foreseen& row : rows) {
        const bool known = after.form(row.subject) != nullptr || after.standing(row.subject) != nullptr;
        json.object().member("period", row.period.text()).member("subject", row.subject).key("title");
        write(json, title_of(known || before == nullptr ? after : *before, row.subject));
        json.member("before", row.before).member("after", row.after).end();
    }
    json.end();
}

/// What a definition that was sent would do, or did.
std::string load_answer(const Call& call, const programme::LoadPreview& preview, const programme::Definition& sent)
{
    const programme::LoadAnswer& answer = preview.answer;
    JsonWriter json;
    json.object().member("outcome", programme::word(answer.outcome));
    json.member("code", sent.programme ? sent.programme->code : std::string{});
    json.member("based_on", preview.before ? preview.before->version : 0);
    json.member("version", answer.programme ? answer.programme->version : 0);
    json.key("title");
    write(json, sent.programme ? sent.programme->title : programme::Wording{});
    write_findings(json, answer.findings);
    const bool shown = sent.programme != nullptr;
    write_changes(json, shown && preview.before ? programme::difference_of_texts(preview.before_text, sent.canonical)
                                                : std::vector<programme::DefinitionChange>{});
    write_breaks(json, shown && preview.before ? programme::breaks(*preview.before, *sent.programme)
                                               : std::vector<programme::Break>{});
    if (answer.programme)
        write_foreseen(json, obligations::foresee(preview.before.get(), *answer.programme, *call.territory, call.today),
                       preview.before.get(), *answer.programme);
    else
        json.key("obligations").array().end();
    json.end();
    return json.take();
}

bool refers_to(const Programme& programme, const std::string& other)
{
    return programme.continues == other ||
           std::any_of(programme.indicators.begin(), programme.indicators.end(),
                       [&](const auto& each) { return each.continues.starts_with(other + "/"); });
}

/// A programme that is not in this database is taken on trust where the version in force names it already; anywhere
/// else its name is a mistake.
programme::Definition read_sent(instance::Instance& instance, const std::vector<programme::SourceFile>& sources)
{
    std::set<std::string> missing;
    auto sent = programme::read_definition(sources, [&](std::string_view code) -> std::shared_ptr<const Programme> {
        if (const auto other = instance.programme(code)) return *other;
        missing.emplace(code);
        return nullptr;
    });
    if (missing.empty()) return sent;
    auto trusted = programme::read_definition(sources);
    if (!trusted.programme) return sent;
    const auto known = instance.programme(trusted.programme->code);
    const bool named = known && std::all_of(missing.begin(), missing.end(),
                                            [&](const std::string& code) { return refers_to(**known, code); });
    return named ? trusted : sent;
}

/// ?dry_run=1 tells what the files would change; without it they come into force, from the version that was looked at.
Result<http::Response> load(Call& call)
{
    PHOIHOP_CHECK_OK(call.demand(accounts::Act::load_programme, call.territory->nation()));
    PHOIHOP_TRY(sources, sent_files(call));
    instance::Instance& instance = call.services.instance;
    const auto sent = read_sent(instance, sources);
    const auto known = sent.programme ? instance.programme(sent.programme->code)
                                      : Result<std::shared_ptr<const Programme>>(refuse(ProblemCode::missing));
    const bool simulated = known ? (*known)->simulated : call.query("simulated") == "1";
    programme::LoadTerms terms{simulated ? programme::Instance::simulated : programme::Instance::real, call.actor.id};
    const bool dry_run = call.query("dry_run") == "1";
    if (!dry_run) {
        PHOIHOP_TRY(based_on, call.query_number("based_on", 0, 0, INT32_MAX));
        terms.based_on = based_on;
    }
    PHOIHOP_TRY(preview, programme::preview_load(instance.database(), instance.programme_store(), sent, terms));
    if (!dry_run && preview.answer.outcome != programme::LoadOutcome::refused) {
        PHOIHOP_TRY(done, programme::load_programme(instance.writer(), instance.programme_store(), sent, terms));
        preview.answer = done;
        if (done.outcome != programme::LoadOutcome::unchanged) instance.reload({});
    }
    const bool refused = preview.answer.outcome == programme::LoadOutcome::refused;
    return http::json_answer(refused && !dry_run ? 422 : 200, load_answer(call, preview, sent));
}

}  // namespace

void add_definition_routes(http::Router& router, Services& services)
{
    router.post("/api/v1/programmes", handler(services, load)).body_up_to(21U << 20U);
    router.get("/api/v1/programmes/{programme}/versions", handler(services, list));
    router.get("/api/v1/programmes/{programme}/versions/{version}", handler(services, show));
    router.get("/api/v1/programmes/{programme}/versions/{version}/files", handler(services, files));
    router.get("/api/v1/programmes/{programme}/difference", handler(services, compare));
}

}  // namespace phoihop::web
