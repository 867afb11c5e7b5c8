// SPDX-License-Identifier: Apache-2.0
// The bars of docs/benchmarks.md, as ratios inside one run. `measured(run)` answers what we have, what it is compared
// with, and the ratio; undefined where the run did not measure it. A ratio must be at least `atLeast` or at most `atMost`.
// `stretch` is what a throwaway prototype of the design reached.

export const median = values => values.length === 0 ? undefined : [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

/** The median of answer + JSON, in milliseconds. */
export function total(run, peer, query) {
    const measured = run.peers[peer]?.queries[query]
    return measured && median(measured.answer_ms.map((ms, i) => ms + measured.json_ms[i]))
}

const milliseconds = ms => ms >= 100 ? `${ms.toFixed(0)} ms` : ms >= 1 ? `${ms.toFixed(2)} ms` : `${(ms * 1000).toFixed(1)} µs`
const microseconds = us => milliseconds(us / 1000)
const perSecond = rate => `${Math.round(rate).toLocaleString('en')} reports/s`

/** ours and theirs as numbers and a way to print them; nothing when one is missing. */
function compare(ours, theirs, print, ratio) {
    if (!Number.isFinite(ours) || !Number.isFinite(theirs)) return undefined
    return {ours: print(ours), theirs: print(theirs), ratio: ratio(ours, theirs)}
}
const faster = (ours, theirs) => theirs / ours
const more = (ours, theirs) => ours / theirs

const query = (bar, text, name, peer, atLeast, stretch) => ({
    bar, text, against: peer, atLeast, stretch,
    measured: run => compare(total(run, 'ours', name), total(run, peer, name), milliseconds, faster)
})
const write = (bar, text, ours, theirs, against, atLeast, stretch) => ({
    bar, text, against, atLeast, stretch,
    measured: run => compare(run.writes[ours], run.writes[theirs], perSecond, more)
})
const wait = (text, name, atMost, stretch) => ({
    bar: 'B5', text, against: 'a bare fdatasync before each', atMost, stretch,
    measured: run => compare(run.writes[`${name}_one_p50_us`], run.writes[`${name}_one_fdatasync_us`], microseconds, (a, b) => a / b)
})
const beside = (text, name, share, atMost) => ({
    bar: 'B6', text, against: `the same with nobody writing`, atMost, stretch: '',
    measured: run => compare(run.writes[`${name}_table_busy_${share}_ms`], run.writes[`${name}_table_idle_${share}_ms`],
        milliseconds, (a, b) => a / b)
})
/** A share of what one thread reads from memory in the same run. */
const bandwidth = (bar, text, bytes, seconds, atLeast, stretch) => ({
    bar, text, against: 'memory read by one thread', atLeast, stretch,
    measured: run => compare(bytes(run) / seconds(run) / 1e9, run.limits.read_1_gb_s, gb => `${gb.toFixed(2)} GB/s`, more)
})
const extra = name => run => run.peers.ours?.extras[name] ?? NaN

/** Over HTTP on loopback: the shipped program, table of 63 provinces of the demonstration. */
const http = (bar, text, ours, theirs, against, limit, stretch, print = microseconds) => ({
    bar, text, against, ...limit, stretch,
    measured: run => compare(run.http?.[ours], theirs(run), print, limit.atLeast !== undefined ? faster : (a, b) => a / b)
})
const measuredToo = name => run => run.http?.[name]

export const bars = [
    query('B1', 'national table, 63 × 60, answer + JSON', 'Q1', 'duckdb-wide', 300, '581–801'),
    query('B1', 'national table, 63 × 60, answer + JSON', 'Q1', 'sqlite-summary', 10, '19–28'),
    query('B1', 'national table, 63 × 60, answer + JSON', 'Q1', 'postgresql-narrow', 15000, '33,000'),
    {
        bar: 'B1', text: 'as a server writes it, with n and m of every figure', against: 'duckdb-wide without them', atLeast: 300,
        stretch: '',
        measured: run => compare(extra('q1_as_served_ms')(run), total(run, 'duckdb-wide', 'Q1'), milliseconds, faster)
    },
    http('B1', 'the demonstration’s table over HTTP keep-alive, computed for each request', 'computed_us',
        run => total(run, 'duckdb-wide', 'Q1') * 1000, 'duckdb-wide in process', {atLeast: 80}, ''),
    http('B1', 'the same when its bytes are kept, compressed', 'packed_us', measuredToo('bare_us'),
        'a bare round trip of 64 bytes', {atMost: 1.5}, ''),
    query('B2', 'communes of a province × 60', 'Q2', 'duckdb-wide', 50, '89–171'),
    query('B2', 'communes of a province × 60', 'Q2', 'sqlite-summary', 12, '21–32'),
    query('B3', 'time series, 64 × 40', 'Q3', 'duckdb-wide', 1000, '1,795–2,596'),
    query('B3', 'time series, 64 × 40', 'Q3', 'sqlite-summary', 70, '119–173'),
    query('B4', 'completeness with the names of the missing', 'Q4', 'duckdb-narrow', 1500, '3,450'),
    wait('one client on SQLite, at the server’s call', 'ours_sqlite', 3, '1.5'),
    wait('one client on PostgreSQL', 'ours_postgresql', 4, '2.5'),
    write('B6', '64 clients on PostgreSQL', 'ours_postgresql_64_reports_s', 'postgresql_own_reports_s',
        'PostgreSQL, a transaction each: the current row and a row of the change log', 7, '11'),
    write('B6', '64 clients on PostgreSQL', 'ours_postgresql_64_reports_s', 'postgresql_own_row_reports_s',
        'PostgreSQL, a transaction each: one row appended, nothing else', 7, ''),
    write('B6', '64 clients on SQLite', 'ours_sqlite_64_reports_s', 'sqlite_summary_group_reports_s',
        'SQLite summary rows, group commit', 20, '24–61'),
    write('B6', 'three processes on one PostgreSQL together, 64 clients', 'ours_postgresql_processes_3_reports_s',
        'ours_postgresql_processes_1_reports_s', 'one process alone', 1, ''),
    beside('national table beside 64 clients on PostgreSQL, p50', 'ours_postgresql', 'p50', 1.3),
    beside('national table beside 64 clients on PostgreSQL, p99', 'ours_postgresql', 'p99', 4),
    {
        bar: 'B7', text: 'series on the other kept map, 35 × 40, a cell', against: 'a cell of the time series (B3)', atMost: 1.3,
        stretch: '',
        measured: run => compare(total(run, 'ours', 'Q6') / (35 * 40), total(run, 'ours', 'Q3') / (64 * 40),
            ms => `${(ms * 1e6).toFixed(1)} ns`, (a, b) => a / b)
    },
    bandwidth('B7', 'a whole new map of 40 quarters, counted by the figures summed (8 bytes each)',
        run => extra('values')(run) * 8, extra('new_map_s'), 0.4, ''),
    bandwidth('B7', 'the same time, counted by the communes’ sums, from which the prototype made it', run => run.communes * 60 * 40 * 8,
        extra('new_map_s'), 0.4, '0.66'),
    write('B8', 'many reports durable, on PostgreSQL', 'ours_postgresql_bulk_reports_s', 'postgresql_narrow_bulk_reports_s',
        'PostgreSQL narrow', 30, '62'),
    {
        bar: 'B8', text: 'many reports durable, on PostgreSQL', against: 'duckdb-wide, from CSV', atLeast: 0.8, stretch: '1.5',
        measured: run => compare(run.writes.ours_postgresql_bulk_reports_s,
            run.peers.ours?.extras.reports / run.peers['duckdb-wide']?.load_s, perSecond, more)
    },
    {
        bar: 'B9', text: 'first answer (B1’s table and JSON) in a fresh process that opens the cube’s file', against: '1 ms',
        atMost: 30, stretch: '7.4',
        measured: run => compare(extra('first_answer_ms')(run), 1, milliseconds, (a, b) => a / b)
    },
    write('B9', 'start from PostgreSQL without a snapshot', 'ours_postgresql_start_reports_s', 'postgresql_narrow_bulk_reports_s',
        'loading PostgreSQL narrow', 10, '13–25'),
    {
        bar: 'B10', text: 'a value in the leaves', against: '1 byte', atMost: 1.7, stretch: '1.55',
        measured: run => compare(run.peers.ours?.extras.leaf_bytes / run.peers.ours?.extras.values, 1,
            bytes => `${bytes.toFixed(2)} B`, (a, b) => a / b)
    },
    {
        bar: 'B10', text: 'an inner cell of a kept map', against: '1 byte', atMost: 12, stretch: '12',
        measured: run => compare(extra('sum_bytes')(run) / extra('inner_cells')(run), 1, bytes => `${bytes.toFixed(2)} B`, (a, b) => a / b)
    },
    {
        bar: 'B10', text: 'the whole cube in memory (all of 216 million values)', against: '1 GB', atMost: 0.9, stretch: '0.66',
        measured: run => run.scale === 1 ? compare(run.peers.ours?.extras.resident_bytes / 1e9, 1,
            gb => `${gb.toFixed(2)} GB`, (a, b) => a / b) : undefined
    },
    bandwidth('B11', 'all sums anew from the leaves (8 bytes a value)', run => extra('values')(run) * 8, extra('resum_s'),
        0.4, '0.38–0.57'),
    http('B13', 'processor time of a kept answer', 'cached_cpu_us', measuredToo('cached_nginx_cpu_us'), 'nginx, the same bytes as a file',
        {atMost: 1.5}, '1.2–1.75'),
    http('B13', 'processor time of a kept answer, compressed', 'packed_cpu_us', measuredToo('packed_nginx_cpu_us'),
        'nginx, the same bytes as a file', {atMost: 1.5}, '1.2–1.75'),
    http('B13', 'processor time of an answer by a handler', 'handled_cpu_us', measuredToo('handled_nginx_cpu_us'),
        'nginx, the same bytes as a file', {atMost: 2.5}, ''),
    http('B13', 'memory of an idle connection, of 3,000', 'idle_bytes', () => 1024, '1 KB', {atMost: 6}, '',
        bytes => `${Math.round(bytes)} B`),
    http('B13', 'a head of one byte a second is cut after', 'head_dripped_s', () => 15, 'the deadline', {atMost: 1.1}, '',
        seconds => `${seconds.toFixed(1)} s`),
    http('B13', 'a body of one byte a second is cut after', 'body_dripped_s', () => 15, 'the deadline', {atMost: 1.1}, '',
        seconds => `${seconds.toFixed(1)} s`)
]

/** The rows of the result table that the run measured. */
export function judge(run) {
    return bars.flatMap(bar => {
        const found = bar.measured(run)
        if (!found) return []
        const holds = bar.atLeast !== undefined ? found.ratio >= bar.atLeast : found.ratio <= bar.atMost
        return [{...bar, ...found, holds, run: run.run}]
    })
}

export const key = row => `${row.bar} ${row.text} against ${row.against}`

/** How much worse than the kept ratio a run may be: machines are shared, and ratios move less than times do. */
export const tolerance = 0.6

/** Rows whose ratio fell behind the kept ones, one line each. */
export function regressions(rows, kept) {
    return rows.flatMap(row => {
        const before = kept[key(row)]
        if (before === undefined) return []
        const worse = row.atLeast !== undefined ? row.ratio < before * tolerance : row.ratio > before / tolerance
        return worse ? [`${key(row)}: ${row.ratio.toPrecision(3)}, kept ${before.toPrecision(3)}`] : []
    })
}
