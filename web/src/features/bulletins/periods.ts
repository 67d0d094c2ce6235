import type { BulletinKind, Period } from '@/api/types';

/** The periods that a kind of bulletin can tell of, the newest first: of a quarter its last month is closed, of a year its 13th period. */
export function tellable(kind: BulletinKind, periods: readonly Pick<Period, 'period' | 'snapshotId'>[]): string[] {
  const closed = periods.filter((each) => each.snapshotId).map((each) => each.period);
  const ends = (month: string) => Number(month.slice(5));
  if (kind === 'monthly') return closed.filter((each) => ends(each) <= 12);
  if (kind === 'annual') return closed.filter((each) => ends(each) === 13).map((each) => each.slice(0, 4));
  return closed
    .filter((each) => ends(each) <= 12 && ends(each) % 3 === 0)
    .map((each) => `${each.slice(0, 5)}Q${ends(each) / 3}`);
}
