-- SPDX-License-Identifier: Apache-2.0
-- One row per accepted change, chained by hash. Numbers come from journal_head, under its row lock.
create table journal (
    sequence integer primary key,
    at integer not null,
    actor integer not null,
    verb text not null,
    subject text not null,
    version integer not null,
    salt blob,             -- 16 random bytes; null once the content is purged
    digest blob not null,  -- BLAKE2b-256 of salt and content
    hash blob not null     -- BLAKE2b-256 of the fields above (without the salt) and the hash before
) strict;

create table journal_head (
    one integer primary key check (one = 1),
    sequence integer not null,
    hash blob not null
) strict;
