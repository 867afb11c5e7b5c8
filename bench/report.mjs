// SPDX-License-Identifier: Apache-2.0
// report.mjs RUN [--keep]: judges a run by the bars and compares its ratios with the kept ones (docs/benchmarks.json, by
// scale). Ends with 1 when a ratio fell behind. --keep makes this run the kept one and writes it into docs/benchmarks.md.
import {readFileSync, writeFileSync} from 'node:fs'
import {judge, key, median, regressions, total} from './bars.mjs'

const docs = new URL('../docs/', import.meta.url)
const [path, ...options] = process.argv.slice(2)
const run = JSON.parse(readFileSync(path, 'utf8'))
const kept = JSON.parse(readFileSync(new URL('benchmarks.json', docs), 'utf8'))
const size = run.scale === 1 ? 'full' : run.scale === 0.1 ? 'small' : `scale ${run.scale}`
const queries = ['Q1', 'Q2', 'Q3', 'Q4', 'Q6']

const number = value => value >= 100 ? Math.round(value).toLocaleString('en') : Number(value.toPrecision(3)).toString()
const line = cells => `| ${cells.join(' | ')} |`
const table = (heads, rows) => [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')

const rows = judge(run)
const barTable = table(['bar', 'what', 'ours', 'against', 'theirs', 'ratio', 'bar’s limit', 'stretch', 'holds', 'run'],
    rows.map(row => [row.bar, row.text, row.ours, row.against, row.theirs, number(row.ratio),
        row.atLeast !== undefined ? `≥ ${number(row.atLeast)}` : `≤ ${row.atMost}`, row.stretch || '–', row.holds ? 'yes' : '**no**', row.run]))

const milliseconds = ms => ms === undefined ? '–' : ms < 1 ? ms.toFixed(4) : ms < 100 ? ms.toFixed(2) : ms.toFixed(0)
const json = median(queries.flatMap(query => run.peers.ours?.queries[query]?.json_ms ?? []))
const peerTable = table(['engine', 'version', 'loading, s', 'MB', ...queries.map(query => `${query}, ms`), 'hashes'],
    Object.entries(run.peers).map(([name, peer]) => [name, peer.version, peer.load_s.toFixed(1), (peer.bytes / 1e6).toFixed(0),
        ...queries.map(query => milliseconds(total(run, name, query))),
        peer.differences.length === 0 ? 'equal' : `**${peer.differences.length} differ**`]))
const writeTable = table(['measured', 'value'], Object.entries(run.writes).map(([name, value]) => [name, number(value)]))

const busy = Number(run.load[0].split(' ')[0]) > 1 || run.limits.read_1_gb_s < 8
    ? '**The machine was busy: what is set beside its limits says little.**\n' : ''
const text = `Run ${run.run} (${size}), ${run.date}: ${run.areas.toLocaleString('en')} residential areas, ${run.rounds} rounds, generator
${run.generator}. ${run.machine}. Load average before ${run.load[0]}, after ${run.load[1]}. Memory read
${run.limits.read_1_gb_s.toFixed(1)} GB/s by one thread, ${run.limits.read_2_gb_s.toFixed(1)} by two; pwrite + fdatasync p50 ${run.limits.fdatasync_us.toFixed(0)} µs preallocated,
${run.limits.fdatasync_growing_us.toFixed(0)} µs growing; loopback, one byte there and 64 back, ${run.limits.loopback_us.toFixed(0)} µs.
${busy}
${barTable}

Answer + JSON, median, and what each engine needed (JSON alone ${milliseconds(json)} ms, the same writer for all):

${peerTable}
${Object.keys(run.writes).length === 0 ? '' : `\n${writeTable}\n`}`
console.log(text)

const different = Object.values(run.peers).some(peer => peer.differences.length > 0)
if (different) {
    console.error('Answers differ: nothing of this run counts.')
    process.exit(1)
}
const behind = regressions(rows, kept[size]?.ratios ?? {})
for (const each of behind) console.error(`fell behind: ${each}`)

if (options.includes('--keep')) {
    const page = readFileSync(new URL('benchmarks.md', docs), 'utf8')
    const begin = `<!-- run: ${size} -->`
    const from = page.indexOf(begin)
    const to = page.indexOf('<!-- end of run -->', from)
    if (from < 0 || to < 0) throw new Error(`docs/benchmarks.md has no place for a run of this size (${size})`)
    const ratios = {...kept[size]?.ratios, ...Object.fromEntries(rows.map(row => [key(row), Number(row.ratio.toPrecision(4))]))}
    kept[size] = {run: run.run, date: run.date, ratios}
    writeFileSync(new URL('benchmarks.json', docs), `${JSON.stringify(kept, null, 2)}\n`)
    writeFileSync(new URL('benchmarks.md', docs), `${page.slice(0, from + begin.length)}\n${text}${page.slice(to)}`)
} else if (behind.length > 0) {
    process.exit(1)
}
