-- SPDX-License-Identifier: Apache-2.0
-- What the sender's own id was answered, so that a call sent twice is counted once.
create table submission_answer (
    client_id text not null primary key,
    programme integer not null,
    form integer not null,
    period integer not null,
    unit integer not null,
    verdict text not null,
    version integer not null,
    received_on integer not null,
    late integer not null,
    at integer not null
) strict, without rowid;

-- What the sender explained at a cell of one version.
create table cell_comment (
    unit integer not null,
    programme integer not null,
    form integer not null,
    period integer not null,
    version integer not null,
    indicator text not null,
    comment text not null,
    primary key (unit, programme, form, period, version, indicator)
) strict, without rowid;

-- Figures typed but not yet sent: one draft for each report and person, kept as typed (texts, not numbers).
create table draft (
    unit integer not null,
    programme integer not null,
    form integer not null,
    period integer not null,
    actor integer not null,
    cells text not null,
    based_on integer not null,
    at integer not null,
    primary key (unit, programme, form, period, actor)
) strict;

-- A typed total of a subtree: never a fact, kept to be compared with the computed one.
create table check_figure (
    unit integer not null,
    programme integer not null,
    period text not null,
    indicator text not null,
    value integer not null,
    actor integer not null,
    at integer not null,
    primary key (unit, programme, period, indicator)
) strict;
