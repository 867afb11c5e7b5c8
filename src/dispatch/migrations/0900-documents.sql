-- SPDX-License-Identifier: Apache-2.0
-- Official documents: drafts and issued ones, each as the value that its pages are made from.

create table official_document (
    id         integer primary key,
    programme  integer not null,
    kind       text    not null check (kind in ('report', 'nudge')),
    unit       integer not null,  -- whose body issues it
    about      integer not null,  -- the unit that it reports on or is sent to
    party      text    not null,
    body       text    not null,  -- the issuing body's name
    period     integer not null,  -- 0: of no period
    measure    text    not null,
    notation   text    not null,
    year       integer not null,
    number     integer,           -- none until it is given
    state      text    not null check (state in ('draft', 'issued')),
    made_on    integer not null,
    made_at    integer not null,
    made_by    integer not null,
    as_of      integer not null,  -- journal sequence of the figures
    version    integer not null,
    issued_on  integer,
    signer     text    not null,
    content    text    not null,  -- as composed
    edits      text    not null,  -- what an officer put in place of composed passages
    docx       integer references file (id),
    pdf        integer references file (id),
    xlsx       integer references file (id)
) strict;
create index official_document_by_number on official_document (body, notation, year, number);
create index official_document_by_about on official_document (programme, about, period);
create index official_document_by_docx on official_document (docx);
create index official_document_by_pdf on official_document (pdf);
create index official_document_by_xlsx on official_document (xlsx);

-- A figure that a document prints, and where it came from.
create table document_figure (
    document  integer not null references official_document (id),
    key       text    not null,
    indicator text    not null,
    unit      integer not null,
    period    integer not null,
    value     text    not null,
    reported  integer not null,
    expected  integer not null,
    as_of     integer not null,
    primary key (document, key)
) strict;
