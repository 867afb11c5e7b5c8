// SPDX-License-Identifier: Apache-2.0
// A line between browser and server that can be cut at any step: a relay of our own, and a server that it can kill.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/// A server on a database of its own, which can be killed and started again on the same port.
export class Server {
  constructor(program, database, today) {
    Object.assign(this, { program, database, today, port: 0 });
  }
  async start() {
    this.process = spawn(this.program, ['serve', '--db', this.database, '--port', String(this.port), '--today', this.today, '--host', 'desk.lan'], { stdio: ['ignore', 'pipe', 'ignore'] });
    let said = '';
    for await (const chunk of this.process.stdout) {
      said += chunk;
      const found = /http:\/\/[^:]+:(\d+)/.exec(said);
      if (!found) continue;
      this.port = Number(found[1]);
      return;
    }
    throw new Error('the server did not start');
  }
  async kill() {
    const gone = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await gone;
  }
}

/// Where a request can be cut, in the order in which it passes.
export const cuts = ['before', 'head', 'body', 'received', 'answer'];

export class Line {
  #open = new Set();
  #trap = null;
  up = true;
  constructor(server) {
    this.server = server;
    this.listener = createServer((browser) => this.#relay(browser));
  }
  async listen() {
    this.listener.listen(0, '127.0.0.1');
    await once(this.listener, 'listening');
    this.address = `http://127.0.0.1:${this.listener.address().port}`;
  }
  cut() {
    this.up = false;
    for (const socket of this.#open) socket.destroy();
  }
  mend() {
    this.up = true;
    this.#trap = null;
  }
  /// Cuts the whole line when a request that begins with `wanted` has come to `where`; `meanwhile` is done first. The
  /// answer tells that it happened.
  trap(wanted, where, meanwhile = async () => {}) {
    return new Promise((sprung, missed) => {
      const timer = setTimeout(() => missed(new Error(`nothing came that begins with ${wanted}`)), 15000);
      this.#trap = { wanted, where, spring: async () => { clearTimeout(timer); this.cut(); await meanwhile(); sprung(); } };
    });
  }
  close() {
    this.cut();
    this.listener.close();
  }
  #relay(browser) {
    if (!this.up) return browser.destroy();
    const server = connect(this.server.port, '127.0.0.1');
    for (const socket of [browser, server]) {
      this.#open.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        this.#open.delete(socket);
        browser.destroy();
        server.destroy();
      });
    }
    let caught = null;
    browser.on('data', (bytes) => {
      const trap = this.#trap;
      if (trap && !caught && bytes.toString('latin1').startsWith(trap.wanted)) {
        caught = trap;
        this.#trap = null;
        if (trap.where === 'before') return void trap.spring();
        if (trap.where === 'head') return void server.write(bytes.subarray(0, 40), () => trap.spring());
        if (trap.where === 'body') return void server.write(bytes.subarray(0, bytes.length - 20), () => trap.spring());
      }
      server.write(bytes);
    });
    server.on('data', (bytes) => {
      if (!caught) return void browser.write(bytes);
      const trap = caught;
      caught = { spring: async () => {} };
      // The server has decided; its answer is lost whole, or in the middle.
      if (trap.where === 'answer') browser.write(bytes.subarray(0, bytes.length >> 1), () => trap.spring());
      else if (trap.where === 'received') void trap.spring();
    });
  }
}

/// A generator that gives the same cuts for the same seed (mulberry32).
export function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
