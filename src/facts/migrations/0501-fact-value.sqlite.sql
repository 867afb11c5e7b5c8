-- SPDX-License-Identifier: Apache-2.0
-- Each version is decoded once into a text of fixed widths, from which its figures are cut: SQLite has no lateral joins,
-- and its functions for JSON are not for schemas that are not trusted. The grouping keeps the text from being made anew
-- for every figure, and lets conditions on the key through.
create view fact_value as
with recursive digit (n) as (select 0 union all select n + 1 from digit where n < 63)
select programme, form, period, unit, version, cast(substr(figures, (a.n * 64 + b.n) * 24 + 1, 4) as integer) as cell,
       cast(substr(figures, (a.n * 64 + b.n) * 24 + 5, 20) as integer) as value
from (select programme, form, period, unit, version, (
    with recursive
    -- One row for each byte of a number: version and nil flag (part 0), count of cells (1), figures (2 …).
    step (at, b, part, acc, shift) as (
        select 2, instr('123456789ABCDEF', substr(hex(substr(v.content, 2, 1)), 1, 1)) * 16 + instr('123456789ABCDEF', substr(hex(substr(v.content, 2, 1)), 2, 1)), 0, 0, 0
        union all
        select at + 1 + case when part = 1 and b < 128 then ((acc | (b << shift)) + 7) / 8 else 0 end,
               instr('123456789ABCDEF', substr(hex(substr(v.content, at + 1 + case when part = 1 and b < 128 then ((acc | (b << shift)) + 7) / 8 else 0 end, 1)), 1, 1)) * 16 + instr('123456789ABCDEF', substr(hex(substr(v.content, at + 1 + case when part = 1 and b < 128 then ((acc | (b << shift)) + 7) / 8 else 0 end, 1)), 2, 1)),
               part + (b < 128),
               case when b < 128 then 0 else acc | ((b & 127) << shift) end,
               case when b < 128 then 0 else shift + 7 end
        from step
        where at + 1 + case when part = 1 and b < 128 then ((acc | (b << shift)) + 7) / 8 else 0 end <= length(v.content)
    ),
    number (part, raw, after) as (select part, acc | (b << shift), at + 1 from step where b < 128),
    cell (cell, cells, bits) as (
        select 0, raw, after from number where part = 1 and raw > 0
        union all
        select cell + 1, cells, bits from cell where cell + 1 < cells
    ),
    filled (cell, part) as (
        select cell, row_number() over (order by cell) + 1 from cell
        where ((instr('123456789ABCDEF', substr(hex(substr(v.content, bits + cell / 8, 1)), 1, 1)) * 16 + instr('123456789ABCDEF', substr(hex(substr(v.content, bits + cell / 8, 1)), 2, 1))) >> (cell % 8)) & 1 = 1
    ),
    -- Figures and filled cells come in the same order; grouping lays them side by side faster than a join.
    figure (cell, raw) as (
        select max(cell), max(raw)
        from (select part, null as cell, raw from number where part > 1 union all select part, cell, null from filled)
        group by part
    )
    select group_concat(printf('%4d%20d', cell, case when raw & 1 = 0 then (raw >> 1) & 9223372036854775807
                                                    else ~((raw >> 1) & 9223372036854775807) end), '')
    from figure
) as figures from fact_version v group by programme, form, period, unit, version)
cross join digit a on a.n * 64 * 24 < length(figures) cross join digit b on (a.n * 64 + b.n) * 24 < length(figures);
