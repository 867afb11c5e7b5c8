// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/account_store.hpp"
#include "http/site.hpp"
#include "obligations/open_period.hpp"
#include "store/writer.hpp"
#include "support/case_door.hpp"
#include "support/small_instance.hpp"

#include <memory>
#include <stdexcept>
#include <string>

namespace phoihop::test {

/// A server without sockets on a fresh database: the small country, the programme of tests/cases/web/small.yaml, the
/// standing characters, and a clock that stands at ten o'clock of 2 October 2026 until it is set.
class CaseWorld {
public:
    CaseWorld()
    {
        m_instance = small_instance(m_clock);
        m_land = m_instance->territory().value();
        m_door = std::make_unique<CaseDoor>(*m_instance, *m_land);
        for (const web::Actor& actor : m_door->characters()) add_account(actor);
        m_services.reset(new web::Services{*m_instance, *m_door, m_events});
        m_site = std::make_unique<http::Site>(web::routes(*m_services), m_clock);
    }

    void set_today(Date today) { m_clock.set(Instant(today) + std::chrono::hours{3}); }

    void open_period(std::string_view name)
    {
        const auto opened =
            obligations::open_period(m_instance->writer(), *m_instance->programme("small").value(), *m_land,
                                     programme::parse_period(name).value(), UserId{}, m_instance->today());
        if (!opened) throw std::runtime_error("cannot open " + std::string(name));
    }

    /// What the actor sends: with the own cookie and CSRF token unless the request has another, and "File: name" as a
    /// form with the body as that file.
    [[nodiscard]] http::Delivery exchange(http::Request request, const std::string& actor = {}) const
    {
        if (request.header("Host").empty()) request.headers.push_back({"Host", "localhost"});
        if (!actor.empty()) {
            request.headers.push_back({"Cookie", "phoihop=" + actor});
            if (request.header_count("X-CSRF-Token") == 0) request.headers.push_back({"X-CSRF-Token", "csrf-" + actor});
        }
        if (const std::string name(request.header("File")); !name.empty()) {
            request.headers.push_back({"Content-Type", "multipart/form-data; boundary=cases"});
            request.body = "--cases\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name +
                           "\"\r\n\r\n" + request.body + "\r\n--cases--\r\n";
        } else if (!request.body.empty()) {
            request.headers.push_back({"Content-Type", "application/json"});
        }
        request.id = "case";
        request.address = "127.0.0.1";
        return m_site->exchange(std::move(request));
    }

    [[nodiscard]] const http::Router& router() const { return m_site->router(); }

private:
    /// Their names stand in `accounts`, where answers look for them.
    void add_account(const web::Actor& actor)
    {
        accounts::User user;
        user.login = actor.name;
        user.name = actor.office;
        const auto kept = m_instance->writer().run([&](store::WriteContext& context) -> Result<UserId> {
            PHOIHOP_TRY(id, accounts::insert_user(context, UserId{}, user, "no password"));
            for (const accounts::Grant& grant : actor.grants.list)
                static_cast<void>(accounts::insert_grant(context, id, grant));
            accounts::insert_session(context, accounts::token_hash(actor.name), id, {}, 20);
            return id;
        });
        if (!kept || *kept != actor.id) throw std::runtime_error("no account for " + actor.name);
    }

    FixedClock m_clock{Instant(day(2026, 10, 2)) + std::chrono::hours{3}};
    http::EventHub m_events;
    std::unique_ptr<instance::Instance> m_instance;
    std::shared_ptr<const units::Territory> m_land;
    std::unique_ptr<CaseDoor> m_door;
    std::unique_ptr<web::Services> m_services;
    std::unique_ptr<http::Site> m_site;
};

}  // namespace phoihop::test
