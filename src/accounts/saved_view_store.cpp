// SPDX-License-Identifier: Apache-2.0
#include "accounts/saved_view_store.hpp"

namespace phoihop::accounts {

std::vector<SavedView> views_of(store::Connection& connection, UserId user, ProgrammeId programme)
{
    std::vector<SavedView> views;
    connection.query(
        "select id, name, query, dashboard from saved_view where user_id = ? and programme = ? order by id",
        {user.value, programme.value}, [&](const store::Row& row) {
            views.push_back(
                {SavedViewId{row.integer(0)}, std::string(row.text(1)), std::string(row.text(2)), row.integer(3) != 0});
        });
    return views;
}

SavedViewId put_view(store::WriteContext& context, UserId user, ProgrammeId programme, const SavedView& view)
{
    const auto id = context.connection().integer(
        "insert into saved_view (user_id, programme, name, query, dashboard, changed_at) values (?, ?, ?, ?, ?, ?)"
        " on conflict (user_id, programme, name) do update set query = excluded.query,"
        " dashboard = excluded.dashboard, changed_at = excluded.changed_at returning id",
        {user.value, programme.value, view.name, view.query, std::int64_t{view.dashboard ? 1 : 0},
         context.now().time_since_epoch().count()});
    return SavedViewId{id.value()};
}

bool delete_view(store::WriteContext& context, UserId user, SavedViewId id)
{
    return context.connection()
        .integer("delete from saved_view where id = ? and user_id = ? returning id", {id.value, user.value})
        .has_value();
}

}  // namespace phoihop::accounts
