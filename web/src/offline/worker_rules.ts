// SPDX-License-Identifier: Apache-2.0
// Which answers this browser keeps, and when it hands out a kept one.

/// The header of an answer that comes from this device: when the server gave it.
export const told = 'X-Kept-At';

const kept = [
  /^\/session$/,
  /^\/programmes\/[^/?]+$/,
  /^\/programmes\/[^/?]+\/(periods|work)(\?.*)?$/,
  /^\/programmes\/[^/?]+\/reports\/[^/?]+\/[^/?]+\/[^/?]+$/,
];
/// Addresses below /api/v1 that entry needs without a line. What is read to decide on others is always the server's.
export const isKept = (name: string) => kept.some((one) => one.test(name));

/// A gateway says so when the server behind it is not there.
const away = (status: number) => status === 502 || status === 503 || status === 504;

/// The server's answer; where the line or the server is gone, or silent for `patience` ms, what is kept, if anything.
export async function network(
  fetched: Promise<Response>, kept: () => Promise<Response | undefined>, patience = 4000,
): Promise<{ response: Response; fresh: boolean }> {
  const silent = Symbol();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const waited = new Promise<typeof silent>((done) => (timer = setTimeout(done, patience, silent)));
  const first = await Promise.race([fetched.catch((error: unknown) => ({ error })), waited]);
  clearTimeout(timer);
  if (first instanceof Response && !away(first.status)) return { response: first, fresh: true };
  const found = await kept();
  if (found) return { response: found, fresh: false };
  return { response: await fetched, fresh: true };
}
