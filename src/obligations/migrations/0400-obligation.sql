-- SPDX-License-Identifier: Apache-2.0
-- The register of obligations. Rows are frozen when their period opens; what happens later is an event.

-- Where the next id comes from. Drawn under this row's lock, so that two processes never draw the same.
create table obligation_head (
    one  integer primary key check (one = 1),
    last integer not null
) strict;
insert into obligation_head (one, last) values (1, 0);

-- A period whose register has been drawn, with its dates as they were then. `period` is programme::id_of.
create table opened_period (
    programme         integer not null,
    period            integer not null,
    programme_version integer not null,
    window_from       integer not null,
    window_to         integer not null,
    opens             integer not null,
    closes            integer not null,
    on_day            integer not null,
    at                integer not null,
    actor             integer not null,
    owed              integer not null,
    primary key (programme, period)
) strict;

-- What is asked of many units in one period: a form or a standing obligation.
create table asked (
    id        integer not null primary key,
    programme integer not null,
    period    integer not null,
    kind      text    not null,
    subject   text    not null,
    party     text    not null,
    unique (programme, period, subject)
) strict;

-- One unit's row. Every key begins with the unit, so that the tables can be sharded by it.
create table obligation (
    unit      integer not null,
    asked     integer not null,
    id        integer not null,
    opens     integer not null,
    due       integer not null,
    closes    integer not null,
    inherited integer not null check (inherited in (0, 1)),  -- 1: made by passing on, not frozen with the register
    primary key (unit, asked)
) strict, without rowid;
create index obligation_by_id on obligation (id);
create index obligation_by_asked on obligation (asked);

-- A unit that ended inside the window and whose part the row covers.
create table obligation_predecessor (
    unit        integer not null,
    obligation  integer not null,
    predecessor integer not null,
    primary key (unit, obligation, predecessor)
) strict, without rowid;

-- A row that was passed on, and the row of an heir that goes on with it.
create table obligation_heir (
    unit       integer not null,
    obligation integer not null,
    heir_unit  integer not null,
    heir       integer not null,
    primary key (unit, obligation, heir)
) strict, without rowid;
create index obligation_heir_by_heir on obligation_heir (heir);

create table obligation_event (
    unit       integer not null,
    obligation integer not null,
    number     integer not null,
    kind       text    not null check (kind in ('claimed', 'evidenced', 'returned', 'excused', 'reopened', 'withdrawn', 'passed_on')),
    on_day     integer not null,
    at         integer not null,
    actor      integer not null,
    note       text    not null,
    version    integer not null,
    primary key (unit, obligation, number)
) strict, without rowid;

-- The decision that an event cites.
create table evidence (
    unit            integer not null,
    obligation      integer not null,
    number          integer not null,
    decision_number text    not null,
    decision_date   integer,
    file            integer references file (id),
    primary key (unit, obligation, number)
) strict;
create index evidence_by_file on evidence (file);
