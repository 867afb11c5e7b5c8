// SPDX-License-Identifier: Apache-2.0
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { serviceWorker } from './offline_build.ts';

/// The two files of the one face are asked for at once, not when the first style sheet has been read.
const preloadFonts: Plugin = {
  name: 'preload-fonts',
  transformIndexHtml: {
    order: 'post',
    handler: (_page, { bundle }) =>
      Object.keys(bundle ?? {}).filter((name) => name.endsWith('.woff2')).map((name) => ({
        tag: 'link', attrs: { rel: 'preload', as: 'font', type: 'font/woff2', href: '/' + name, crossorigin: '' }, injectTo: 'head' as const,
      })),
  },
};

/// Who is signed in is asked for beside the program: a slow line is crossed once less before anything can be drawn.
const preloadSession: Plugin = {
  name: 'preload-session',
  transformIndexHtml: () => [{ tag: 'link', attrs: { rel: 'preload', as: 'fetch', href: '/api/v1/session', crossorigin: '' }, injectTo: 'head' as const }],
};

export default defineConfig({
  plugins: [svelte(), preloadFonts, preloadSession, serviceWorker()],
  build: { outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0, target: 'es2022', modulePreload: { polyfill: false } },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
});
