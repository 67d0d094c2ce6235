import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { loadTexts, startTranslation } from '@/shared/i18n';
import { rememberTour } from '@/shared/tour';
import { server } from './server';

configure({ asyncUtilTimeout: 5000 });

// happy-dom has the lock manager's name only.
Object.defineProperty(navigator, 'locks', {
  configurable: true,
  value: { request: (_name: string, run: () => Promise<unknown>) => run() },
});

beforeAll(async () => {
  server.listen({ onUnhandledRequest: 'error' });
  await startTranslation('zh-CN');
  await Promise.all([
    loadTexts('accounts'),
    loadTexts('audit'),
    loadTexts('notices'),
    loadTexts('disputes'),
    loadTexts('work'),
    loadTexts('imports'),
    loadTexts('reviews'),
    loadTexts('issues'),
    loadTexts('help'),
  ]);
});

beforeEach(() => {
  localStorage.clear();
  rememberTour();
});

afterEach(() => {
  cleanup();
  server.resetHandlers();
});

afterAll(() => server.close());
