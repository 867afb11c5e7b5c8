// SPDX-License-Identifier: Apache-2.0
// Makes /sw.js: our service worker with the list of the desk's files and a version that is their digest.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { type Plugin, build } from 'vite';

const at = (path: string) => new URL(path, import.meta.url);

export function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const shown = readdirSync(at('public/'));
        const files = [...Object.keys(bundle), ...shown].map((name) => '/' + name).sort();
        // Names under /assets carry a digest of their content; the others are read.
        const digest = createHash('sha256').update(files.join());
        for (const name of shown) digest.update(readFileSync(at('public/' + name)));
        const page = bundle['index.html'];
        if (page?.type === 'asset') digest.update(page.source);
        const made = await build({
          configFile: false, root: at('.').pathname, publicDir: false, logLevel: 'warn',
          define: { deskFiles: JSON.stringify(files), deskVersion: JSON.stringify(digest.digest('hex').slice(0, 12)) },
          build: { write: false, target: 'es2022', rollupOptions: { input: at('src/offline/worker.ts').pathname, output: { format: 'iife' } } },
        });
        const output = (Array.isArray(made) ? made[0] : made) as { output: { code?: string }[] };
        this.emitFile({ type: 'asset', fileName: 'sw.js', source: output.output[0]?.code ?? '' });
      },
    },
  };
}
