/** ISO 8601 durations of one part, such as P1M, P7D or PT2S: those that a rule set holds. */
export const DURATION_UNITS = ['Y', 'M', 'W', 'D', 'TH', 'TM', 'TS'] as const;
export type DurationUnit = (typeof DURATION_UNITS)[number];
export interface Duration {
  count: number;
  unit: DurationUnit;
}

export function parseDuration(text: string): Duration | null {
  const match = /^P(?:(\d+)([YMWD])|T(\d+)([HMS]))$/.exec(text.trim());
  if (!match) return null;
  return match[1] !== undefined
    ? { count: Number(match[1]), unit: match[2] as DurationUnit }
    : { count: Number(match[3]), unit: `T${match[4] ?? ''}` as DurationUnit };
}

export function writeDuration({ count, unit }: Duration): string {
  return unit.startsWith('T') ? `PT${count}${unit.slice(1)}` : `P${count}${unit}`;
}
