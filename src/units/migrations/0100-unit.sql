-- SPDX-License-Identifier: Apache-2.0
-- A legal unit for as long as it lives. Ids are given by the program, small and dense; version counts its changes.
create table unit (
    id integer primary key,
    version integer not null
) strict;

-- What it was called and where it stood: days from valid_from up to but not including valid_to.
create table unit_state (
    unit integer not null references unit (id),
    valid_from integer not null,
    valid_to integer not null,
    scheme text not null,
    digits text not null,
    level text not null,
    kind text not null,
    name text not null,
    full_name text not null,
    parent integer,          -- null for the nation
    act text not null,
    primary key (unit, valid_from),
    unique (scheme, digits, valid_from),
    check (valid_from < valid_to)
) strict;

-- Who went on with what, as the legal act words it.
create table succession (
    from_unit integer not null references unit (id),
    to_unit integer not null references unit (id),
    on_day integer not null,
    land text not null,
    people text not null,
    default_heir integer not null,  -- 1: the act itself gives all the people to one heir
    act text not null,
    primary key (from_unit, to_unit, on_day)
) strict;

-- A person's choice of heir where the act names none: only added to; the last version of a unit counts.
create table heir_choice (
    from_unit integer not null references unit (id),
    version integer not null,
    to_unit integer references unit (id),  -- null: the choice before is withdrawn
    decided_on integer not null,
    act text not null,
    actor integer not null,
    at integer not null,
    primary key (from_unit, version)
) strict;

-- Other spellings met in official lists.
create table unit_alias (
    unit integer not null references unit (id),
    alias text not null,
    source text not null,
    primary key (unit, alias, source)
) strict;
