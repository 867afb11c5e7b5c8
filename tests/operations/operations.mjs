// SPDX-License-Identifier: Apache-2.0
// operations.mjs PROGRAM ROOT FOLDER BIN: the failures of docs/operations.md, each made to happen to databases of their own.
// Started by tests/operations/run, which cleans up.
import assert from 'node:assert/strict'
import {execFileSync} from 'node:child_process'
import {existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync} from 'node:fs'
import {add_person, call, cut_units, Draw, figures, must, pause, Program, psql, Server, Unanswered} from '../support/served.mjs'

const [path, root, folder, bin] = process.argv.slice(2)
const program = new Program(path, folder)
const draw = new Draw(2027)
const period = '2015-Q1'
const today = '2015-04-03'
const base = '/api/v1/programmes/ctr-09'
const {communes} = cut_units(root, `${folder}/units`, ['12'])

// --- PostgreSQL ----------------------------------------------------------------------------------------------------

const as_owner = process.getuid() === 0 ? ['runuser', '-u', 'postgres', '--'] : []
function owner(...words) {
    const [first, ...rest] = [...as_owner, ...words]
    return execFileSync(first, rest, {cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']})
}
const settings = ['listen_addresses=', 'max_connections=60', 'shared_buffers=32MB', 'wal_level=replica', 'max_wal_senders=5',
    'hot_standby=on', 'wal_receiver_status_interval=1s', 'wal_retrieve_retry_interval=200ms']

class Cluster {
    constructor(name, place = folder) {
        this.home = `${place}/pg-${name}`
        this.data = `${this.home}/data`
        this.name = name
    }
    make_home() {
        mkdirSync(this.home, {recursive: true})
        if (as_owner.length > 0) execFileSync('chown', ['postgres', this.home])
    }
    init() {
        this.make_home()
        owner(`${bin}/initdb`, '-D', this.data, '--wal-segsize=1', '-U', 'phoihop', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync')
        return this
    }
    copy_of(primary) {
        this.make_home()
        owner(`${bin}/pg_basebackup`, '-D', this.data, '-d', `host=${primary.home} user=phoihop application_name=${this.name}`,
            '--write-recovery-conf', '--checkpoint=fast', '--wal-method=stream')
        return this
    }
    start(...more) {
        const options = [...settings, `unix_socket_directories=${this.home}`, ...more].map(one => `-c ${one.replace(/=(.*)/, "='$1'")}`).join(' ')
        owner(`${bin}/pg_ctl`, 'start', '--silent', '--wait', '-D', this.data, '-l', `${this.home}/log`, '-o', options)
        return this
    }
    /** As if the machine had lost its power: nothing is finished, nothing is said to anybody. */
    kill() { owner(`${bin}/pg_ctl`, 'stop', '--silent', '--mode=immediate', '-D', this.data) }
    promote() { owner(`${bin}/pg_ctl`, 'promote', '--silent', '--wait', '-D', this.data) }
    address(database = 'postgres') { return `postgresql://phoihop@/${database}?host=${this.home}` }
    get runs() { return existsSync(`${this.data}/postmaster.pid`) }
    sql(text) { return psql(this.address(), text) }
}

function fill(address) {
    program.run('init', '--db', address)
    program.run('units', 'import', '--db', address, `${folder}/units`)
    program.run('programme', 'load', '--db', address, '--simulated', `${root}/programmes/ctr-09`)
    program.run('period', 'open', '--db', address, '--programme', 'ctr-09', '--period', period, '--today', today)
}

// --- senders -------------------------------------------------------------------------------------------------------

/** What was acknowledged: the last version of each commune's report. */
class Ledger {
    constructor() {
        this.reports = communes.map(code => ({unit: `vn63:${code}`, version: 0}))
        this.acknowledged = 0
        this.ids = 0
        this.run = `op-${Ledger.runs = (Ledger.runs ?? 0) + 1}`
    }
    /** One call; throws when there is no answer, answers the status otherwise. What stayed open is said again. */
    async send(server, person, report) {
        report.open ??= {form: 'bm01', period, unit: report.unit, based_on: report.version, client_id: `${this.run}-${++this.ids}`,
            cells: figures('bm01', draw, this.ids)}
        const answer = await call(server, person, 'POST', `${base}/submissions`, report.open)
        if (answer.status === 200) {
            report.version = answer.body.version
            delete report.open
            this.acknowledged += 1
        }
        return answer.status
    }
    /** Sends until `over()`; what goes wrong is tried again. */
    async keep_sending(server, person, over, senders = 4) {
        await Promise.all(Array.from({length: senders}, async (_, i) => {
            const mine = this.reports.filter((_, at) => at % senders === i)
            let report = draw.of(mine)
            while (!over()) {
                try {
                    const status = await this.send(server, person, report)
                    if (status === 200) report = draw.of(mine)
                    else await pause(50)
                } catch (error) {
                    if (!(error instanceof Unanswered)) throw error
                    await pause(50)
                }
            }
        }))
    }
    /** Acknowledged versions that the database no longer has. */
    async lost(server, person) {
        let lost = 0
        for (const report of this.reports) {
            if (report.version === 0) continue
            const answer = await call(server, person, 'GET', `${base}/reports/bm01/${period}/${report.unit}`)
            const found = answer.status === 200 ? answer.body.versions.length : 0
            lost += Math.max(0, report.version - found)
        }
        return lost
    }
}

function verify(address) {
    const said = program.run('verify', '--db', address)
    assert.match(said, /^differences: 0$/m, said)
}
const until = async (what, fits, within_ms = 20_000) => {
    const end = performance.now() + within_ms
    while (!(await fits())) {
        assert.ok(performance.now() < end, `in vain: ${what}`)
        await pause(50)
    }
}
const answers = async (server, person) => {
    try {
        return (await call(server, person, 'GET', `${base}/reports/bm01/${period}/vn63:${communes[0]}`)).status === 200
    } catch (error) {
        if (error instanceof Unanswered) return false
        throw error
    }
}

// --- primary killed, standby promoted ------------------------------------------------------------------------------

async function failover(kind) {
    const a = new Cluster(`${kind}-a`).init().start()
    fill(a.address())
    const b = new Cluster(`${kind}-b`).copy_of(a).start()
    if (kind === 'sync') {
        a.sql(`alter system set synchronous_standby_names = '"sync-b"'`)
        a.sql('select pg_reload_conf()')
        await until('a synchronous standby', () => a.sql('select sync_state from pg_stat_replication') === 'sync')
    }
    const both = `postgresql://phoihop@/postgres?host=${a.home},${b.home}&target_session_attrs=read-write`
    const server = new Server(program, both, ['--today', today])
    await server.start()
    const person = await add_person(program, a.address(), server, 'tinh', 'unit_officer', 'vn63:12')
    const ledger = new Ledger()
    let over = false
    const sending = ledger.keep_sending(server, person, () => over)
    await until('200 reports', () => ledger.acknowledged >= 200)
    // The line between the two is cut first: an asynchronous primary goes on without its standby.
    const before_cut = ledger.acknowledged
    b.sql("alter system set primary_conninfo = ''")
    b.sql('select pg_reload_conf()')
    await until('a cut line', () => b.sql('select count(*) from pg_stat_wal_receiver') === '0')
    await pause(1000)
    const at_kill = ledger.acknowledged
    a.kill()
    const killed_at = performance.now()
    b.promote()
    if (kind === 'async') {
        await until('a server that ends itself', () => !server.up)
        assert.match(server.log, /the database has lost records/)
        await server.start()
    }
    const more = ledger.acknowledged + 50
    if (kind === 'sync') await until('reports after the failover', () => ledger.acknowledged >= more)
    else await until('answers after the failover', () => answers(server, person))
    const back_ms = performance.now() - killed_at
    over = true
    await sending
    const lost = await ledger.lost(server, person)
    if (kind === 'sync') assert.equal(lost, 0)
    else assert.ok(lost > 0, 'an asynchronous standby lost nothing: the test did not cut the line')
    await server.end()
    verify(b.address())
    console.log(`primary killed, standby promoted (${kind === 'sync' ? 'synchronous' : 'asynchronous'}): ` +
        `${at_kill - before_cut} reports acknowledged while the line was cut, ${lost} of ${ledger.acknowledged} lost, ` +
        `${kind === 'sync' ? 'taken again' : 'answering again'} after ${(back_ms / 1000).toFixed(1)} s`)
    b.kill()
}

// --- server killed -------------------------------------------------------------------------------------------------

async function server_killed(cluster) {
    psql(cluster.address(), 'create database killed')
    const address = cluster.address('killed')
    fill(address)
    const [one, other] = [new Server(program, address, ['--today', today]), new Server(program, address, ['--today', today])]
    await one.start()
    await other.start()
    const person = await add_person(program, address, one, 'tinh', 'unit_officer', 'vn63:12')
    const ledger = new Ledger()
    let over = false
    const sending = ledger.keep_sending(one, person, () => over)
    await until('100 reports', () => ledger.acknowledged >= 100)
    await one.end('SIGKILL')
    over = true
    await sending
    for (const report of ledger.reports) if (report.open) assert.equal(await ledger.send(other, person, report), 200)
    assert.equal(await ledger.lost(other, person), 0)
    await one.start()
    assert.equal(await ledger.lost(one, person), 0)
    await one.end()
    await other.end()
    verify(address)
    console.log(`server killed: ${ledger.acknowledged} acknowledged reports, 0 lost, open ones taken by the other server`)
}

// --- disk full -----------------------------------------------------------------------------------------------------

/** A file system of its own, filled up by a file until `left` bytes are free. */
function small(name, megabytes) {
    const place = `${folder}/${name}`
    mkdirSync(place)
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=777`, 'tmpfs', place])
    return {
        place,
        fill(left) {
            const {bavail, bsize} = statfsSync(place)
            writeFileSync(`${place}/ballast`, Buffer.alloc(Math.max(0, Number(bavail) * bsize - left)))
        },
        clear() { rmSync(`${place}/ballast`, {force: true}) }
    }
}

async function disk_full(what, disk, address, make_room = () => {}) {
    fill(address)
    const server = new Server(program, address, ['--today', today])
    await server.start()
    const person = await add_person(program, address, server, 'tinh', 'unit_officer', 'vn63:12')
    const ledger = new Ledger()
    const statuses = new Set()
    disk.fill(300_000)
    // One after the other until one is not taken, and a few more.
    for (let refused = 0, i = 0; refused < 3; ++i) {
        assert.ok(i < 20_000, 'the disk does not fill up')
        const status = await ledger.send(server, person, ledger.reports[i % ledger.reports.length])
        if (status !== 200) {
            refused += 1
            statuses.add(status)
        }
    }
    const taken = ledger.acknowledged
    assert.equal((await call(server, person, 'GET', '/api/v1/health')).status, 200)
    disk.clear()
    make_room()
    await until('reports taken with room again', async () => await ledger.send(server, person, ledger.reports.find(one => one.open) ?? ledger.reports[0]) === 200)
    for (const report of ledger.reports) if (report.open) assert.equal(await ledger.send(server, person, report), 200)
    assert.equal(await ledger.lost(server, person), 0)
    await server.end()
    verify(address)
    console.log(`disk full (${what}): after ${taken} reports refused with ${[...statuses].join(', ')}, still answering, taken again ` +
        `without a restart, ${ledger.acknowledged} acknowledged, 0 lost`)
}

// --- clock jumped --------------------------------------------------------------------------------------------------

async function clock_jumped() {
    const library = `/usr/lib/${execFileSync('gcc', ['-print-multiarch'], {encoding: 'utf8'}).trim()}/faketime/libfaketimeMT.so.1`
    assert.ok(existsSync(library), 'libfaketime is not installed (script/bootstrap full)')
    const address = `${folder}/clock.db`
    fill(address)
    const offset = `${folder}/offset`
    const server = new Server(program, address, ['--today', today],
        {LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: offset, FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1'})
    writeFileSync(offset, '+0')
    await server.start()
    const person = await add_person({run: (...words) => program.run(...words)}, address, server, 'tinh', 'unit_officer', 'vn63:12')
    const ledger = new Ledger()
    const took = []
    for (const jump of ['+0', '-2h', '+3h', '-1d', '+0']) {
        writeFileSync(offset, jump)
        let done = 0
        for (const report of ledger.reports.slice(0, 20)) done += await ledger.send(server, person, report) === 200 ? 1 : 0
        took.push(`${jump}: ${done}`)
        assert.equal(done, 20, `after a jump to ${jump}`)
    }
    assert.equal(await ledger.lost(server, person), 0)
    const status = (await call(server, person, 'GET', '/api/v1/session')).status
    assert.equal(status, 200, 'a session did not outlive small jumps')
    await server.end()
    verify(address)
    console.log(`clock jumped: reports taken at ${took.join(', ')}; session kept, order and chain by sequence, 0 lost`)
}

// --- reads from a replica ------------------------------------------------------------------------------------------

async function replica() {
    const a = new Cluster('read-a').init().start()
    fill(a.address())
    const b = new Cluster('read-b').copy_of(a).start('log_statement=all')
    const server = new Server(program, a.address(), ['--today', today, '--read-from', b.address()])
    const other = new Server(program, a.address(), ['--today', today])
    await server.start()
    await other.start()
    const person = await add_person(program, a.address(), server, 'tinh', 'unit_officer', 'vn63:12')
    const ledger = new Ledger()
    const snapshots = () => readFileSync(`${b.home}/log`, 'utf8').split('begin isolation level repeatable read').length - 1
    const read = async report => (await must(server, person, 'GET', `${base}/reports/bm01/${period}/${report.unit}`)).body.versions.length
    /** Each report is there as soon as its sender has the answer, and what another server took as soon as this one stands at it. */
    const read_all = async () => {
        for (const report of ledger.reports.slice(0, 40)) {
            assert.equal(await ledger.send(server, person, report), 200)
            assert.equal(await read(report), report.version, 'a sender does not find its own report')
            assert.equal(await ledger.send(other, person, report), 200)
            const head = Number(a.sql('select sequence from journal_head'))
            await until('the other report', async () => (await must(server, person, 'GET', '/api/v1/health')).body.as_of >= head)
            assert.equal(await read(report), report.version, 'a page that was told of a report does not find it')
        }
    }
    const reads = async () => {
        const before = snapshots()
        for (let i = 0; i < 200; ++i) await read(ledger.reports[i % 40])
        return snapshots() - before
    }
    await read_all()
    const fresh = await reads()
    assert.ok(fresh >= 200, `only ${fresh} reads of 200 pages come from a replica that has everything`)
    b.sql('select pg_wal_replay_pause()')
    await read_all()
    assert.equal(await reads(), 0, 'a replica that is behind was read')
    b.sql('select pg_wal_replay_resume()')
    b.kill()
    await read_all()
    await server.end()
    await other.end()
    verify(a.address())
    a.kill()
    console.log(`reads from a replica: ${fresh} for 200 pages, none while it was behind; reports to this server and to another ` +
        'were found at once, also while it was behind and when it was away')
}

await failover('sync')
await failover('async')
const cluster = new Cluster('c').init().start()
await server_killed(cluster)
await replica()
cluster.kill()
const file_disk = small('small-sqlite', 24)
await disk_full('SQLite', file_disk, `${file_disk.place}/d.db`)
const small_disk = small('small-postgresql', 128)
const squeezed = new Cluster('s', small_disk.place).init().start('max_wal_size=8MB', 'min_wal_size=2MB')
await disk_full('PostgreSQL', small_disk, squeezed.address(), () => {
    // Full where its log stands, PostgreSQL ends and cannot recover before there is room: then it is the operator who starts it.
    if (!squeezed.runs) squeezed.start()
})
squeezed.kill()
await clock_jumped()
process.exit(0)
