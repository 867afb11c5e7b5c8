-- SPDX-License-Identifier: Apache-2.0
-- The secret address under which a calendar program reads what an account's unit owes: at most one of each account.
create table calendar_address (
    user_id integer primary key references user_ (id),
    key_hash blob not null unique,       -- BLAKE2b-256: a copy of the database opens no calendar
    created_at integer not null
) strict;
