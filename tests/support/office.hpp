// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "obligations/keep_up.hpp"
#include "obligations/register.hpp"
#include "obligations/report_events.hpp"
#include "obligations/settle.hpp"
#include "programme/period_id.hpp"
#include "support/draw.hpp"
#include "support/owing_programme.hpp"
#include "support/store.hpp"

/// An office that keeps a register of obligations, for tests of everything that reads or writes it.
namespace phoihop::test {

using Land = std::shared_ptr<const units::Territory>;
using namespace obligations;

inline constexpr UserId centre{1};
inline constexpr UserId officer{2};

inline programme::PeriodName period(std::string_view text)
{
    return programme::parse_period(text).value();
}

/// A database with the small owing programme, a drawn territory and a live register.
struct Office {
    explicit Office(Land drawn) : land(std::move(drawn))
    {
        books.reload();
        fresh.writer().add_follower(books, store::Writer::Delivery::before_answer);
    }

    Result<Opening> open(std::string_view name, Date today = day(2026, 12, 31))
    {
        return open_period(fresh.writer(), *programme, *land, period(name), centre, today);
    }

    Result<Counted> report(std::string_view unit, std::string_view in, Date on, std::int64_t version = 1)
    {
        return fresh.writer().run([&](store::WriteContext& context) {
            return claim(context, programme->id, "activity", programme::id_of(period(in)), named(land, unit), version,
                         on, officer);
        });
    }

    Result<Counted> follow(std::string_view unit, std::string_view in, EventKind kind, Date on)
    {
        return fresh.writer().run([&](store::WriteContext& context) {
            return follow_report(context, programme->id, "activity", programme::id_of(period(in)), named(land, unit), 1,
                                 kind, on, centre, "vì sao");
        });
    }

    PassedOn sweep(Date on)
    {
        return fresh.writer()
            .run([&](store::WriteContext& context) { return pass_on(context, *programme, *land, on, centre); })
            .value();
    }

    ObligationId id(std::string_view unit, std::string_view in, std::string_view subject)
    {
        ObligationId answer;
        fresh.read([&](store::Connection& connection) {
            const auto row = ObligationStore::find(connection, programme->id, programme::id_of(period(in)), subject,
                                                   named(land, unit));
            if (row) answer = row->id;
        });
        return answer;
    }

    /// "claimed done", from the live books; "-" when the unit owes no such thing.
    std::string state(std::string_view unit, std::string_view in, Date on, std::string_view subject = "activity")
    {
        std::string text = "-";
        books.read([&](const Books& all, std::int64_t) {
            const Column* column = all.column(programme->id, programme::id_of(period(in)), subject);
            const Entry* entry = column == nullptr ? nullptr : column->of(named(land, unit));
            if (entry == nullptr) return;
            const State stands = all.state(*entry, on);
            text = std::string(word(stands.progress)) + " " + std::string(word(stands.timing));
        });
        return text;
    }

    Act act(ObligationId obligation, std::string note = "") const
    {
        return {obligation, officer, day(2015, 6, 1), {}, std::move(note)};
    }

    template <class Use>
    auto run(const Use& use)
    {
        return fresh.writer().run(use);
    }

    /// Whole books against the store.
    std::size_t differences() { return books.differences(10).size(); }

    std::shared_ptr<const programme::Programme> programme = test::owing_programme();
    Land land;
    test::FreshDatabase fresh;
    Register books{fresh.database()};
};

}  // namespace phoihop::test
