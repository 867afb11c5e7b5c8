// SPDX-License-Identifier: Apache-2.0
// What this browser keeps for one account: rows under a random key that cannot leave the browser (AES-GCM, 256 bits).
// The key lives as long as the account is not signed out here: a session's end and a new password leave it as it is.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

export type Kind = 'draft' | 'waiting' | 'answer';
export interface Named { kind: Kind; name: string }
export interface Change { put?: (Named & { value: unknown })[]; remove?: Named[] }

export interface Vault {
  readonly user: string;
  /// Whether it outlives the page. Pages of plain HTTP addresses get neither keys nor a service worker from the browser.
  readonly lasting: boolean;
  read<T>(what: Named): Promise<T | undefined>;
  all<T>(kind: Kind): Promise<T[]>;
  /// All of it or nothing.
  change(change: Change): Promise<void>;
  clear(kind: Kind): Promise<void>;
  /// Takes the key and everything under it away.
  wipe(): Promise<void>;
}

interface Row { id: string; owner: string; iv: Uint8Array<ArrayBuffer>; sealed: ArrayBuffer }
interface Scheme extends DBSchema {
  keys: { key: string; value: CryptoKey };
  rows: { key: string; value: Row; indexes: { owner: string } };
}

let opened: Promise<IDBPDatabase<Scheme>> | undefined;
function database() {
  opened ??= openDB<Scheme>('phoihop', 1, {
    upgrade(made) {
      made.createObjectStore('keys');
      made.createObjectStore('rows', { keyPath: 'id' }).createIndex('owner', 'owner');
    },
    blocking: (_from, _to, event) => (event.target as IDBDatabase).close(),
    terminated: () => (opened = undefined),
  });
  opened.catch(() => (opened = undefined));
  return opened;
}

async function keyOf(base: IDBPDatabase<Scheme>, user: string): Promise<CryptoKey> {
  const known = await base.get('keys', user);
  if (known) return known;
  const drawn = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const transaction = base.transaction('keys', 'readwrite');
  // Another window may have been faster; the first key is the one.
  const other = await transaction.store.get(user);
  if (!other) await transaction.store.put(drawn, user);
  await transaction.done;
  return other ?? drawn;
}

const ownerOf = (user: string, kind: Kind) => `${kind}\n${user}`;
const idOf = (user: string, { kind, name }: Named) => `${kind}\n${user}\n${name}`;

class LastingVault implements Vault {
  readonly lasting = true;
  constructor(readonly user: string) {}

  async #seal(key: CryptoKey, id: string, owner: string, value: unknown): Promise<Row> {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = new TextEncoder().encode(JSON.stringify(value));
    // A row is good for its own place only.
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(id) }, key, text);
    return { id, owner, iv, sealed };
  }
  async #unseal<T>(key: CryptoKey, row: Row): Promise<T | undefined> {
    try {
      const given = { name: 'AES-GCM', iv: row.iv, additionalData: new TextEncoder().encode(row.id) };
      return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(given, key, row.sealed))) as T;
    } catch {
      return undefined; // kept under a key that was wiped since
    }
  }
  async read<T>(what: Named): Promise<T | undefined> {
    const base = await database();
    const row = await base.get('rows', idOf(this.user, what));
    return row && this.#unseal<T>(await keyOf(base, this.user), row);
  }
  async all<T>(kind: Kind): Promise<T[]> {
    const base = await database();
    const rows = await base.getAllFromIndex('rows', 'owner', ownerOf(this.user, kind));
    if (rows.length === 0) return [];
    const key = await keyOf(base, this.user);
    const values = await Promise.all(rows.map((row) => this.#unseal<T>(key, row)));
    return values.filter((value) => value !== undefined);
  }
  #sealed(key: CryptoKey, put: (Named & { value: unknown })[]) {
    return Promise.all(put.map((one) => this.#seal(key, idOf(this.user, one), ownerOf(this.user, one.kind), one.value)));
  }
  async change({ put = [], remove = [] }: Change) {
    const base = await database();
    // A key is drawn for the first row, never by looking.
    const rows: Row[] = [];
    if (put.length > 0) rows.push(...(await this.#sealed(await keyOf(base, this.user), put)));
    const transaction = base.transaction('rows', 'readwrite');
    const steps: Promise<unknown>[] = remove.map((one) => transaction.store.delete(idOf(this.user, one)));
    for (const row of rows) steps.push(transaction.store.put(row));
    await Promise.all([...steps, transaction.done]);
  }
  clear(kind: Kind) {
    return this.#take([kind], 'key stays');
  }
  wipe() {
    return this.#take(['draft', 'waiting', 'answer'], 'key goes');
  }
  async #take(kinds: Kind[], key: 'key stays' | 'key goes') {
    const transaction = (await database()).transaction(['keys', 'rows'], 'readwrite');
    const rows = transaction.objectStore('rows');
    if (key === 'key goes') await transaction.objectStore('keys').delete(this.user);
    for (const kind of kinds) for (const id of await rows.index('owner').getAllKeys(ownerOf(this.user, kind))) await rows.delete(id);
    await transaction.done;
  }
}

class PassingVault implements Vault {
  readonly lasting = false;
  readonly #rows = new Map<string, { kind: Kind; text: string }>();
  constructor(readonly user: string) {}

  async read<T>(what: Named) {
    const row = this.#rows.get(idOf(this.user, what));
    return row && (JSON.parse(row.text) as T);
  }
  async all<T>(kind: Kind) {
    return [...this.#rows.values()].filter((row) => row.kind === kind).map((row) => JSON.parse(row.text) as T);
  }
  async change({ put = [], remove = [] }: Change) {
    for (const one of remove) this.#rows.delete(idOf(this.user, one));
    for (const one of put) this.#rows.set(idOf(this.user, one), { kind: one.kind, text: JSON.stringify(one.value) });
  }
  async clear(kind: Kind) {
    for (const [id, row] of this.#rows) if (row.kind === kind) this.#rows.delete(id);
  }
  async wipe() {
    this.#rows.clear();
  }
}

/// Keys for the browser's own store exist on HTTPS and on this machine only, and not in every private window.
export async function openVault(user: string, where: 'on this device' | 'on this page' = 'on this device'): Promise<Vault> {
  if (where === 'on this page') return new PassingVault(user);
  if (!globalThis.isSecureContext || !globalThis.crypto?.subtle || !globalThis.indexedDB) return new PassingVault(user);
  try {
    await database();
    return new LastingVault(user);
  } catch (error) {
    // A full store still holds what is in it: it must not look empty.
    if ((error as Error).name === 'QuotaExceededError') throw error;
    return new PassingVault(user);
  }
}
