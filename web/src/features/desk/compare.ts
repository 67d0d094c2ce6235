import type { MatchFacts } from '@/api/types';
import { sameValue } from '@/shared/projectForm';

export type Likeness = 'same' | 'different' | 'one-sided' | 'neither';
export type ComparedField = 'name' | 'nationalCode' | 'totalInvestment' | 'industryCode';
export const COMPARED: readonly ComparedField[] = ['name', 'nationalCode', 'totalInvestment', 'industryCode'];

const plain = (value: unknown) => (typeof value === 'string' ? value.normalize('NFKC').replace(/\s+/g, '').toLowerCase() : value);

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
  return others.some((other) => (other.uscc && investor.uscc ? other.uscc === investor.uscc : plain(other.name) === plain(investor.name)));
}
