// SPDX-License-Identifier: Apache-2.0
// The desk on this device: browsers allow it on HTTPS and on this machine only.
if (import.meta.env.PROD && 'serviceWorker' in navigator) void navigator.serviceWorker.register('/sw.js').catch(() => undefined);

/// Asks again for what a page asked before the worker was there, so that it is kept.
export async function warm(paths: string[]): Promise<void> {
  if (!('serviceWorker' in navigator) || navigator.serviceWorker.controller) return;
  await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }));
  for (const path of paths) await fetch('/api/v1' + path, { headers: { Accept: 'application/json' } }).catch(() => undefined);
}
