import { expect, test } from 'vitest';
import { tellable } from './periods';

const period = (text: string, closed = true) => ({ period: text, snapshotId: closed ? 's' : undefined });
const books = [period('2026-07', false), period('2026-06'), period('2026-05'), period('2025-13'), period('2025-12')];

test('monthly bulletins tell of closed months, without the 13th period', () => {
  expect(tellable('monthly', books)).toEqual(['2026-06', '2026-05', '2025-12']);
});

test('quarterly ones of quarters whose last month is closed', () => {
  expect(tellable('quarterly', books)).toEqual(['2026-Q2', '2025-Q4']);
});

test('annual ones of years whose 13th period is closed', () => {
  expect(tellable('annual', books)).toEqual(['2025']);
});

test('half-yearly ones of the quarters that end a half-year', () => {
  expect(tellable('half-yearly', [...books, period('2026-03')])).toEqual(['2026-Q2', '2025-Q4']);
});
