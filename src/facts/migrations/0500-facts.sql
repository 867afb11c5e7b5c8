-- SPDX-License-Identifier: Apache-2.0
-- A report is one row per version and is never changed (design, section 1). `content` is facts::encode.
create table fact_version (
    programme         integer not null,
    form              integer not null,
    period            integer not null,
    unit              integer not null,
    version           integer not null,
    programme_version integer not null,
    received_on       integer not null,
    at                integer not null,
    actor             integer not null,
    reason            text    not null,
    content           blob    not null,
    primary key (programme, form, period, unit, version)
) strict, without rowid;

-- Which version counts, and where it stands. The only rows of facts that change.
create table fact_current (
    programme integer not null,
    form      integer not null,
    period    integer not null,
    unit      integer not null,
    version   integer not null,
    state     text    not null check (state in ('submitted', 'returned', 'verified', 'locked', 'withdrawn')),
    primary key (programme, form, period, unit)
) strict, without rowid;

-- What happened to a version after it was accepted.
create table fact_event (
    id        integer primary key,
    programme integer not null,
    form      integer not null,
    period    integer not null,
    unit      integer not null,
    version   integer not null,
    state     text    not null,
    at        integer not null,
    actor     integer not null,
    note      text    not null
) strict;
create index fact_event_by_key on fact_event (programme, form, period, unit, id);
