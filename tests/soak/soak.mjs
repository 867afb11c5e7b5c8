// SPDX-License-Identifier: Apache-2.0
// soak.mjs PROGRAM ROOT FOLDER POSTGRESQL CHANGES SEED [FILE]: several servers over one PostgreSQL, for long and roughly.
//
// Eight senders over three servers send, correct and withdraw reports, singly and as files, on time and late (each server
// lives on another day), and the centre verifies and returns them; meanwhile the command line imports provinces whose units
// merge and split, and chooses and withdraws heirs of divided communes; every five seconds one server is killed and
// started anew. Calls without an answer are said again to another server. In the end:
//   - every report has exactly the acknowledged version, state and figures, and the journal exactly as many records of it;
//   - all servers stand at the journal's head and answer everything with the same bytes, on both maps and in both
//     measures, and so does a server that was started only then;
//   - `verify` finds no difference and one unbroken chain, and the nation's sums are those of PostgreSQL's numeric.
// First it looks at live pages: one server tells within a second what another accepted, and a page that was away hears it.
import assert from 'node:assert/strict'
import {createHash} from 'node:crypto'
import {writeFileSync} from 'node:fs'
import {add_person, call, cut_units, Draw, figures, file_form, follow, must, pause, Program, psql, Server, Unanswered} from '../support/served.mjs'

const [path, root, folder, cluster, wanted, seed, out] = process.argv.slice(2)
const seconds_max = Number(process.env.PHOIHOP_SOAK_SECONDS ?? 3600)
const senders = 8
const rivals = 2 // of them: who send files of the same reports, without asking each other
const shared = Number(wanted) > 100_000 ? 600 : 60 // reports
const days = ['2015-04-03', '2015-04-20', '2015-05-20'] // reports are due from the 7th on
const kill_every_ms = 5000
const shake_every_ms = 6000
const period = '2015-Q1'
const base = '/api/v1/programmes/ctr-09'
// Provinces that went through the reform alone; the last ones come while all is running.
const provinces = Number(wanted) > 100_000 ? ['22', '38', '40', '42', '04', '20'] : ['22']
const later = [['12'], ['12', '11']]

const draw = new Draw(seed)
const program = new Program(path, folder)
const address = cluster.replace('/postgres?', '/soak?')
const counts = {changes: 0, sent: 0, in_files: 0, rival: 0, withdrawn: 0, decided: 0, unanswered: 0, refused_busy: 0, kills: 0, unit_changes: 0}

psql(cluster, 'drop database if exists soak with (force)')
psql(cluster, 'create database soak')
const {communes, divided} = cut_units(root, `${folder}/units`, provinces)
program.run('init', '--db', address)
program.run('units', 'import', '--db', address, `${folder}/units`)
program.run('programme', 'load', '--db', address, '--simulated', `${root}/programmes/ctr-09`)
program.run('period', 'open', '--db', address, '--programme', 'ctr-09', '--period', period, '--today', days[0])
const servers = days.map(day => new Server(program, address, ['--today', day]))
for (const server of servers) await server.start()
const officer = await add_person(program, address, servers[0], 'officer', 'unit_officer', 'iso:VN')
const centre = await add_person(program, address, servers[1], 'centre', 'central', 'iso:VN')

// --- live pages ----------------------------------------------------------------------------------------------------

const submission = (report, more) => ({form: report.form, period, unit: report.unit, based_on: report.version,
    client_id: `soak-${++ids}`, ...more})
let ids = 0
let numbers = 0
const reports = communes.flatMap(code => ['bm01', 'bm02'].map(form =>
    ({unit: `vn63:${code}`, form, version: 0, state: 'none', cells: {}, changes: 0})))

async function send_now(server, report) {
    const cells = figures(report.form, draw, ++numbers)
    const answer = await must(server, officer, 'POST', `${base}/submissions`, submission(report, {cells}))
    Object.assign(report, {version: report.version + 1, state: 'submitted', cells, changes: report.changes + 1})
    assert.equal(answer.body.version, report.version, answer.text)
    counts.changes += 1
}

const page = follow(servers[0], centre, 'ctr-09')
const hello = await page.first(one => one.event === 'hello')
const asked_at = performance.now()
await send_now(servers[1], reports[0])
const change = await page.first(one => one.event === 'change' && one.id > hello.id)
const live_ms = change.at - asked_at
assert.ok(live_ms < 1000, `a page of another server heard after ${live_ms} ms`)
page.close()
await servers[0].end('SIGKILL')
await send_now(servers[1], reports[1])
await servers[0].start()
const back = follow(servers[0], centre, 'ctr-09', change.id)
const missed = await back.first(one => one.event !== 'hello' || one.id > change.id)
assert.ok(missed.id > change.id || missed.event === 'reload', JSON.stringify(missed))
back.close()
console.log(`a page open at one server heard of a report to another after ${live_ms.toFixed(0)} ms, and one that was away after its return`)

// --- senders -------------------------------------------------------------------------------------------------------

let over = false
const started = performance.now()

/** Says it until somebody answers; who says it again says the same. */
async function insist(person, method, path, body, fits = status => status < 300) {
    for (let said = 1; ; ++said) {
        const server = draw.of(servers)
        const was_up = server.up
        try {
            const answer = await call(server, person, method, path, body)
            if (fits(answer.status, said)) return answer
            if (answer.status !== 503 && answer.status !== 429) assert.fail(`${method} ${path}: ${answer.status} ${answer.text}`)
            counts.refused_busy += 1
            await pause(200)
        } catch (error) {
            if (!(error instanceof Unanswered)) throw error
            if (was_up) counts.unanswered += 1
            await pause(20)
        }
    }
}

async function send(report) {
    const cells = figures(report.form, draw, ++numbers)
    const answer = await insist(officer, 'POST', `${base}/submissions`, submission(report, {cells}))
    Object.assign(report, {version: report.version + 1, state: 'submitted', cells})
    assert.equal(answer.body.version, report.version, answer.text)
    counts.sent += 1
    return [report]
}

async function withdraw(report) {
    const answer = await insist(officer, 'POST', `${base}/submissions`, submission(report, {withdraw: true, reason: 'Gửi nhầm'}))
    assert.equal(answer.body.verdict, 'withdrawn', answer.text)
    report.state = 'withdrawn'
    counts.withdrawn += 1
    return [report]
}

/** A decision has no id: said again after it was done, it no longer follows from the state. */
async function decide(report, step, state) {
    const body = {step, version: report.version, note: 'Đề nghị xem lại'}
    await insist(centre, 'POST', `${base}/reports/${report.form}/${period}/${report.unit}/decision`, body,
        (status, said) => status < 300 || (said > 1 && status === 409))
    report.state = state
    counts.decided += 1
    return [report]
}

async function send_file(mine) {
    const form = draw.of(['bm01', 'bm02'])
    const some = draw.some(mine.filter(report => report.form === form), 20 + draw.below(180))
    const rows = some.map(() => figures(form, draw, ++numbers))
    const names = Object.keys(rows[0])
    const csv = [['unit', ...names].join(','), ...some.map((report, i) => [report.unit, ...names.map(name => rows[i][name])].join(','))]
    const answer = await insist(officer, 'POST', `${base}/imports?period=${period}&form=${form}`,
        file_form('so-lieu.csv', 'text/csv', csv.join('\n') + '\n'))
    assert.equal(answer.body.refused, 0, answer.text)
    some.forEach((report, i) => Object.assign(report, {version: report.version + 1, state: 'submitted', cells: rows[i]}))
    counts.in_files += some.length
    return some
}

/** What the rivals share, in any order: who comes second corrects the first. */
async function send_rival(theirs) {
    const some = draw.some(theirs, 10 + draw.below(50))
    const rows = some.map(report => figures(report.form, draw, ++numbers))
    const names = Object.keys(rows[0])
    const csv = [['unit', ...names].join(','), ...some.map((report, i) => [report.unit, ...names.map(name => rows[i][name])].join(','))]
    some.forEach((report, i) => (report.sent ??= new Set()).add(JSON.stringify(rows[i])))
    const answer = await insist(officer, 'POST', `${base}/imports?period=${period}&form=${some[0].form}`,
        file_form('so-lieu.csv', 'text/csv', csv.join('\n') + '\n'))
    assert.equal(answer.body.refused, 0, answer.text)
    counts.rival += some.length
    return some
}

function act(mine) {
    if (mine[0].rivals) return send_rival(mine)
    if (draw.below(10) < 3) return send_file(mine)
    const report = draw.of(mine)
    if (report.state === 'submitted')
        return draw.of([() => send(report), () => decide(report, 'verify', 'verified'), () => decide(report, 'return', 'returned'),
            () => withdraw(report)])()
    if (report.state === 'verified') return draw.of([() => send(report), () => decide(report, 'return', 'returned')])()
    return send(report)
}

async function work(mine) {
    while (counts.changes < Number(wanted) && performance.now() - started < seconds_max * 1000) {
        for (const report of await act(mine)) report.changes += 1
        counts.changes = reports.reduce((sum, report) => sum + report.changes, 0)
    }
}

async function kill_now_and_then() {
    for (;;) {
        for (let waited = 0; waited < kill_every_ms && !over; waited += 100) await pause(100)
        if (over) return
        const server = draw.of(servers)
        assert.ok(server.up, `a server ended by itself (${server.ended}):\n${server.log}`)
        await server.end('SIGKILL')
        await server.start()
        counts.kills += 1
    }
}

/** New provinces with their mergers and splits, and heirs of divided communes chosen and taken back. */
async function shake_units() {
    const chosen = new Set()
    const coming = [...later]
    for (let turn = 0; ; ++turn) {
        for (let waited = 0; waited < shake_every_ms && !over; waited += 100) await pause(100)
        if (over && coming.length === 0 && turn > 2) return
        if (coming.length > 0 && turn % 2 === 0) {
            const at = `${folder}/units-${turn}`
            cut_units(root, at, [...provinces, ...coming.shift()])
            await program.start('units', 'import', '--db', address, at)
        } else {
            const [code, heirs] = draw.of([...divided])
            const heir = chosen.has(code) ? [] : ['--to', `vn34:${draw.of(heirs)}`]
            await program.start('units', 'choose-heir', '--db', address, '--from', `vn63:${code}`, ...heir, '--act', '12/QĐ-UBND',
                '--decided-on', '2025-06-30')
            chosen.has(code) ? chosen.delete(code) : chosen.add(code)
        }
        counts.unit_changes += 1
    }
}

for (const report of reports.filter(one => one.form === 'bm01').slice(-shared)) report.rivals = true
/** Report after report in turn, but for what the rivals share. */
const own = reports.filter(report => !report.rivals)
const mine_of = i => i < rivals ? reports.filter(report => report.rivals) : own.filter((_, at) => (at >> 1) % (senders - rivals) === i - rivals)
const beside = [kill_now_and_then(), shake_units()]
const stop = setInterval(() => process.stderr.isTTY && process.stderr.write(`\r${counts.changes} changes, ${counts.kills} kills `), 1000)
await Promise.race([Promise.all(beside), Promise.all(Array.from({length: senders}, (_, i) => work(mine_of(i))))])
over = true
await Promise.all(beside)
clearInterval(stop)
const seconds = (performance.now() - started) / 1000

// --- what must be there --------------------------------------------------------------------------------------------

const head = Number(psql(address, 'select sequence from journal_head'))
async function stands_at_head(server) {
    for (let i = 0; i < 300; ++i) {
        if ((await must(server, centre, 'GET', '/api/v1/health')).body.as_of === head) return
        await pause(100)
    }
    assert.fail(`a server stands at ${(await must(server, centre, 'GET', '/api/v1/health')).text} instead of ${head}`)
}
for (const server of servers) await stands_at_head(server)

// Reports, as acknowledged.
let rival_versions = 0
for (const [at, report] of reports.entries()) {
    if (report.version === 0 && !report.sent) continue
    const {body} = await must(servers[at % servers.length], centre, 'GET', `${base}/reports/${report.form}/${period}/${report.unit}`)
    const cells = Object.fromEntries(Object.entries(body.cells).sort())
    if (report.rivals) {
        assert.ok(report.sent.has(JSON.stringify(cells)), `${report.unit} has figures that nobody sent`)
        rival_versions += body.versions.length
        continue
    }
    assert.deepEqual({version: body.versions.length, state: body.state, cells},
        {version: report.version, state: report.state, cells: report.cells}, `${report.unit} ${report.form}`)
}
// A file of rivals that was said again may count twice: what the other sent came between.
const journalled = Number(psql(address, "select count(*) from journal where subject like 'fact:%'"))
const own_journalled = journalled - rival_versions
assert.equal(own_journalled, own.reduce((sum, report) => sum + report.changes, 0), 'changes in the journal, and acknowledged ones')
assert.ok(rival_versions >= counts.rival, `${rival_versions} versions of the rivals for ${counts.rival} acknowledged`)

// The same bytes from all.
const questions = ['2015-06-30', '2026-06-30'].flatMap(on => ['received', 'verified'].flatMap(measure =>
    ['nation', 'level:province', 'level:commune'].map(units =>
        `${base}/figures?indicator=all&period=${period}&units=${units}&on=${on}&measure=${measure}&format=columns`)))
const fresh = new Server(program, address, ['--today', days[2]])
await fresh.start()
const hashes = []
for (const server of [...servers, fresh]) {
    const hash = createHash('sha256')
    for (const question of questions) {
        const answer = await must(server, centre, 'GET', question)
        assert.equal(answer.body.as_of, head)
        hash.update(answer.text)
    }
    hashes.push(hash.digest('hex'))
}
assert.deepEqual(new Set(hashes).size, 1, `servers answer differently: ${hashes.join(' ')}`)

// PostgreSQL's own sums.
const programme = (await must(fresh, centre, 'GET', base)).body
let compared = 0
for (const [measure, states] of [['received', "'submitted', 'verified', 'locked'"], ['verified', "'verified', 'locked'"]]) {
    const sums = psql(address, `select d.form, d.cell, sum(d.value::numeric) from fact_value d join fact_current c
        using (programme, form, period, unit, version) where c.state in (${states}) group by 1, 2`).split('\n').filter(line => line !== '')
    const {body} = await must(fresh, centre, 'GET', `${base}/figures?indicator=all&period=${period}&units=nation&on=2015-06-30&measure=${measure}`)
    for (const line of sums) {
        const [form, cell, sum] = line.split('|')
        const code = programme.forms.find(one => one.code === `bm0${form}`).cells[Number(cell)].indicator
        const indicator = programme.indicators.find(one => one.code === code)
        if (indicator.over_units !== 'sum') continue
        const figure = body.figures.find(one => one.indicator === code)
        const scaled = figure.value.replace('.', '') // as many decimals as the indicator's scale
        assert.equal(BigInt(scaled), BigInt(sum), `${code}, ${measure}`)
        compared += 1
    }
}
assert.ok(compared > 20, `only ${compared} sums to compare`)
for (const server of [...servers, fresh]) await server.end()
const verified = program.run('verify', '--db', address)
assert.match(verified, /^differences: 0$/m, verified)

const lost = servers.map(server => server.log.split('\n').filter(line => /level=error/.test(line))).flat()
assert.deepEqual(lost, [], 'errors in the logs of the servers')
counts.deadlocks = Number(psql(address, 'select deadlocks from pg_stat_database where datname = current_database()'))
counts.retried_batches = servers.map(server => server.log.split('batch run again').length - 1).reduce((a, b) => a + b)
const result = {...counts, seconds: Number(seconds.toFixed(1)), changes_per_s: Math.round(counts.changes / seconds), journal: head,
    reports: reports.filter(report => report.version > 0).length, sums_compared: compared, live_ms: Math.round(live_ms), hash: hashes[0].slice(0, 16)}
console.log(Object.entries(result).map(([name, value]) => `${name} ${value}`).join(', '))
console.log('all servers and a new one equal byte for byte at one journal position; sums equal to PostgreSQL numeric; verify: differences 0')
if (out) writeFileSync(out, JSON.stringify(result, null, 2) + '\n')
psql(cluster, 'drop database soak with (force)')
process.exit(0)
