import type { BulletinKind, Period } from '@/api/types';

/** The periods that a kind of bulletin can tell of, the newest first: of a quarter its last month is closed, of a year its 13th period. */
export function tellable(kind: BulletinKind, periods: readonly Pick<Period, 'period' | 'snapshotId'>[]): string[] {
  const closed = periods.filter((each) => each.snapshotId).map((each) => each.period);
  const ends = (month: string) => Number(month.slice(5));
  if (kind === 'monthly') return closed.filter((each) => ends(each) <= 12);
  if (kind === 'annual') return closed.filter((each) => ends(each) === 13).map((each) => each.slice(0, 4));
  // A half-year is told with the quarter that ends it.
  const every = kind === 'half-yearly' ? 6 : 3;
  return closed
    .filter((each) => ends(each) <= 12 && ends(each) % every === 0)
    .map((each) => `${each.slice(0, 5)}Q${ends(each) / 3}`);
}

/** Which half of a year a bulletin tells of; null where it is of another kind. */
export const halfOf = (bulletin: {
  kind: BulletinKind;
  period: string;
}): { year: string; half: 'first' | 'second' } | null =>
  bulletin.kind === 'half-yearly'
    ? { year: bulletin.period.slice(0, 4), half: bulletin.period.endsWith('2') ? 'first' : 'second' }
    : null;
