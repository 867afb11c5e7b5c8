// SPDX-License-Identifier: Apache-2.0
// The one place that talks to the server.
import { save } from './save';
import type { Wording } from './types';

/// A refusal of the server (or of the line), as a person should read it.
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly where: string,
    readonly wording: Wording,
    readonly body: unknown = null,
  ) {
    super(wording.vi);
  }
}

let csrf = '';
export function setCsrf(token: string) {
  csrf = token;
}

const offline: Wording = {
  vi: 'Mất kết nối với máy chủ. Việc đang làm vẫn còn trên máy này; thử lại khi có mạng.',
  en: 'No connection to the server. Your work is still on this device; try again when the line is back.',
};
const broken: Wording = {
  vi: 'Máy chủ gặp sự cố. Chưa có gì bị mất; hãy thử lại sau ít phút.',
  en: 'The server has a fault. Nothing is lost; try again in a few minutes.',
};

/// Told when the server does not know the session of a call any more; `at` is when it last knew one.
export const heard = { signedOut: () => {}, at: 0 };

export async function call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (method !== 'GET') headers['X-CSRF-Token'] = csrf;
  let payload: BodyInit | undefined;
  if (body instanceof FormData) payload = body;
  else if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
    payload = JSON.stringify(body);
  }
  let response: Response;
  let text: string;
  try {
    response = await fetch('/api/v1' + path, { method, headers, body: payload, credentials: 'same-origin', signal });
    text = await response.text();
  } catch {
    throw new Refusal(0, 'offline', '', offline);
  }
  if (response.status !== 401) heard.at = Date.now();
  if (response.status === 204) return undefined as T;
  let answer: unknown = null;
  try {
    answer = text ? JSON.parse(text) : null;
  } catch {
    throw new Refusal(response.status, 'broken', '', broken);
  }
  if (response.ok) return answer as T;
  // A wrong password is answered alike, and ends nothing.
  if (response.status === 401 && !path.startsWith('/session')) heard.signedOut();
  const problem = (answer ?? {}) as { code?: string; where?: string; message?: Wording };
  throw new Refusal(response.status, problem.code ?? 'broken', problem.where ?? '', problem.message ?? broken, answer);
}

/// A request whose answer is a file; refusals are thrown like those of `call`.
export async function post_file(path: string, body: unknown): Promise<Response> {
  let response: Response;
  try {
    const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf };
    response = await fetch('/api/v1' + path, { method: 'POST', headers, body: JSON.stringify(body), credentials: 'same-origin' });
  } catch {
    throw new Refusal(0, 'offline', '', offline);
  }
  if (response.ok) return response;
  const problem = (await response.json().catch(() => ({}))) as { code?: string; where?: string; message?: Wording };
  throw new Refusal(response.status, problem.code ?? 'broken', problem.where ?? '', problem.message ?? broken, problem);
}

/// What was asked for before anybody needed it, and when. It answers once, and only for as long as it is news.
const early = new Map<string, { at: number; answer: Promise<unknown> }>();
const early_ms = 10_000;
/// Asks for what a page will ask for first, so that a slow line is crossed while the page itself is on its way.
export function ask(path: string): void {
  const answer = call<unknown>('GET', path);
  answer.catch(() => undefined); // whoever needs it hears of it
  early.set(path, { at: Date.now(), answer });
}
export function get<T>(path: string): Promise<T> {
  const asked = early.get(path);
  early.delete(path);
  return asked && Date.now() - asked.at < early_ms ? (asked.answer as Promise<T>) : call<T>('GET', path);
}
export const post = <T>(path: string, body?: unknown) => call<T>('POST', path, body);
export const put = <T>(path: string, body?: unknown) => call<T>('PUT', path, body);

/// Said while a page goes away: nobody waits for the answer.
export function tell(path: string, body: unknown): void {
  void fetch('/api/v1' + path, {
    method: 'POST', keepalive: true, credentials: 'same-origin', headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf }, body: JSON.stringify(body),
  }).catch(() => undefined);
}

/// A file that answers a posted form, saved under `name`.
export async function download(path: string, form: FormData, name: string): Promise<void> {
  let response: Response;
  let file: Blob;
  try {
    response = await fetch('/api/v1' + path, { method: 'POST', headers: { 'X-CSRF-Token': csrf }, body: form, credentials: 'same-origin' });
    file = await response.blob();
  } catch {
    throw new Refusal(0, 'offline', '', offline);
  }
  if (!response.ok) throw new Refusal(response.status, 'broken', '', broken);
  save(file, name);
}

/// What answers with a file: its bytes.
export async function postForBytes(path: string, body: unknown): Promise<Uint8Array> {
  let response: Response;
  let bytes: ArrayBuffer;
  try {
    response = await fetch('/api/v1' + path, { method: 'POST', headers: { 'X-CSRF-Token': csrf, 'Content-Type': 'application/json' }, body: JSON.stringify(body), credentials: 'same-origin' });
    bytes = await response.arrayBuffer();
  } catch {
    throw new Refusal(0, 'offline', '', offline);
  }
  if (response.ok) return new Uint8Array(bytes);
  if (response.status === 401) heard.signedOut();
  let problem: { code?: string; where?: string; message?: Wording } = {};
  try {
    problem = JSON.parse(new TextDecoder().decode(bytes)) as typeof problem;
  } catch {
    // What is no refusal of ours is a fault.
  }
  throw new Refusal(response.status, problem.code ?? 'broken', problem.where ?? '', problem.message ?? broken, problem);
}

/// A query string of what is set; empty values are left out.
export function query(values: Record<string, string | number | boolean | undefined | null>): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(values))
    if (value !== undefined && value !== null && value !== '' && value !== false) search.set(key, String(value));
  const text = search.toString();
  return text ? '?' + text : '';
}

/// Codes such as "vn34:00004" stand in paths as they are.
export const segment = (text: string) => encodeURIComponent(text).replaceAll('%3A', ':');
