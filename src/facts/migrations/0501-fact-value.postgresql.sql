-- SPDX-License-Identifier: Apache-2.0
create view fact_value as
select v.programme, v.form, v.period, v.unit, v.version, d.cell, d.value
from fact_version v cross join lateral (
    with recursive
    -- One row for each byte of a number: version and nil flag (part 0), count of cells (1), figures (2 …).
    step (at, b, part, acc, shift) as (
        select 2, get_byte(v.content, 1), 0, 0::bigint, 0
        union all
        select (at + case when part = 1 and b < 128 then ((acc | (b::bigint << shift)) + 7) / 8 else 0 end)::integer + 1,
               get_byte(v.content, (at + case when part = 1 and b < 128 then ((acc | (b::bigint << shift)) + 7) / 8 else 0 end)::integer),
               part + case when b < 128 then 1 else 0 end,
               case when b < 128 then 0 else acc | ((b & 127)::bigint << shift) end,
               case when b < 128 then 0 else shift + 7 end
        from step
        where (at + case when part = 1 and b < 128 then ((acc | (b::bigint << shift)) + 7) / 8 else 0 end)::integer < length(v.content)
    ),
    number (part, raw, after) as (select part, acc | (b::bigint << shift), at + 1 from step where b < 128),
    cell (cell, cells, bits) as (
        select 0::bigint, raw, after from number where part = 1 and raw > 0
        union all
        select cell + 1, cells, bits from cell where cell + 1 < cells
    ),
    filled (cell, part) as (
        select cell, row_number() over (order by cell) + 1 from cell
        where (get_byte(v.content, (bits + cell / 8 - 1)::integer) >> (cell % 8)::integer) & 1 = 1
    )
    select filled.cell, case when raw & 1 = 0 then (raw >> 1) & 9223372036854775807
                             else ~((raw >> 1) & 9223372036854775807) end as value
    from filled join number on number.part = filled.part
) d;
