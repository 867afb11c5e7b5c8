// SPDX-License-Identifier: Apache-2.0
// DuckDB by its npm package, asked line by line by bench/duckdb_peer.cpp:
//   open PATH LAYOUT THREADS              -> ok VERSION
//   areas CSV | reports CSV PERIOD        -> ok          (loading; a csv file each)
//   done                                  -> ok          (checkpoint)
//   ask QUERY PERIOD PROVINCE INDICATOR   -> MILLISECONDS ROWS COLUMNS, then one line of values for each row
// The time ends when every chunk of the answer is there; turning it into JavaScript values or text is not counted.
import {createInterface} from 'node:readline'
import {DuckDBInstance, version} from '@duckdb/node-api'

const indicators = [...Array(60).keys()]
const sums = indicators.map(i => `sum(r.v${i})::bigint`).join(', ')
let connection
let layout
const prepared = new Map()

/** The SQL of a query and which of period, province, indicator it takes. */
function query(name, indicator) {
    const one = `sum(r.v${indicator})::bigint`
    const missing = table => [`select a.commune, a.name, (r.unit is not null)::integer from area a left join
        (select distinct unit from ${table} where period = $1) r using (unit) where a.province = $2 order by a.unit`,
        'period', 'province']
    return {
        wide: {
            Q1: [`select a.province, ${sums} from report r join area a using (unit) where r.period = $1 group by 1`, 'period'],
            Q2: [`select a.commune, ${sums} from report r join area a using (unit) where r.period = $1 and a.province = $2 group by 1`,
                'period', 'province'],
            Q3: [`select a.province, r.period, ${one} from report r join area a using (unit) group by 1, 2`],
            Q4: missing('report'),
            Q6: [`select a.new_province, r.period, ${one} from report r join area a using (unit) group by 1, 2`]
        },
        narrow: {
            Q1: ['select a.province, f.indicator, sum(f.value)::bigint from fact f join area a using (unit) where f.period = $1 group by 1, 2',
                'period'],
            Q2: [`select a.commune, f.indicator, sum(f.value)::bigint from fact f join area a using (unit)
                where f.period = $1 and a.province = $2 group by 1, 2`, 'period', 'province'],
            Q3: ['select a.province, f.period, sum(f.value)::bigint from fact f join area a using (unit) where f.indicator = $1 group by 1, 2',
                'indicator'],
            Q4: missing('fact'),
            Q6: ['select a.new_province, f.period, sum(f.value)::bigint from fact f join area a using (unit) where f.indicator = $1 group by 1, 2',
                'indicator']
        }
    }[layout][name]
}

const csv = path => `read_csv('${path}', header = false, auto_detect = false, delim = ',', nullstr = '',
    columns = {'unit': 'INTEGER', 'period': 'SMALLINT', ${indicators.map(i => `'v${i}': 'BIGINT'`).join(', ')}})`

const commands = {
    async open(path, wanted, threads) {
        layout = wanted
        connection = await (await DuckDBInstance.create(path, {threads})).connect()
        return `ok ${version()}`
    },
    async areas(path) {
        await connection.run(`create table area as select * from read_csv('${path}', header = false, auto_detect = false,
            columns = {'unit': 'INTEGER', 'province': 'INTEGER', 'commune': 'INTEGER', 'new_province': 'INTEGER', 'name': 'VARCHAR'})`)
        await connection.run(layout === 'wide'
            ? `create table report (unit integer, period smallint, ${indicators.map(i => `v${i} bigint`).join(', ')})`
            : 'create table fact (unit integer, period smallint, indicator smallint, value bigint)')
        return 'ok'
    },
    async reports(path) {
        await connection.run(layout === 'wide' ? `insert into report select * from ${csv(path)}`
            : `insert into fact select unit, period, indicator[2:]::smallint, value from
                (unpivot (select * from ${csv(path)}) on ${indicators.map(i => `v${i}`).join(', ')} into name indicator value value)`)
        return 'ok'
    },
    async done() {
        await connection.run('checkpoint')
        return 'ok'
    },
    async ask(name, period, province, indicator) {
        const [sql, ...wanted] = query(name, indicator)
        if (!prepared.has(sql)) prepared.set(sql, await connection.prepare(sql))
        const statement = prepared.get(sql)
        wanted.forEach((each, i) => statement.bindInteger(i + 1, Number({period, province, indicator}[each])))
        const begin = performance.now()
        const result = await statement.run()
        const chunks = await result.fetchAllChunks()
        const ms = performance.now() - begin
        const rows = chunks.flatMap(chunk => chunk.getRows())
        return [`${ms} ${rows.length} ${result.columnCount}`, ...rows.map(row => row.map(cell => cell ?? '-').join('\t'))].join('\n')
    }
}

for await (const line of createInterface({input: process.stdin})) {
    const [name, ...rest] = line.split(' ')
    try {
        console.log(await commands[name](...rest))
    } catch (error) {
        console.log(`failed ${String(error.message).replaceAll('\n', ' ')}`)
    }
}
