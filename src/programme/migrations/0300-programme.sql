-- SPDX-License-Identifier: Apache-2.0
-- An instance of a programme is real or simulated from its first row; the flag is never changed.
create table programme (
    id        integer primary key,
    code      text    not null unique,
    simulated integer not null check (simulated in (0, 1)),
    version   integer not null
) strict;

-- Every definition that was ever in force, whole, in its canonical text; never changed. `hash` is its SHA-256.
create table programme_version (
    programme integer not null references programme (id),
    version   integer not null,
    content   text    not null,
    hash      blob    not null,
    loaded_at integer not null,
    loaded_by integer not null,
    primary key (programme, version)
) strict;
