-- SPDX-License-Identifier: Apache-2.0
-- Attachments, once each by their content. A column that refers to one says `references file (id)`: that alone
-- keeps the file from the sweep.
create table file (
    id integer primary key,
    sha256 blob not null unique,
    size integer not null check (size > 0),
    media_type text not null,
    kept_at integer not null,
    complete integer not null check (complete in (0, 1))  -- 1 once every piece is there
) strict;

create table file_piece (
    file integer not null references file (id),
    piece integer not null,
    content blob not null,
    primary key (file, piece)
) strict;
