// SPDX-License-Identifier: Apache-2.0
// node bench/desk_sizes.mjs [--check]: how much JavaScript, compressed as it is sent, the built desk (web/dist) asks for:
// sign-in with my work, and what each other page adds. --check ends with 1 where a limit is passed.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const limits = { begin: 90, page: 150 }; // kilobytes of 1,024 bytes
const dist = new URL('../web/dist/', import.meta.url);
if (!existsSync(new URL('index.html', dist))) throw new Error('web/dist is not built: script/desk');
const texts = new Map();
const size = new Map();
for (const name of readdirSync(new URL('assets/', dist)).filter((file) => file.endsWith('.js'))) {
  const bytes = readFileSync(new URL(`assets/${name}`, dist));
  texts.set(name, bytes.toString());
  size.set(name, gzipSync(bytes, { level: 6 }).length);
}
const named = (text, pattern) => [...text.matchAll(pattern)].map((m) => m[1]).filter((name) => texts.has(name));
const fixed = (name) => named(texts.get(name), /(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g);
const later = (name) => named(texts.get(name), /import\(\s*["'`]\.\/([\w.-]+\.js)["'`]\s*\)/g);

/// Everything that comes with a file at once; with `all`, also what it may ask for later.
function closure(from, all = false, have = new Set()) {
  const found = new Set();
  const open = [...from];
  for (let name = open.pop(); name; name = open.pop()) {
    if (found.has(name) || have.has(name)) continue;
    found.add(name);
    open.push(...fixed(name), ...(all ? later(name) : []));
  }
  return found;
}
const sum = (names) => [...names].reduce((bytes, name) => bytes + size.get(name), 0) / 1024;

const entry = named(readFileSync(new URL('index.html', dist), 'utf8'), /assets\/([\w.-]+\.js)/g);
const start = closure(entry);
const pages = [...new Set([...start].flatMap(later))];
const work = pages.find((name) => name.startsWith('Work-'));
const begin = closure([...entry, work]);
const rows = [['sign-in + my work', sum(begin), limits.begin]];
for (const page of pages.filter((name) => name !== work)) rows.push([`+ ${page.replace(/-[\w-]{8}\.js$/, '')}`, sum(closure([page], true, begin)), limits.page]);

let passed = true;
for (const [what, kilobytes, limit] of rows) {
  const good = kilobytes <= limit;
  passed &&= good;
  console.log(`${what.padEnd(28)} ${kilobytes.toFixed(1).padStart(7)} KB of ${limit}${good ? '' : '  PASSED THE LIMIT'}`);
}
if (process.argv.includes('--check') && !passed) process.exitCode = 1;
