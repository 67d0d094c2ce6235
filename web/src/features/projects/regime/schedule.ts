const DAY = 86_400_000;

const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / DAY);

/** How far a started project is on its way to production (R92). */
export interface Schedule {
  /** Days since it started. */
  days: number;
  /** Days until the planned production; negative where that day is over. */
  left: number;
  /** What should be paid in by now, as a share of the plan: the share of the days that went by, at most 1. */
  expected: number;
  /** Percentage points that what was paid in is behind it; not known where the share paid in is not. */
  behind?: number;
}

/**
 * The schedule of a project as of a day.
 * @param paidIn The share of the planned investment that was paid in.
 * @returns undefined where the planned production is not after the start.
 */
export function scheduleOf(started: string, production: string, on: string, paidIn?: number): Schedule | undefined {
  const whole = daysBetween(started, production);
  if (whole <= 0) return undefined;
  const days = daysBetween(started, on);
  const expected = Math.min(1, Math.max(0, days / whole));
  return {
    days,
    left: daysBetween(on, production),
    expected,
    behind: paidIn === undefined ? undefined : (expected - paidIn) * 100,
  };
}
