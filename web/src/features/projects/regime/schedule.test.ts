import { expect, test } from 'vitest';
import { scheduleOf } from './schedule';

// R92: start 2024-01-01, production 2025-12-31 (730 days), today 2024-12-31 (365): 50.00 %.
test('half of the days are half of the money', () => {
  expect(scheduleOf('2024-01-01', '2025-12-31', '2024-12-31')).toEqual({ days: 365, left: 365, expected: 0.5 });
});

// R92: paid 4.1 of 10亿 is 9 points behind, 2.0 is 30, 1.8 is 32.
test.each([
  [0.41, 9],
  [0.2, 30],
  [0.18, 32],
])('%f paid in is %d points behind', (paidIn, points) => {
  expect(scheduleOf('2024-01-01', '2025-12-31', '2024-12-31', paidIn)?.behind).toBeCloseTo(points, 10);
});

test('after the planned day everything is expected, and the days left are negative', () => {
  expect(scheduleOf('2024-01-01', '2025-12-31', '2026-01-10')).toEqual({ days: 740, left: -10, expected: 1 });
});

test('a plan that lies before the start tells nothing', () => {
  expect(scheduleOf('2024-01-01', '2023-12-31', '2024-12-31')).toBeUndefined();
});
