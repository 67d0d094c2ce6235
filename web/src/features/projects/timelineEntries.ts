import type { TimelineEntry } from '@/api/types';

export interface Change {
  field: string;
  before?: unknown;
  after?: unknown;
}

/** Entries come in the order they were made; people want the last one first. */
export function newestFirst(entries: TimelineEntry[]): TimelineEntry[] {
  const first = entries[0];
  const last = entries.at(-1);
  return first && last && first.at <= last.at ? [...entries].reverse() : entries;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** What an entry changed, for people: ids left out, evidence member by member, a move as the stage it leads to. */
export function changesOf({ before = {}, after = {} }: Pick<TimelineEntry, 'before' | 'after'>): Change[] {
  const { evidence, to, ...rest } = after;
  const now: Record<string, unknown> = {
    ...rest,
    ...(to === undefined ? {} : { stage: to }),
    ...(typeof evidence === 'object' ? evidence : {}),
  };
  return [...new Set([...Object.keys(before), ...Object.keys(now)])]
    .filter((field) => !/Id$|^id$|^files$/.test(field))
    .map((field) => ({ field, before: before[field], after: now[field] }))
    .filter((change) => !(isEmpty(change.before) && isEmpty(change.after)))
    .map(({ field, before: was, after: is }) => ({
      field,
      ...(isEmpty(was) ? {} : { before: was }),
      // Null says that it was taken away; absent, that the entry is not about what came of it.
      ...(isEmpty(is) ? (field in after ? { after: null } : {}) : { after: is }),
    }));
}

/** Whether an entry says what was looked for: every word of it, anywhere in what is shown of the entry. */
export function says(shown: readonly (string | undefined | null)[], looked: string): boolean {
  const text = shown.filter(Boolean).join('\n').toLocaleLowerCase();
  return looked
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every((word) => text.includes(word));
}
