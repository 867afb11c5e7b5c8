-- SPDX-License-Identifier: Apache-2.0
-- Who may do what. The only place where people have names; everywhere else they are numbers.
create table user_ (                     -- "user" is a word of PostgreSQL's own
    id integer primary key,
    version integer not null,            -- counts the journalled changes, grants and tokens included
    login text not null unique,          -- folded: what is typed at sign-in, without regard to case
    name text not null,                  -- of the person or office, as it is shown
    password_hash text not null,         -- argon2id with its salt and cost; '' = nobody can sign in
    disabled integer not null check (disabled in (0, 1)),
    demonstration integer not null check (demonstration in (0, 1)),
    must_change integer not null check (must_change in (0, 1)),
    created_at integer not null
) strict;

create table grant_ (
    id integer primary key,
    user_id integer not null references user_ (id),
    role text not null,
    programme integer not null,          -- 0 = all
    party text not null,                 -- '' = all
    unit integer not null,               -- with its subtree; 0 = everywhere
    unique (user_id, role, programme, party, unit)
) strict;

create table session (
    token_hash blob primary key,         -- BLAKE2b-256: a copy of the database opens no session
    user_id integer not null references user_ (id),
    created_at integer not null,
    seen_at integer not null             -- to within a few minutes
) strict;
create index session_by_user on session (user_id);

create table api_token (
    id integer primary key,
    token_hash blob not null unique,
    user_id integer not null references user_ (id),
    label text not null,                 -- what its owner calls it
    acts text not null,                  -- what it is good for, at most
    created_at integer not null,
    expires_at integer not null,
    revoked integer not null check (revoked in (0, 1))
) strict;
create index api_token_by_user on api_token (user_id);
