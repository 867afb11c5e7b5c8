// SPDX-License-Identifier: Apache-2.0
// How the gap board scrolls: 10,035 units × 12 obligations in Chromium, the desk as it is built (script/desk), all
// answers canned. Prints how long frames took and what else the machine was doing. Nothing here is a test: a busy machine
// makes any frame late.
//
//     script/node bench/desk_board.mjs [ROWS [STEPS]]
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';

const count = Number(process.argv[2] ?? 10035);
const times = Number(process.argv[3] ?? 200);
const dist = new URL('../web/dist/', import.meta.url).pathname;
const title = (n) => ({ vi: `Biểu số ${String(n).padStart(2, '0')}: Kết quả thực hiện`, en: `Form ${n}` });
const columns = Array.from({ length: 12 }, (_, i) => ({
  key: `bm${i}/2026-Q3`, kind: i < 8 ? 'report' : i < 10 ? 'plan' : 'committee', subject: `bm${i}`, period: '2026-Q3', title: title(i + 1),
}));
const states = ['returned', 'late', 'due', 'claimed', 'not_due', 'done_late', 'evidenced', 'excused', 'passed_on'];
// A spread that needs no chance: the same board each time.
const rows = Array.from({ length: count }, (_, i) => {
  const cells = columns.map((_column, c) => ((i + c) % 17 === 0 ? 0 : [(i * 7 + c * 5) % 9, (i + c) % 60]));
  const late = cells.filter((cell) => cell && cell[0] === 1).length;
  return [`vn63:${String(i).padStart(5, '0')}`, `Xã Đồng Thượng ${i}`, `Xã Đồng Thượng ${i}, Huyện Yên Thành, Tỉnh Nghệ An`, late, 6, 12, 0, 0, cells];
});
const board = {
  as_of: 184203, on: '2025-06-30', simulated: true, columns, states, rows, row_count: count,
  totals: Object.fromEntries(states.map((state) => [state, count])), owed: count * 12, overdue: count,
};
const unit = { code: 'iso:VN', name: 'Việt Nam', level: 'nation' };
const answers = {
  '/api/v1/session': {
    user: { name: 'do', office: 'Cơ quan thường trực', must_change: false }, csrf: 'x', home: unit, may: { issue_document: true, excuse: true }, today: '2026-09-16',
    programmes: [{ code: 'do', title: { vi: 'Chương trình đo', en: 'Bench' }, symbol: '07/CTrPH', simulated: true, from: '2020-01-01', to: '' }],
  },
  '/api/v1/programmes/do/periods': { periods: [] },
  '/api/v1/programmes/do/work': { as_of: 1, on: '2026-09-16', counts: {}, items: [] },
  '/api/v1/programmes/do/checks': { count: 0, doubtful: 0, items: [] },
};
const boardText = JSON.stringify(board);
const boardBytes = gzipSync(boardText);
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };
const server = createServer((request, response) => {
  const path = new URL(request.url, 'http://localhost').pathname;
  if (path === '/api/v1/programmes/do/board') {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' }).end(boardBytes);
  } else if (answers[path]) {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answers[path]));
  } else if (path.endsWith('/events')) {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('event: hello\ndata: {"sequence": 184203}\n\n');
  } else if (path.startsWith('/api/')) {
    response.writeHead(404, { 'Content-Type': 'application/json' }).end('{"code": "not_found", "where": "", "message": {"vi": "–", "en": "–"}}');
  } else {
    const name = extname(path) ? path : '/index.html';
    try {
      response.writeHead(200, { 'Content-Type': types[extname(name)] ?? 'application/octet-stream' }).end(readFileSync(join(dist, name)));
    } catch {
      response.writeHead(404).end();
    }
  }
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const before = loadavg();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'] });
try {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  page.on('pageerror', (error) => console.error(error.message));
  const begun = Date.now();
  await page.goto(`http://127.0.0.1:${server.address().port}/do/board?level=commune&sort=code&on=2025-06-30`);
  await page.locator('[role="row"][data-unit]').first().waitFor();
  const shown = Date.now() - begun;
  await page.evaluate(() => document.fonts.ready);

  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const metrics = async () => Object.fromEntries((await session.send('Performance.getMetrics')).metrics.map((metric) => [metric.name, metric.value * 1000]));
  const spent = async () => (await metrics()).TaskDuration;
  await page.evaluate(() => {
    const grid = document.querySelector('[role="grid"]');
    const top = grid.scrollHeight - grid.clientHeight;
    const steps = window.steps = { wheel: () => (grid.scrollTop += 240), throw: () => (grid.scrollTop += 1500), jump: (i) => (grid.scrollTop = (((i * 7919) % 1000) / 1000) * top) };
    window.scrollOn = async (how, i) => {
      if (i === 0) grid.scrollTop = 0;
      const begun = await new Promise(requestAnimationFrame);
      steps[how](i);
      // The scroll is seen in the next frame, drawn in the one after it.
      await new Promise(requestAnimationFrame);
      return (await new Promise(requestAnimationFrame)) - begun;
    };
  });
  /// What one step of scrolling costs the page's thread (its own time, whatever else runs), and how long it took on the clock.
  async function steps(kind) {
    const own = [];
    const clock = [];
    for (let i = 0; i < times; i++) {
      const before = await spent();
      clock.push(await page.evaluate(([how, n]) => window.scrollOn(how, n), [kind, i]));
      own.push((await spent()) - before);
    }
    return { own, clock };
  }

  /// Scrolled on in every frame, without a pause: how long each single frame took to come, in ms.
  const frames = (kind) =>
    page.evaluate(([how, n]) => new Promise((done, fail) => {
      setTimeout(() => fail(new Error('the browser paints no frames')), 200 * n);
      const taken = [];
      let before = 0;
      const next = (now) => {
        if (before) taken.push(now - before);
        before = now;
        if (taken.length === n) return done(taken);
        window.steps[how](taken.length);
        requestAnimationFrame(next);
      };
      document.querySelector('[role="grid"]').scrollTop = 0;
      requestAnimationFrame(() => requestAnimationFrame(next));
    }), [kind, times]);

  const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  console.log(`${count.toLocaleString('en')} units × 12, ${(boardText.length / 1e6).toFixed(1)} MB of JSON (${(boardBytes.length / 1e6).toFixed(2)} MB sent)`);
  console.log(`load of the machine before: ${before.map((each) => each.toFixed(1)).join(' ')} on ${cpus().length} cores`);
  console.log(`first rows after ${shown} ms; elements of rows in the page: ${await page.locator('[role="row"][data-unit]').count()}`);
  for (const kind of ['wheel', 'throw', 'jump']) {
    const first = await metrics();
    const { own, clock } = await steps(kind);
    const last = await metrics();
    const each = (name) => ((last[name] - first[name]) / times).toFixed(1);
    const say = (list) => {
      const sorted = [...list].sort((a, b) => a - b);
      return `median ${at(sorted, 0.5).toFixed(1)} ms, 95 % ${at(sorted, 0.95).toFixed(1)}, most ${at(sorted, 1).toFixed(1)}, over 50 ms: ${list.filter((ms) => ms > 50).length}`;
    };
    console.log(`${kind.padEnd(5)} ${times} steps, thread's own time: ${say(own)}`);
    console.log(`      of it a step: scripts ${each('ScriptDuration')} ms, styles ${each('RecalcStyleDuration')}, layout ${each('LayoutDuration')}`);
    console.log(`      the same on the clock, three frames a step: ${say(clock)}`);
    console.log(`      scrolled on in each frame, frame to frame: ${say(await frames(kind))}`);
  }
  console.log(`load of the machine after: ${loadavg().map((each) => each.toFixed(1)).join(' ')}`);
} finally {
  await browser.close();
  server.close();
}
