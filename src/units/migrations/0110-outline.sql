-- SPDX-License-Identifier: Apache-2.0
-- What a map on a screen is drawn from: the simplified outlines of the provinces of one scheme. version counts their
-- changes, and those of the scheme's inner points.
create table outline (
    scheme text primary key,
    version integer not null,
    topology text not null   -- TopoJSON, WGS84, feature id = digits; '' where only points are known
) strict;

-- A point inside a unit, in millionths of a degree.
create table inner_point (
    scheme text not null references outline (scheme),
    digits text not null,
    latitude integer not null,
    longitude integer not null,
    primary key (scheme, digits)
) strict;
