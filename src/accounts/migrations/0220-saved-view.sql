-- SPDX-License-Identifier: Apache-2.0
-- What a user of the desk keeps by a name. Not journalled: nothing that anybody else sees follows from it.
create table saved_view (
    id integer primary key,
    user_id integer not null,
    programme integer not null,
    name text not null,
    query text not null,                 -- of the explorer's address, without the "?"
    dashboard integer not null check (dashboard in (0, 1)),
    changed_at integer not null,
    unique (user_id, programme, name)
) strict;
