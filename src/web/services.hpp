// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/services.hpp"
#include "http/event_hub.hpp"
#include "http/request.hpp"
#include "http/response.hpp"
#include "http/router.hpp"
#include "instance/instance.hpp"
#include "programme/programme.hpp"
#include "units/find.hpp"
#include "web/answer_cache.hpp"
#include "web/answers.hpp"
#include "web/kept_queues.hpp"
#include "web/presence.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

namespace phoihop::web {

/// Who asks, and what that person may do.
struct Actor {
    UserId id;
    std::string name;
    std::string office;
    accounts::Grants grants;
    bool must_change = false;
    std::string csrf;  ///< "" for an API token, which needs none
};

/// As much of an actor as an answer that is kept needs.
struct Reader {
    UserId id;
    std::string scope;  ///< accounts::scope_key of the grants
};

/// Knows who asks and lets people sign in and out: implemented over `accounts`.
class Door {
public:
    virtual ~Door() = default;
    struct SignedIn {
        Actor actor;
        std::string cookie;  ///< the Set-Cookie header
    };
    virtual Result<SignedIn> sign_in(const http::Request& request, const std::string& name,
                                     const std::string& password) = 0;
    virtual Result<std::string> sign_out(const http::Request& request) = 0;  ///< the Set-Cookie header that ends it
    /// `not_signed_in` without a valid session or token; `not_allowed` for an unsafe method without its CSRF token.
    virtual Result<Actor> actor(const http::Request& request) = 0;
    /// Who reads, from memory alone; nothing when `actor` must be asked, which may wait. Never says yes to somebody to
    /// whom `actor` would say no.
    virtual std::optional<Reader> reader_at_once(const http::Request& request) = 0;
    virtual Result<void> change_password(const http::Request& request, const Actor& actor,
                                         const std::string& old_password, const std::string& new_password) = 0;
    /// Somebody whose session has just been opened (an accepted invitation).
    virtual Result<SignedIn> admit(const http::Request& request, const std::string& session_token) = 0;
    /// The session that the request's cookie names; "" for none.
    virtual std::string session_token(const http::Request& request) = 0;
    virtual const accounts::Services& accounts() = 0;
};

/// What the routes share; made once by `app`.
struct Services {
    instance::Instance& instance;
    Door& door;
    http::EventHub& events;

    AnswerCache answers{};
    KeptQueues queues{};
    Presence presence{};

    std::mutex index_mutex = {};
    std::shared_ptr<const units::Territory> indexed = {};
    std::shared_ptr<const units::UnitIndex> index = {};

    /// By scheme: outlines as they are sent, and of which reading of units.
    std::mutex outlines_mutex = {};
    std::map<std::string, std::pair<std::int64_t, std::shared_ptr<const http::Content>>> outlines = {};

    /// The search index of the present territory, made at its first use.
    [[nodiscard]] Result<std::shared_ptr<const units::UnitIndex>> unit_index();
};

/// One request of somebody who is known, with what nearly every route reads first.
struct Call {
    Services& services;
    const http::Request& request;
    Actor actor;
    std::shared_ptr<const units::Territory> territory;
    std::shared_ptr<const programme::Programme> programme;  ///< null where the path names none
    Date today{};
    Date on{};                     ///< ?on=, else today
    std::int64_t definitions = 0;  ///< which reading of units and programmes these are, or one before them

    [[nodiscard]] Reading reading() const { return {*territory, on}; }
    [[nodiscard]] bool allowed(accounts::Act act, UnitId unit, const std::string& party = {}) const;
    [[nodiscard]] Result<void> demand(accounts::Act act, UnitId unit, const std::string& party = {}) const;
    /// For some unit and some party: what the control of a page or a file without an owner asks.
    [[nodiscard]] bool allowed_somewhere(accounts::Act act) const;
    /// Like `demand`, but what must not be read is as if it were not there.
    [[nodiscard]] Result<void> demand_seen(UnitId unit, const std::string& party, std::string_view what) const;
    [[nodiscard]] Result<UnitId> unit(std::string_view code) const;
    [[nodiscard]] accounts::Actor account() const { return {actor.id, actor.grants, actor.must_change}; }
    [[nodiscard]] accounts::Setting setting() const { return {territory.get(), today}; }
    /// ?name= as a whole number from `min` to `max`.
    [[nodiscard]] Result<std::int64_t> query_number(std::string_view name, std::int64_t otherwise, std::int64_t min,
                                                    std::int64_t max) const;
    /// {id} of the route; `not_found` is left to the caller.
    [[nodiscard]] Result<std::int64_t> id() const;
    [[nodiscard]] std::string query(std::string_view name) const;
};

/// What was read from a parameter, a query or a member; a problem that names no place gets this one.
template <class T>
[[nodiscard]] Result<T> read_at(std::string_view where, Result<T> read)
{
    if (!read && read.error().where.empty()) read.error().where = where;
    return read;
}

using Body = std::function<Result<http::Response>(Call&)>;

/// A handler that finds out who asks, reads the programme of the path, and turns a Problem into its answer.
[[nodiscard]] http::Handler handler(Services& services, Body body);

void add_session_routes(http::Router& router, Services& services);
void add_own_account_routes(http::Router& router, Services& services);
void add_account_routes(http::Router& router, Services& services);
void add_invitation_routes(http::Router& router, Services& services);
void add_audit_routes(http::Router& router, Services& services);
void add_system_routes(http::Router& router, Services& services);
void add_programme_routes(http::Router& router, Services& services);
void add_definition_routes(http::Router& router, Services& services);
void add_unit_routes(http::Router& router, Services& services);
void add_territory_routes(http::Router& router, Services& services);
void add_map_routes(http::Router& router, Services& services);
void add_work_routes(http::Router& router, Services& services);
void add_calendar_routes(http::Router& router, Services& services);
void add_board_routes(http::Router& router, Services& services);
void add_board_act_routes(http::Router& router, Services& services);
void add_report_routes(http::Router& router, Services& services);
void add_batch_routes(http::Router& router, Services& services);
void add_check_routes(http::Router& router, Services& services);
void add_submission_routes(http::Router& router, Services& services);
void add_decision_routes(http::Router& router, Services& services);
void add_figure_routes(http::Router& router, Services& services);
void add_spread_routes(http::Router& router, Services& services);
void add_view_routes(http::Router& router, Services& services);
void add_document_routes(http::Router& router, Services& services);
void add_desk_pages(http::Router& router);

/// All of them.
[[nodiscard]] http::Router routes(Services& services);

/// The unit that an actor works for: the first unit of the grants, else the nation.
[[nodiscard]] UnitId home_of(const Actor& actor, const units::Territory& territory);

}  // namespace phoihop::web
