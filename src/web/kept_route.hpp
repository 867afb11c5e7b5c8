// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rollup/snapshot.hpp"
#include "web/services.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace phoihop::web {

/// The whole body of an answer to a question about figures.
struct Computed {
    std::string bytes;
    std::string type = "application/json";
};

using Compute = std::function<Result<Computed>(Call&, const rollup::Snapshot&)>;

/// GET routes of a programme whose answer follows from the snapshot, units and programmes, the register, the asker's
/// rights, the day and these fields of the query alone. What was computed once is answered on the connection's thread
/// until one of them changes; its ETag names version and scope.
class KeptRoute {
public:
    KeptRoute(Services& services, std::vector<std::string_view> fields, Compute compute)
        : m_services(services), m_fields(std::move(fields)), m_compute(std::move(compute))
    {
    }

    /// The answer that is there already for the present version and rights, or nothing. Never waits.
    [[nodiscard]] std::optional<http::Response> at_once(const http::Request& request) const;
    /// The same, computed where it is not there.
    [[nodiscard]] Result<http::Response> answer(Call& call) const;

private:
    [[nodiscard]] std::string question(const http::Request& request, std::string_view scope, Date today) const;

    Services& m_services;
    std::vector<std::string_view> m_fields;
    Compute m_compute;
};

void add_kept_route(http::Router& router, Services& services, std::string pattern, std::vector<std::string_view> fields,
                    Compute compute);

/// ?measure=, received where it is left out.
[[nodiscard]] Result<rollup::Measure> measure_of(const Call& call);

}  // namespace phoihop::web
