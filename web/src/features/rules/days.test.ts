import { describe, expect, it } from 'vitest';
import { inSpans, readDays } from './days';

describe('days off and on', () => {
  it('are typed a day or a span a line', () => {
    expect(readDays('2027-10-01~2027-10-03\n2027-01-01，2027-02-29 2027-05-01')).toEqual({
      days: ['2027-01-01', '2027-05-01', '2027-10-01', '2027-10-02', '2027-10-03'],
      bad: ['2027-02-29'],
    });
  });

  it('tell what cannot be read, an inverted span too', () => {
    expect(readDays('soon 2027-10-03~2027-10-01 2027-1-1').bad).toEqual(['soon', '2027-10-03~2027-10-01', '2027-1-1']);
  });

  it('are shown as spans over the ends of months', () => {
    expect(inSpans(['2026-02-01', '2026-01-31', '2026-01-04'])).toEqual(['2026-01-04', '2026-01-31~2026-02-01']);
  });
});
