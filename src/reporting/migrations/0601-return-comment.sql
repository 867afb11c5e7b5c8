-- SPDX-License-Identifier: Apache-2.0
-- What the office above asked at a cell when it gave a version back. A version is given back once.
create table return_comment (
    unit integer not null,
    programme integer not null,
    form integer not null,
    period integer not null,
    version integer not null,
    indicator text not null,
    comment text not null,
    primary key (unit, programme, form, period, version, indicator)
) strict, without rowid;
