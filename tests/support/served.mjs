// SPDX-License-Identifier: Apache-2.0
// What tests of served databases share: the program, servers that may be killed, calls that may stay unanswered, people
// who have signed in, small territories cut out of the country's, random numbers that a seed repeats.
import assert from 'node:assert/strict'
import {execFile, execFileSync, spawn} from 'node:child_process'
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {Agent, request} from 'node:http'
import {createInterface} from 'node:readline'

export const password = 'mat khau rieng cua toi 26'
export const pause = ms => new Promise(done => setTimeout(done, ms))

/** mulberry32: the same seed gives the same numbers. */
export class Draw {
    constructor(seed) { this.state = Number(seed) >>> 0 }
    number() {
        this.state = (this.state + 0x6d2b79f5) >>> 0
        let t = Math.imul(this.state ^ (this.state >>> 15), this.state | 1)
        t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296
    }
    below(n) { return Math.floor(this.number() * n) }
    of(list) { return list[this.below(list.length)] }
    some(list, n) {
        const left = [...list]
        const taken = []
        while (taken.length < n && left.length > 0) taken.push(left.splice(this.below(left.length), 1)[0])
        return taken
    }
}

/** The program's command line; throws unless it ends with 0. */
export class Program {
    constructor(path, folder, before = []) { Object.assign(this, {path, folder, before}) }
    run(...words) {
        const [first, ...rest] = [...this.before, this.path, ...words]
        return execFileSync(first, rest, {cwd: this.folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit']})
    }
    start(...words) {
        return new Promise((done, failed) => execFile(this.path, words, {cwd: this.folder, encoding: 'utf8'},
            (error, out, err) => error ? failed(new Error(`${words.join(' ')}: ${err || error.message}`)) : done(out)))
    }
}

export function psql(address, sql) {
    const env = {...process.env, PGOPTIONS: '-c client_min_messages=warning'}
    return execFileSync('psql', ['-qAtX', '-v', 'ON_ERROR_STOP=1', '-d', address, '-c', sql], {encoding: 'utf8', env}).trim()
}

const running = new Set()
process.on('exit', () => running.forEach(child => child.kill('SIGKILL')))

/** A served database. After kill() or end() it can be started again, at another port. */
export class Server {
    constructor(program, address, options = [], env = {}) { Object.assign(this, {program, address, options, env, log: ''}) }
    get up() { return this.port !== undefined }
    async start() {
        const words = [...this.program.before, this.program.path, 'serve', '--db', this.address, '--port', '0', ...this.options]
        const child = spawn(words[0], words.slice(1), {stdio: ['ignore', 'pipe', 'pipe'], env: {...process.env, ...this.env}})
        running.add(child)
        child.stderr.on('data', text => (this.log += text))
        this.gone = new Promise(done => child.on('exit', (status, signal) => {
            running.delete(child)
            this.port = undefined
            this.ended = signal ?? status
            done()
        }))
        this.child = child
        for await (const line of createInterface({input: child.stdout})) {
            this.port = Number(/:(\d+)$/.exec(line)[1])
            return this
        }
        throw new Error(`the server did not start:\n${this.log}`)
    }
    async end(signal = 'SIGTERM') {
        this.port = undefined
        this.child.kill(signal)
        await this.gone
    }
}

/** The connection ended, or never was, before the whole answer was there. */
export class Unanswered extends Error {}

export function call(server, person, method, path, body) {
    const bytes = body === undefined || Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body))
    const headers = {Cookie: person.cookie ?? '', 'X-CSRF-Token': person.csrf ?? '', ...person.headers}
    if (bytes) Object.assign(headers, {'Content-Length': bytes.length,
        'Content-Type': Buffer.isBuffer(body) ? 'multipart/form-data; boundary=x-x-x' : 'application/json'})
    return new Promise((done, failed) => {
        const broken = error => failed(new Unanswered(error.message))
        if (!server.up) return broken(new Error('not up'))
        const asked = request({host: '127.0.0.1', port: server.port, method, path, headers, agent: person.agent}, answer => {
            const parts = []
            answer.on('data', part => parts.push(part))
            answer.on('error', broken)
            answer.on('aborted', () => broken(new Error('cut off')))
            answer.on('end', () => {
                if (!answer.complete) return broken(new Error('cut off'))
                const text = Buffer.concat(parts).toString()
                const json = (answer.headers['content-type'] ?? '').includes('json')
                done({status: answer.statusCode, headers: answer.headers, text, body: json ? JSON.parse(text) : text})
            })
        })
        asked.on('error', broken)
        asked.end(bytes)
    })
}

export async function must(server, person, method, path, body) {
    const answer = await call(server, person, method, path, body)
    assert.ok(answer.status >= 200 && answer.status < 300, `${method} ${path}: ${answer.status} ${answer.text}`)
    return answer
}

export async function sign_in(server, name, secret) {
    const person = {agent: new Agent({keepAlive: true, maxSockets: 4})}
    const answer = await must(server, person, 'POST', '/api/v1/session', {name, password: secret})
    person.cookie = answer.headers['set-cookie'][0].split(';')[0]
    person.csrf = answer.body.csrf
    return person
}

/** An officer who has chosen a password; `server` runs on `address`. */
export async function add_person(program, address, server, login, role, unit) {
    const drawn = program.run('accounts', 'add', '--db', address, '--login', login, '--name', login, '--role', role, '--unit', unit)
    const person = await sign_in(server, login, drawn.split(/\s+/)[1])
    await must(server, person, 'POST', '/api/v1/session/password', {old: drawn.split(/\s+/)[1], new: password})
    return sign_in(server, login, password)
}

/** The file of a form, as a browser sends it. */
export function file_form(name, type, content) {
    const head = `--x-x-x\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`
    return Buffer.concat([Buffer.from(head), Buffer.from(content), Buffer.from('\r\n--x-x-x--\r\n')])
}

/** The events of a programme's stream as {id, event, data, at}, for as long as the server lives. */
export function follow(server, person, programme, last) {
    const stream = {events: [], waiting: []}
    const headers = {Cookie: person.cookie, ...(last === undefined ? {} : {'Last-Event-ID': String(last)})}
    const asked = request({host: '127.0.0.1', port: server.port, path: `/api/v1/programmes/${programme}/events`, headers}, answer => {
        let text = ''
        answer.on('error', () => {})
        answer.on('data', part => {
            text += part
            for (let end; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2)) {
                const fields = Object.fromEntries(text.slice(0, end).split('\n').filter(line => /^\w+:/.test(line))
                    .map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]))
                if (fields.event === undefined) continue
                stream.events.push({id: Number(fields.id), event: fields.event, data: fields.data, at: performance.now()})
                stream.waiting.splice(0).forEach(wake => wake())
            }
        })
    })
    asked.on('error', () => {})
    asked.end()
    /** The first event that `fits`, come or to come. */
    stream.first = async (fits, within_ms = 10_000) => {
        const until = performance.now() + within_ms
        for (;;) {
            const found = stream.events.find(fits)
            if (found) return found
            assert.ok(performance.now() < until, `no such event among ${JSON.stringify(stream.events)}`)
            await Promise.race([new Promise(wake => stream.waiting.push(wake)), pause(100)])
        }
    }
    stream.close = () => asked.destroy()
    return stream
}

/** Writes a data set of some provinces, each of which went through the reform alone; answers its old communes and what
 *  became of those that were divided. */
export function cut_units(root, folder, provinces) {
    mkdirSync(folder, {recursive: true})
    const kept = (file, fits) => {
        const [head, ...rows] = readFileSync(`${root}/data/vn-units/${file}`, 'utf8').trimEnd().split('\n')
        const names = head.split(',')
        const as_object = row => Object.fromEntries(row.split(',').map((cell, at) => [names[at], cell]))
        const found = rows.filter(row => fits(as_object(row)))
        writeFileSync(`${folder}/${file}`, [head, ...found].join('\n') + '\n')
        return found.map(as_object)
    }
    const of = (rows, name = 'code') => new Set(rows.map(row => row[name]))
    const inside = row => provinces.includes(row.province_code)
    kept('old_provinces.csv', row => provinces.includes(row.code))
    kept('new_provinces.csv', row => provinces.includes(row.code))
    kept('province_map.csv', row => provinces.includes(row.old_code))
    const districts = of(kept('old_districts.csv', inside))
    const communes = of(kept('old_communes.csv', inside))
    const heirs = of(kept('new_communes.csv', inside))
    const map = kept('commune_map.csv', row => (row.old_level === 'district' ? districts : communes).has(row.old_code))
    kept('changes_2026.csv', row => row.level === 'commune' && heirs.has(row.code))
    kept('name_variants.csv', () => false)
    const divided = new Map()
    for (const row of map) if (row.old_level === 'commune') divided.set(row.old_code, [...(divided.get(row.old_code) ?? []), row])
    for (const [code, rows] of divided)
        if (rows.length === 1 || rows.some(row => row.people_part === 'full')) divided.delete(code)
    return {communes: [...communes], divided: new Map([...divided].map(([code, rows]) => [code, rows.map(row => row.new_code)]))}
}

/** Figures of a form of programme 09 that break none of its rules; no two with different `number` are the same. */
export function figures(form, draw, number) {
    const n = () => draw.below(100)
    const digits = [number % 100, Math.floor(number / 100) % 100, Math.floor(number / 10_000) % 100, Math.floor(number / 1e6) % 100]
    const text = cells => Object.fromEntries(Object.entries(cells).map(([name, figure]) => [name, String(figure)]).sort())
    if (form === 'bm01') {
        const cells = Object.fromEntries(['B1', 'B7', 'G1', 'G3', 'G5'].map(name => [name, n()]))
        const [A3, A5, A6, B7] = digits
        return text({...cells, A3, A5, A6, B7, B2: cells.B1 + n(), G2: cells.G1 + n(), G4: 1 + n(), G6: Math.min(cells.G5, n())})
    }
    const cells = Object.fromEntries(['C1', 'F1', 'F3', 'F5', 'F6', 'F4'].map(name => [name, n()]))
    const [C6, C7, C9, C4] = digits
    return text({...cells, C6, C7, C9, C4, C2: 100 + n(), C3: n(), F2: cells.F1 + n()})
}
