// SPDX-License-Identifier: Apache-2.0
#include "web/own_work.hpp"

#include "programme/period_id.hpp"
#include "rollup/cube.hpp"
#include "web/actor_names.hpp"

#include <algorithm>

namespace phoihop::web {

using http::JsonWriter;
using obligations::Books;
using obligations::ObligationStore;

namespace {

/// Settled rows older than this are history: the unit page and the board have them.
constexpr std::chrono::days shown_after_done{400};

}  // namespace

void write_members(JsonWriter& json, const Call& call, const programme::Programme& programme, const Shown& shown)
{
    json.member("id", shown.id.value)
        .member("kind", shown.asked.kind)
        .member("subject", shown.asked.subject)
        .key("title");
    write(json, title_of(programme, shown.asked.subject));
    json.member("period", programme::name_of(shown.asked.period).text()).key("unit");
    write_unit(json, shown.unit, call.reading());
    json.member("opens", format_date(shown.opens)).member("due", format_date(shown.due));
    json.member("progress", word(shown.state.progress)).member("timing", word(shown.state.timing));
    json.member("state", word(state_word(shown.state)));
    json.member("days", days_beside(programme.calendar, shown.due, call.on)).key("form");
    if (programme.form(shown.asked.subject) != nullptr)
        json.text(shown.asked.subject);
    else
        json.null();
    json.member("version", shown.version);
}

int urgency(const Shown& shown)
{
    using obligations::StateWord;
    switch (state_word(shown.state)) {
        case StateWord::returned: return 0;
        case StateWord::late: return 1;
        case StateWord::due: return 2;
        case StateWord::not_due: return 3;
        case StateWord::claimed:
        case StateWord::done_late:
        case StateWord::evidenced:
        case StateWord::excused:
        case StateWord::passed_on: break;
    }
    return 4;
}

OwnWork own_work(const Call& call, UnitId unit)
{
    OwnWork owed;
    const auto snapshot = call.services.instance.cube().snapshot();
    call.services.instance.register_of_obligations().read([&](const Books& books, std::int64_t sequence) {
        owed.as_of = sequence;
        for (const obligations::Column& column : books.columns()) {
            if (column.asked.programme != call.programme->id) continue;
            const obligations::Entry* entry = column.of(unit);
            if (entry == nullptr || !call.allowed(accounts::Act::read_figures, unit, column.asked.party)) continue;
            Shown shown{entry->id(),    unit,         column.asked,
                        entry->opens(), entry->due(), books.own_state(*entry, call.on),
                        std::int64_t{}};
            if (const programme::Form* form = call.programme->form(column.asked.subject))
                if (const auto report =
                        snapshot->current({call.programme->id, form->number, column.asked.period, unit}))
                    shown.version = report->version;
            if (urgency(shown) == 4 && shown.due + shown_after_done < call.on) continue;
            owed.items.push_back(shown);
        }
    });
    std::stable_sort(owed.items.begin(), owed.items.end(), [&](const Shown& left, const Shown& right) {
        const int a = urgency(left);
        const int b = urgency(right);
        return a != b ? a < b : a == 4 ? left.due > right.due : left.due < right.due;
    });
    return owed;
}

std::optional<Return> last_return(const Call& call, const Shown& shown)
{
    if (shown.state.progress != obligations::Progress::returned) return std::nullopt;
    std::vector<obligations::Event> events;
    call.services.instance.database().read([&](store::Connection& connection) {
        if (const auto found = ObligationStore::find(connection, shown.id))
            events = ObligationStore::events(connection, *found);
    });
    const auto last = std::find_if(events.rbegin(), events.rend(), [&](const obligations::Event& event) {
        return event.kind == obligations::EventKind::returned && event.on <= call.on;
    });
    if (last == events.rend()) return std::nullopt;
    ActorNames names(call);
    return Return{last->on, names.of(last->actor), last->note};
}

}  // namespace phoihop::web
