// SPDX-License-Identifier: Apache-2.0
// The service worker: hands out the desk and what was opened once when the line is gone. Built apart (web/offline_build.ts)
// into /sw.js. Nothing here sends anything by itself: that is the outbox's work.
import { isKept, network, told } from './worker_rules';
import { type Vault, openVault } from './vault';

declare const deskFiles: string[];
declare const deskVersion: string;

interface Lasting extends Event { waitUntil(work: Promise<unknown>): void }
interface Fetching extends Lasting { request: Request; respondWith(answer: Promise<Response>): void }
const scope = self as unknown as {
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  addEventListener(name: 'install' | 'activate', take: (event: Lasting) => void): void;
  addEventListener(name: 'fetch', take: (event: Fetching) => void): void;
};
const shell = 'desk-' + deskVersion;
/// Pages that were open before this version still fetch parts of theirs.
const versionsKept = 3;

scope.addEventListener('install', (event) => {
  const fill = async () => {
    const cache = await caches.open(shell);
    await cache.addAll(deskFiles.map((file) => new Request(file, { cache: file.startsWith('/assets/') ? 'default' : 'reload' })));
    // It only stands in where the line is gone, so nothing changes under a page that is open.
    await scope.skipWaiting();
  };
  event.waitUntil(fill());
});

scope.addEventListener('activate', (event) => {
  const tidy = async () => {
    const versions = (await caches.keys()).filter((name) => name.startsWith('desk-') && name !== shell);
    await Promise.all(versions.slice(0, -(versionsKept - 1)).map((name) => caches.delete(name)));
    await scope.clients.claim();
  };
  event.waitUntil(tidy());
});

// Whose answers these are: who signed in last in this browser. Kept, as the browser ends this worker whenever it likes.
let vault: Promise<Vault | undefined> | undefined;
function account(): Promise<Vault | undefined> {
  vault ??= caches
    .open('account')
    .then(async (cache) => {
      const name = await (await cache.match('/account'))?.text();
      return name ? openVault(name) : undefined;
    })
    .catch(() => (vault = undefined));
  return vault;
}
async function setAccount(name: string) {
  const before = await account();
  if ((before?.user ?? '') === name) return;
  const cache = await caches.open('account');
  if (name) await cache.put('/account', new Response(name));
  else await cache.delete('/account');
  vault = undefined;
  if (!name) await before?.wipe();
}

interface Answer { text: string; at: string }
async function remember(own: Vault, name: string, response: Response) {
  const value: Answer = { text: await response.text(), at: new Date().toISOString() };
  // Somebody else signed in, or out, while it came: it is nobody's any more.
  if ((await account())?.user !== own.user) return;
  try {
    await own.change({ put: [{ kind: 'answer', name, value }] });
  } catch {
    // No room: drafts need it more than what can be fetched again.
    await own.clear('answer').catch(() => undefined);
  }
}

async function answer(event: Fetching, name: string): Promise<Response> {
  const own = await account();
  const fetched = fetch(event.request);
  const kept = async () => {
    const found = await own?.read<Answer>({ kind: 'answer', name });
    return found && new Response(found.text, { headers: { 'Content-Type': 'application/json', [told]: found.at } });
  };
  const { response, fresh } = await network(fetched, kept);
  if (fresh && response.ok && name === '/session') {
    const copy = response.clone();
    const take = async () => {
      const { user } = (await copy.clone().json()) as { user: { name: string } };
      await setAccount(user.name);
      const now = await account();
      if (now) await remember(now, name, copy);
    };
    // The page asks on as this account at once.
    await take();
  } else if (fresh && response.ok && own) event.waitUntil(remember(own, name, response.clone()));
  else if (!fresh && own)
    // It was only slow: what came late is what stands there next time.
    event.waitUntil(fetched.then((late) => (late.ok && name !== '/session' ? remember(own, name, late) : undefined)).catch(() => undefined));
  return response;
}

/// Signing in and out tells whose this browser is.
async function sign(request: Request): Promise<Response> {
  const response = await fetch(request);
  if (response.ok && request.method === 'DELETE') await setAccount('');
  if (response.ok && request.method === 'POST') {
    const { user } = (await response.clone().json()) as { user: { name: string } };
    await setAccount(user.name);
    const own = await account();
    if (own) await remember(own, '/session', response.clone());
  }
  return response;
}

async function page(request: Request): Promise<Response> {
  const { response } = await network(fetch(request), () => caches.match('/index.html', { cacheName: shell }));
  return response;
}

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (url.pathname.startsWith('/api/v1/')) {
    const name = url.pathname.slice('/api/v1'.length) + url.search;
    if (name === '/session' && request.method !== 'GET') event.respondWith(sign(request));
    else if (request.method === 'GET' && isKept(name)) event.respondWith(answer(event, name));
    return;
  }
  if (request.method !== 'GET' || url.pathname.startsWith('/api/') || url.pathname === '/sw.js') return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (url.pathname.startsWith('/assets/') || deskFiles.includes(url.pathname))
    event.respondWith(caches.match(url.pathname).then((found) => found ?? fetch(request)));
});
