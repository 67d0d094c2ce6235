import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { compress } from './compress';

const api = process.env.PIPELINE_API ?? 'http://localhost:5080';

export default defineConfig({
  plugins: [react(), compress()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
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
