// SPDX-License-Identifier: Apache-2.0
#include "accounts/account_store.hpp"
#include "accounts/managed.hpp"
#include "obligations/obligation_store.hpp"
#include "rollup/cube.hpp"
#include "store/migrations.hpp"
#include "store/writer.hpp"
#include "units/territory.hpp"
#include "web/services.hpp"

namespace phoihop::web {

namespace {

using http::JsonWriter;

/// Who runs the installation, and the centre, whose work stands still when it does not run.
Result<void> demand_keeper(const Call& call)
{
    const accounts::Actor self = call.account();
    if (accounts::demand_in(self, accounts::Act::operate, {}, call.setting())) return {};
    return accounts::demand_in(self, accounts::Act::manage_users, {}, call.setting());
}

std::string_view word_of(store::Engine engine)
{
    return engine == store::Engine::sqlite ? "sqlite" : "postgresql";
}

void write_cube(JsonWriter& json, rollup::Cube& cube)
{
    const auto scrubbed = cube.scrubbed();
    json.key("cube").object().member("as_of", cube.snapshot()->as_of()).member("differs", scrubbed.differs);
    json.member("scrub_rounds", scrubbed.rounds).member("scrubbed_periods", scrubbed.periods);
    json.member("filed", cube.filed()).end();
}

void write_programmes(JsonWriter& json, const Call& call)
{
    json.key("programmes").array();
    for (const auto& programme : call.services.instance.programmes()) {
        std::size_t opened = 0;
        call.services.instance.database().read([&](store::Connection& connection) {
            opened = obligations::ObligationStore::opened_periods(connection, programme->id).size();
        });
        json.object().member("code", programme->code).member("symbol", programme->symbol).key("title");
        write(json, programme->title);
        json.member("version", programme->version).member("simulated", programme->simulated);
        json.member("opened", opened).end();
    }
    json.end();
}

Result<http::Response> show(Call& call)
{
    PHOIHOP_CHECK_OK(demand_keeper(call));
    Services& services = call.services;
    instance::Instance& instance = services.instance;
    store::JournalPosition position;
    bool demonstration = false;
    instance.database().read([&](store::Connection& connection) {
        position = store::journal_position(connection);
        demonstration = accounts::has_demonstration_accounts(connection);
    });
    const store::Writer& writer = instance.writer();
    JsonWriter json;
    json.object().member("version", PHOIHOP_VERSION).member("schema", store::built_in_migrations().back().number);
    json.member("engine", word_of(instance.database().engine())).member("as_of", position.sequence);
    json.member("now", format_instant(instance.clock().now())).member("today", format_date(call.today));
    // Another day than the machine's is a demonstration's.
    json.member("machine_now", format_instant(SystemClock().now())).member("utc_offset_min", vietnam_offset.count());
    json.member("secure", call.request.secure).member("demonstration", demonstration);
    json.key("writer")
        .object()
        .member("waiting", writer.waiting())
        .member("followed", writer.followed().sequence)
        .end();
    json.member("streams", services.events.listener_count());
    write_cube(json, instance.cube());
    json.member("units", call.territory->units().size());
    write_programmes(json, call);
    json.end();
    return http::json_answer(200, json.take()).with("Cache-Control", "no-store");
}

}  // namespace

void add_system_routes(http::Router& router, Services& services)
{
    router.get("/api/v1/system", handler(services, show));
}

}  // namespace phoihop::web
