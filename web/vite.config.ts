import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { compress } from './compress';

const api = process.env.PIPELINE_API ?? 'http://localhost:5080';

/** What a PDF needs that does not bring its own: Chinese encodings, the fonts every reader has, a decoder for scans. */
const pdfParts: Plugin = {
  name: 'pdf-parts',
  apply: 'build',
  generateBundle() {
    for (const folder of ['cmaps', 'standard_fonts', 'wasm']) {
      const from = new URL(`./node_modules/pdfjs-dist/${folder}/`, import.meta.url);
      for (const file of readdirSync(from).filter((name) => !name.endsWith('.wasm')))
        this.emitFile({ type: 'asset', fileName: `pdf/${folder}/${file}`, source: readFileSync(new URL(file, from)) });
    }
  },
};

export default defineConfig({
  plugins: [react(), pdfParts, compress()],
  resolve: {
    alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) },
    conditions: ['source', ...defaultClientConditions],
  },
  server: {
    proxy: {
      '/api': api,
      '/problems': api,
    },
  },
  build: {
    target: 'es2022',
    // The policy `script-src 'self'` allows no inline script, and a data: URL is no origin of ours.
    assetsInlineLimit: 0,
    // The charts are one large part, and loaded by who looks at charts.
    chunkSizeWarningLimit: 600,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler|react-router)\//, priority: 30 },
            { name: 'data', test: /node_modules\/(@tanstack|openapi-fetch|i18next|react-i18next)\//, priority: 20 },
          ],
        },
      },
    },
  },
  test: {
    environment: 'happy-dom',
    environmentOptions: { happyDOM: { url: 'http://localhost/' } },
    setupFiles: ['./src/test/setup.ts'],
    restoreMocks: true,
    testTimeout: 20_000,
    maxWorkers: 2,
  },
});
