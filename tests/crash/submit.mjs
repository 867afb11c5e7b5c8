// SPDX-License-Identifier: Apache-2.0
// submit.mjs PROGRAM ROOT FOLDER KILLS SEED [POSTGRESQL]: is what the API acknowledged there after `kill -9`, and nothing half-done?
//
// Several officers send reports, corrections, withdrawals, decisions, files and evidence to a served database; the server
// is killed at a random instant and started again on the same database, again and again. After each kill `verify` must
// find no difference, and the database must hold exactly what was acknowledged: every version with its figures, every
// state, every obligation's steps and files. A call without an answer is there wholly or not at all, and repeating it
// gives one answer and one version. The databases are SQLite files in FOLDER, or of the cluster whose address is given.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createInterface } from 'node:readline';

const [program, root, folder, kills, seed, cluster] = process.argv.slice(2);
const today = '2015-04-03'; // the first quarter's reports are due on the 7th
const period = '2015-Q1';
const senders = 6;
const reporting_units = 42;
const rounds_of_a_database = 20;
const window_ms = 700; // the kill falls anywhere in it
const password = 'mat khau rieng cua toi 26';

// A small generator of our own (mulberry32): the same seed gives the same acts and instants.
let drawn = Number(seed) >>> 0;
function random() {
  drawn = (drawn + 0x6d2b79f5) >>> 0;
  let t = Math.imul(drawn ^ (drawn >>> 15), drawn | 1);
  t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const below = (n) => Math.floor(random() * n);
const pick = (list) => list[below(list.length)];

// --- databases -----------------------------------------------------------------------------------------------------

function run(...words) {
  return execFileSync(program, words, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

function psql(database, sql) {
  const env = { ...process.env, PGOPTIONS: '-c client_min_messages=warning' };
  return execFileSync('psql', ['-qAtX', '-d', address_of(database), '-c', sql], { encoding: 'utf8', env }).trim();
}

function address_of(database) {
  return cluster ? cluster.replace('/postgres?', `/${database}?`) : `${folder}/${database}.db`;
}

/// `database` becomes a copy of "ready", whatever it was before.
function renew(database) {
  if (cluster) {
    psql('postgres', `drop database if exists ${database} with (force)`);
    psql('postgres', `create database ${database} template ready`);
    return;
  }
  for (const end of ['', '-wal', '-shm', '.lock', '.sock']) rmSync(address_of(database) + end, { force: true });
  cpSync(address_of('ready'), address_of(database));
}

/// PostgreSQL finishes what a killed client had sent it: what is there is settled once its sessions are gone.
async function wait_for_sessions(database) {
  if (!cluster) return;
  while (psql('postgres', `select count(*) from pg_stat_activity where datname = '${database}'`) !== '0')
    await new Promise((done) => setTimeout(done, 5));
}

/// One province that went through the reform alone: quick to read, so that the time goes to kills. Answers the codes of
/// the communes that report.
function make_units() {
  const province = '12';
  mkdirSync(`${folder}/units`);
  const kept = (file, fits) => {
    const [head, ...rows] = readFileSync(`${root}/data/vn-units/${file}`, 'utf8').trimEnd().split('\n');
    const names = head.split(',');
    const found = rows.filter((row) => fits(Object.fromEntries(row.split(',').map((cell, at) => [names[at], cell]))));
    writeFileSync(`${folder}/units/${file}`, [head, ...found].join('\n') + '\n');
    return found.map((row) => row.split(',')[0]);
  };
  kept('old_provinces.csv', (row) => row.code === province);
  kept('new_provinces.csv', (row) => row.code === province);
  kept('province_map.csv', (row) => row.old_code === province);
  const districts = kept('old_districts.csv', (row) => row.province_code === province);
  const communes = kept('old_communes.csv', (row) => row.province_code === province);
  const heirs = kept('new_communes.csv', (row) => row.province_code === province);
  kept('commune_map.csv', (row) => (row.old_level === 'district' ? districts : communes).includes(row.old_code));
  kept('changes_2026.csv', (row) => row.level === 'commune' && heirs.includes(row.code));
  kept('name_variants.csv', () => false);
  return communes.slice(0, reporting_units).map((code) => `vn63:${code}`);
}

// --- the server ----------------------------------------------------------------------------------------------------

let server;
let port;

async function serve(database) {
  server = spawn(program, ['serve', '--db', address_of(database), '--port', '0', '--today', today], { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  server.stderr.on('data', (text) => (log += text));
  server.gone = new Promise((done) => server.on('exit', done));
  for await (const line of createInterface({ input: server.stdout })) {
    port = Number(/:(\d+)$/.exec(line)[1]);
    return;
  }
  throw new Error(`the server did not start:\n${log}`);
}

async function end_server(signal) {
  server.kill(signal);
  await server.gone;
}
process.on('exit', () => server?.kill('SIGKILL'));

class Unanswered extends Error {}

/// One call; `Unanswered` when the connection ended before the whole answer was there.
function call(person, method, path, body) {
  const bytes = body === undefined || Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  const headers = { Cookie: person.cookie ?? '', 'X-CSRF-Token': person.csrf ?? '' };
  if (bytes) Object.assign(headers, { 'Content-Length': bytes.length, 'Content-Type': Buffer.isBuffer(body) ? 'multipart/form-data; boundary=x-x-x' : 'application/json' });
  return new Promise((done, failed) => {
    const broken = (error) => failed(new Unanswered(error.message));
    const asked = request({ host: '127.0.0.1', port, method, path, headers, agent: person.agent }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('error', broken);
      answer.on('aborted', () => broken(new Error('cut off')));
      answer.on('end', () => {
        if (!answer.complete) return broken(new Error('cut off'));
        const whole = Buffer.concat(parts);
        const is_json = (answer.headers['content-type'] ?? '').includes('json');
        done({ status: answer.statusCode, headers: answer.headers, body: is_json ? JSON.parse(whole) : whole });
      });
    });
    asked.on('error', broken);
    asked.end(bytes);
  });
}

async function must(person, method, path, body) {
  const answer = await call(person, method, path, body);
  assert.ok(answer.status >= 200 && answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer;
}

async function sign_in(name, secret) {
  const person = { agent: new Agent({ keepAlive: true, maxSockets: 4 }) };
  const answer = await must(person, 'POST', '/api/v1/session', { name, password: secret });
  person.cookie = answer.headers['set-cookie'][0].split(';')[0];
  person.csrf = answer.body.csrf;
  return person;
}

// --- what is sent --------------------------------------------------------------------------------------------------

/// Figures that break no rule of the form: in order, so that sums and differences fit.
function figures(form) {
  const n = () => below(100);
  if (form === 'bm01') {
    const cells = Object.fromEntries(['A3', 'A5', 'A6', 'B1', 'B7', 'G1', 'G3', 'G4', 'G5', 'G6'].map((name) => [name, n()]));
    return text_of({ ...cells, B2: cells.B1 + n(), G2: cells.G1 + n(), G4: 1 + n(), G6: Math.min(cells.G5, n()) });
  }
  const cells = Object.fromEntries(['C1', 'C4', 'C6', 'C7', 'C9', 'F1', 'F3', 'F4', 'F5', 'F6'].map((name) => [name, n()]));
  return text_of({ ...cells, C2: 100 + n(), C3: n(), F2: cells.F1 + n() });
}
function text_of(cells) {
  return Object.fromEntries(Object.entries(cells).map(([name, figure]) => [name, String(figure)]).sort());
}

/// A PDF of up to three pieces of the store, different from every other.
function attachment() {
  const content = Buffer.alloc(2000 + below(600_000), below(256));
  content.write(`%PDF-1.4\n% ${random()}\n`);
  content.write('\n%%EOF\n', content.length - 7);
  return content;
}
function form_of(content) {
  const head = '--x-x-x\r\nContent-Disposition: form-data; name="file"; filename="quyet-dinh.pdf"\r\nContent-Type: application/pdf\r\n\r\n';
  return Buffer.concat([Buffer.from(head), content, Buffer.from('\r\n--x-x-x--\r\n')]);
}
const digest = (bytes) => createHash('sha256').update(bytes).digest('hex');

// --- what must be there --------------------------------------------------------------------------------------------

// A report: {unit, form, versions: [cells, …], state}; a plan: {unit, id, events: [{kind, …}]}. `open` is the call that
// got no answer: what it would change, and whether the last look found it done.
let model;
let ids = 0;
const counts = { acknowledged: 0, unanswered: 0, found_done: 0, figures: 0, looked: 0 };

const path_of = (report) => `/api/v1/programmes/ctr-09/reports/${report.form}/${period}/${report.unit}`;
const after = (thing) => (thing.open ? thing.open.then(thing) : thing);

function submission(report, more) {
  const client_id = `crash-${++ids}`;
  return { form: report.form, period, unit: report.unit, based_on: report.versions.length, client_id, ...more };
}

/// The next act on a report: what follows from its state.
function next_act(report) {
  const send = () => {
    const cells = figures(report.form);
    return {
      body: submission(report, { cells }),
      path: '/api/v1/programmes/ctr-09/submissions',
      then: (now) => ({ ...now, versions: [...now.versions, cells], state: 'submitted' }),
    };
  };
  const decide = (step, state) => ({
    by_centre: true,
    body: { step, version: report.versions.length, note: 'Đề nghị xem lại' },
    path: `${path_of(report)}/decision`,
    then: (now) => ({ ...now, state }),
  });
  const withdraw = () => ({
    body: submission(report, { withdraw: true, reason: 'Gửi nhầm' }),
    path: '/api/v1/programmes/ctr-09/submissions',
    then: (now) => ({ ...now, state: 'withdrawn' }),
  });
  if (report.state === 'submitted') return pick([send, send, () => decide('verify', 'verified'), () => decide('return', 'returned'), withdraw])();
  if (report.state === 'verified') return pick([send, () => decide('return', 'returned')])();
  return send();
}

/// The next act on a plan: its decision with a file that was kept before, or its return by the centre.
function next_step(plan) {
  const last = plan.events.at(-1)?.kind;
  const event = last === 'evidenced'
    ? { kind: 'returned', note: 'Thiếu chữ ký', number: '', date: '' }
    : { kind: 'evidenced', note: '', number: `${below(900) + 1}/KH-UBND`, date: '2015-01-15', file: plan.kept };
  const { kind, note, number, date, file } = event;
  return {
    by_centre: kind === 'returned',
    body: kind === 'returned' ? { kind, note } : { kind, decision_number: number, decision_date: date, file: file.id },
    path: `/api/v1/obligations/${plan.id}/events`,
    then: (now) => ({ ...now, events: [...now.events, event] }),
  };
}

/// Sends an act; it is acknowledged, or stays open.
async function act_on(person, thing, act) {
  thing.open = act;
  const answer = await must(act.by_centre ? person.centre : person, 'POST', act.path, act.body);
  Object.assign(thing, act.then(thing));
  delete thing.open;
  counts.acknowledged += 1;
  if (act.body.client_id) {
    assert.equal(answer.body.version, thing.versions.length, JSON.stringify(answer.body));
    counts.figures += Object.keys(act.body.cells ?? {}).length;
  }
  return answer;
}

/// Says once more what got no answer, and then again: one answer, one version.
async function repeat(person, thing) {
  const act = thing.open;
  if (act.content) return upload(person, thing);
  if (!act.body.client_id) {
    // A step on a state has no id of its own: said again after it was done, it no longer follows from the state.
    if (!act.done) return act_on(person, thing, act);
    const answer = await call(act.by_centre ? person.centre : person, 'POST', act.path, act.body);
    assert.equal(answer.status, 409, JSON.stringify(answer.body));
    Object.assign(thing, act.then(thing));
    delete thing.open;
    return;
  }
  const first = await act_on(person, thing, act);
  const second = await must(person, 'POST', act.path, act.body);
  assert.deepEqual(second.body, first.body, 'a repeated call has another answer');
}

async function upload(person, plan) {
  const content = plan.open?.content ?? attachment();
  plan.open = { content, then: (now) => now };
  const first = await must(person, 'POST', '/api/v1/files', form_of(content));
  plan.kept = { id: first.body.id, digest: digest(content) };
  delete plan.open;
  counts.acknowledged += 1;
  if (below(4) > 0) return;
  const again = await must(person, 'POST', '/api/v1/files', form_of(content));
  assert.equal(again.body.id, first.body.id, 'the same file is kept twice');
}

/// One sender: repeats what stayed open, then goes on until the server is gone.
async function work(person, units) {
  const things = units.flatMap((unit) => [...unit.reports, unit.plan]);
  try {
    for (const thing of things.filter((one) => one.open)) await repeat(person, thing);
    while (!server.killed) {
      const thing = pick(things);
      if (thing.versions) await act_on(person, thing, next_act(thing));
      else if (!thing.kept || (thing.kept.used && thing.events.at(-1)?.kind !== 'evidenced')) await upload(person, thing);
      else {
        thing.kept.used = true;
        await act_on(person, thing, next_step(thing));
      }
    }
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    if (!server.killed) throw error;
  }
}

/// `found` is `thing` as acknowledged, or as its open call leaves it; says which.
function settle(thing, found, expected) {
  if (!thing.open) return assert.deepEqual(found, expected(thing));
  const before = expected(thing);
  thing.open.done = JSON.stringify(found) !== JSON.stringify(before);
  assert.deepEqual(found, thing.open.done ? expected(after(thing)) : before, 'half of a call is there');
  if (thing.open.done) counts.found_done += 1;
}

async function check_report(person, report) {
  const { body } = await must(person, 'GET', path_of(report));
  const found = { versions: body.versions.map((one) => [one.version, text_of(one.cells)]).reverse(), state: body.state, cells: text_of(body.cells) };
  settle(report, found, (now) => ({ versions: now.versions.map((cells, at) => [at + 1, cells]), state: now.state, cells: now.versions.at(-1) ?? {} }));
  counts.looked += 1;
}

const progress_of = { none: 'open', submitted: 'claimed', verified: 'evidenced', returned: 'returned', withdrawn: 'open' };

async function check_plan(person, plan) {
  const { body } = await must(person, 'GET', `/api/v1/obligations/${plan.id}`);
  const found = body.events.map((one) => [one.kind, one.note, one.decision_number, one.decision_date, one.file]);
  settle(plan, found, (now) => now.events.map((one) => [one.kind, one.note, one.number, one.date, one.file?.id ?? null]));
  const file = plan.events.filter((one) => one.file).at(-1)?.file;
  if (!file) return;
  const sent = await must(person, 'GET', `/api/v1/files/${file.id}`);
  assert.equal(digest(sent.body), file.digest, 'a file has other bytes');
}

/// The register says of each report what its state says.
async function check_work(person, unit) {
  const { body } = await must(person, 'GET', `/api/v1/programmes/ctr-09/work?unit=${unit.code}`);
  for (const report of unit.reports) {
    const row = body.items.find((one) => one.form === report.form && one.period === period);
    const now = report.open?.done ? after(report) : report;
    assert.equal(row.progress, progress_of[now.state], `${unit.code} ${report.form} is ${now.state}`);
  }
  unit.plan.id ??= body.items.find((one) => one.subject === 'plan').id;
}

async function check_all(people) {
  await Promise.all(people.map(async (person, at) => {
    for (const unit of model.filter((_, i) => i % senders === at)) {
      for (const report of unit.reports) await check_report(person, report);
      await check_work(person, unit);
      await check_plan(person, unit.plan);
    }
  }));
}

// --- the run -------------------------------------------------------------------------------------------------------

const codes = make_units();
if (cluster) {
  psql('postgres', 'drop database if exists ready with (force)');
  psql('postgres', 'create database ready');
}
const ready = address_of('ready');
run('init', '--db', ready);
run('units', 'import', '--db', ready, `${folder}/units`);
run('programme', 'load', '--db', ready, '--simulated', `${root}/programmes/ctr-09`);
for (const name of ['2014', period]) run('period', 'open', '--db', ready, '--programme', 'ctr-09', '--period', name, '--today', today);
const added = (login, role, unit) => run('accounts', 'add', '--db', ready, '--login', login, '--name', login, '--role', role, '--unit', unit).split(/\s+/)[1];
const first = { tinh: added('tinh', 'unit_officer', 'vn63:12'), centre: added('centre', 'central', 'iso:VN') };
await serve('ready');
for (const [name, secret] of Object.entries(first))
  await must(await sign_in(name, secret), 'POST', '/api/v1/session/password', { old: secret, new: password });
const centre = await sign_in('centre', password);
const people = [];
for (let i = 0; i < senders; ++i) people.push(Object.assign(await sign_in('tinh', password), { centre }));
await end_server('SIGTERM');
await wait_for_sessions('ready');

function verify(when) {
  const said = run('verify', '--db', address_of('d'));
  assert.match(said, /^differences: 0$/m, `${when}: ${said}`);
}

for (let done = 0; done < Number(kills);) {
  renew('d');
  model = codes.map((code) => ({
    code,
    reports: ['bm01', 'bm02'].map((form) => ({ unit: code, form, versions: [], state: 'none' })),
    plan: { unit: code, events: [] },
  }));
  for (let round = 0; round < rounds_of_a_database && done < Number(kills); ++round) {
    await serve('d');
    await check_all(people);
    const at_work = people.map((person, at) => work(person, model.filter((_, i) => i % senders === at)));
    setTimeout(() => server.kill('SIGKILL'), random() * window_ms);
    await Promise.all(at_work);
    await server.gone;
    await wait_for_sessions('d');
    done += 1;
    counts.unanswered += model.flatMap((unit) => [...unit.reports, unit.plan]).filter((one) => one.open).length;
    verify(`after kill ${done}`);
    if (process.stderr.isTTY) process.stderr.write(`\r${done} kills`);
  }
  // What stayed open in the end is said again, and then all is as it was answered.
  await serve('d');
  await check_all(people);
  for (const [at, person] of people.entries())
    for (const thing of model.filter((_, i) => i % senders === at).flatMap((unit) => [...unit.reports, unit.plan]))
      if (thing.open) await repeat(person, thing);
  await check_all(people);
  await end_server('SIGTERM');
  await wait_for_sessions('d');
  verify('in the end');
}
if (process.stderr.isTTY) process.stderr.write('\r');
console.log(`${kills} kills of the server (${cluster ? 'PostgreSQL' : 'SQLite'}), ${counts.acknowledged} acknowledged calls with ${counts.figures} figures, ` +
  `${counts.unanswered} without an answer (${counts.found_done} of them done), ${counts.looked} reports looked at`);
process.exit(0);
