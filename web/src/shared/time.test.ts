import { describe, expect, it } from 'vitest';
import { addDays, endOfDay, formatInstant, recentMonths, today } from './dates';
import { parseDuration, writeDuration } from './duration';
import { remaining } from './remaining';

describe('Shanghai time', () => {
  it('shows an instant in Shanghai, whatever the zone of the device', () => {
    expect(formatInstant('2026-05-01T08:30:12.345Z')).toBe('2026-05-01 16:30');
    expect(formatInstant('2026-05-01T08:30:12.345Z', 'millisecond')).toBe('2026-05-01 16:30:12.345');
    expect(formatInstant('2026-12-31T16:00:00.000Z', 'second')).toBe('2027-01-01 00:00:00');
    expect(formatInstant('2026-05-01T15:59:59.999Z', 'day')).toBe('2026-05-01');
  });

  it('takes the calendar day of Shanghai for today', () => {
    expect(today(Date.parse('2026-03-31T15:59:59.999Z'))).toBe('2026-03-31');
    expect(today(Date.parse('2026-03-31T16:00:00.000Z'))).toBe('2026-04-01');
  });

  it('ends a day at its last millisecond there', () => {
    expect(endOfDay('2026-02-28')).toBe('2026-02-28T15:59:59.999Z');
  });

  it('counts months back over the year and days over the month', () => {
    expect(recentMonths(3, Date.parse('2026-01-15T00:00:00Z'))).toEqual(['2026-01', '2025-12', '2025-11']);
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  });
});

describe('what is left of a window', () => {
  const until = '2026-06-30T15:59:59.999Z';
  const at = (instant: string) => remaining(until, Date.parse(instant));

  it('counts days and a clock', () => {
    expect(at('2026-06-18T12:54:49.999Z')).toEqual({ over: false, days: 12, clock: '03:05:10', urgency: 'calm' });
  });

  it('is soon within seven days and urgent within one', () => {
    expect(at('2026-06-23T15:59:59.999Z').urgency).toBe('soon');
    expect(at('2026-06-23T15:59:59.998Z').urgency).toBe('calm');
    expect(at('2026-06-29T15:59:59.999Z').urgency).toBe('urgent');
  });

  it('lasts up to and including its instant, and not a millisecond longer', () => {
    expect(at(until)).toMatchObject({ over: false, clock: '00:00:00' });
    expect(at('2026-06-30T16:00:00.000Z').over).toBe(true);
  });
});

describe('durations of a rule set', () => {
  it.each([
    ['P1M', 1, 'M'],
    ['P90D', 90, 'D'],
    ['PT2S', 2, 'TS'],
    ['PT36H', 36, 'TH'],
    ['P2W', 2, 'W'],
  ] as const)('%s', (text, count, unit) => {
    expect(parseDuration(text)).toEqual({ count, unit });
    expect(writeDuration({ count, unit })).toBe(text);
  });

  it('leaves a duration of several parts as it is written', () => {
    expect(parseDuration('P1M2D')).toBeNull();
    expect(parseDuration('')).toBeNull();
  });
});
