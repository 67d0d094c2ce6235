import type { ProjectInput } from '@/api/types';
import { sameValue } from '@/shared/projectForm';

/** Named leaders are in no form. */
export type FactField = Exclude<keyof ProjectInput, 'leaders'>;
export interface Difference {
  field: FactField;
  base: unknown;
  mine: unknown;
  theirs: unknown;
}
export interface Merge {
  /** What both changed, and differently: the person chooses. */
  conflicts: Difference[];
  /** What only the others changed: taken over. */
  taken: Difference[];
}

/** Three versions of the facts: as they were when editing began, as they are in the form, as they are stored now. */
export function mergeVersions(base: ProjectInput, mine: ProjectInput, theirs: ProjectInput): Merge {
  const merge: Merge = { conflicts: [], taken: [] };
  const fields = new Set([...Object.keys(base), ...Object.keys(mine), ...Object.keys(theirs)]) as Set<FactField>;
  for (const field of fields) {
    const difference = { field, base: base[field], mine: mine[field], theirs: theirs[field] };
    if (sameValue(difference.base, difference.theirs) || sameValue(difference.mine, difference.theirs)) continue;
    (sameValue(difference.base, difference.mine) ? merge.taken : merge.conflicts).push(difference);
  }
  return merge;
}
