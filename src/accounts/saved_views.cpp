// SPDX-License-Identifier: Apache-2.0
#include "accounts/saved_views.hpp"

#include "accounts/saved_view_store.hpp"

#include <algorithm>

namespace phoihop::accounts {
namespace {

Result<void> check(const SavedView& view)
{
    if (view.name.empty()) return refuse(ProblemCode::missing, "name", {{"what", "name"}});
    if (view.name.size() > view_name_size_max)
        return refuse(ProblemCode::too_large, "name", {{"limit", std::to_string(view_name_size_max)}});
    if (view.query.size() > view_query_size_max)
        return refuse(ProblemCode::too_large, "query", {{"limit", std::to_string(view_query_size_max)}});
    // It becomes part of an address: nothing but what an encoded query is made of.
    constexpr std::string_view allowed =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~%!$&'()*+,;=:@/?|";
    if (view.query.find_first_not_of(allowed) != std::string::npos)
        return refuse(ProblemCode::malformed, "query", {{"expected", "query"}});
    return {};
}

}  // namespace

std::vector<SavedView> saved_views(store::Connection& connection, UserId user, ProgrammeId programme)
{
    return views_of(connection, user, programme);
}

Result<SavedView> keep_view(store::Writer& writer, UserId user, ProgrammeId programme, SavedView view)
{
    PHOIHOP_CHECK_OK(check(view));
    return writer.run([&](store::WriteContext& context) -> Result<SavedView> {
        const auto kept = views_of(context.connection(), user, programme);
        const bool known = std::ranges::any_of(kept, [&](const SavedView& one) { return one.name == view.name; });
        if (!known && kept.size() >= saved_views_max)
            return refuse(ProblemCode::too_large, "views", {{"limit", std::to_string(saved_views_max)}});
        view.id = put_view(context, user, programme, view);
        return view;
    });
}

Result<void> drop_view(store::Writer& writer, UserId user, SavedViewId id)
{
    return writer.run([&](store::WriteContext& context) -> Result<void> {
        if (!delete_view(context, user, id))
            return refuse(ProblemCode::not_found, "view", {{"found", std::to_string(id.value)}});
        return {};
    });
}

}  // namespace phoihop::accounts
