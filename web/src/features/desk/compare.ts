import type { MatchFacts } from '@/api/types';
import { sameValue } from '@/shared/projectForm';

export type Likeness = 'same' | 'different' | 'one-sided' | 'neither';
export type ComparedField = 'name' | 'nationalCode' | 'totalInvestment' | 'industryCode';
export const COMPARED: readonly ComparedField[] = ['name', 'nationalCode', 'totalInvestment', 'industryCode'];

const plain = (value: unknown) =>
  typeof value === 'string' ? value.normalize('NFKC').replace(/\s+/g, '').toLowerCase() : value;

/** How a fact of the report stands to the candidate's. What counts as the same project the server has said; this only shows where to look. */
export function likeness(mine: unknown, theirs: unknown): Likeness {
  const empty = (value: unknown) => value === undefined || value === null || value === '';
  if (empty(mine) && empty(theirs)) return 'neither';
  if (empty(mine) || empty(theirs)) return 'one-sided';
  return sameValue(plain(mine), plain(theirs)) ? 'same' : 'different';
}

type Party = MatchFacts['investors'][number];

/** Whether the other side has this investor too: by credit code where both have one, else by name. */
export function hasInvestor(others: Party[], investor: Party): boolean {
  return others.some((other) =>
    other.uscc && investor.uscc ? other.uscc === investor.uscc : plain(other.name) === plain(investor.name),
  );
}

export interface Stretch {
  text: string;
  same: boolean;
}

/** A text cut into what it has in common with another, in order, and what differs; width and case do not count. */
export function stretches(mine: string, theirs: string): Stretch[] {
  const own = [...mine];
  const fold = (sign: string) => sign.normalize('NFKC').toLowerCase();
  const [a, b] = [own.map(fold), [...theirs].map(fold)];
  // longest[i][j]: how much a from i on and b from j on have in common.
  const longest = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const at = (i: number, j: number) => longest[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    const row = longest[i] as Uint16Array;
    for (let j = b.length - 1; j >= 0; j--)
      row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const found: Stretch[] = [];
  for (let i = 0, j = 0; i < a.length;) {
    while (j < b.length && a[i] !== b[j] && at(i, j + 1) >= at(i + 1, j)) j++;
    const same = j < b.length && a[i] === b[j];
    const last = found.at(-1);
    if (last?.same === same) last.text += own[i];
    else found.push({ text: own[i] ?? '', same });
    if (same) j++;
    i++;
  }
  return found;
}

/** The investor of the other side that a name most resembles: the one to compare it with. */
export function nearest(name: string, others: readonly { name: string }[]): string | undefined {
  const common = (other: string) =>
    stretches(name, other).reduce((sum, each) => sum + (each.same ? each.text.length : 0), 0);
  const best = [...others].sort((one, two) => common(two.name) - common(one.name))[0];
  return best && common(best.name) * 2 >= name.length ? best.name : undefined;
}
