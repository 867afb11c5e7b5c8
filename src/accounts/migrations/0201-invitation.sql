-- SPDX-License-Identifier: Apache-2.0
-- A place that is offered by a link. Whoever opens it chooses login and password and gets the grant.
create table invitation (
    id integer primary key,
    token_hash blob not null unique,     -- BLAKE2b-256: a copy of the database opens no invitation
    name text not null,                  -- of the office
    role text not null,
    programme integer not null,          -- as in grant_
    party text not null,
    unit integer not null,
    invited_by integer not null,         -- whose right to give the grant counts when the link is opened; 0 = the program
    created_at integer not null,
    expires_at integer not null,
    state text not null check (state in ('open', 'accepted', 'withdrawn')),
    user_id integer not null             -- who came; 0 = nobody yet
) strict;
