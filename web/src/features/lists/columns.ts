import { PLAIN_FACTS } from '@/api/facts';

/** The columns of the table by the names the export knows them by, so that a file holds what the table shows. */
export const COLUMNS = [
  'name',
  'code',
  'stage',
  'owner',
  'first-talk',
  'investors',
  'country',
  'total-investment',
  'industry-code',
  'chain',
  'landing-place',
  'in-talks-on',
  'signed-on',
  'registered-on',
  'started-on',
  'in-production-on',
  'light',
  'flags',
  'claim',
  'created-at',
  'updated-at',
  ...PLAIN_FACTS.map((fact) => fact.column),
] as const;
export type ColumnKey = (typeof COLUMNS)[number];
export interface ShownColumn {
  key: ColumnKey;
  pinned: boolean;
}
export type Layout = readonly ShownColumn[];

export const STANDARD: Layout = (
  [
    ['name', true],
    ['stage'],
    ['owner'],
    ['investors'],
    ['total-investment'],
    ['industry-code'],
    ['light'],
    ['claim'],
    ['created-at'],
    ['updated-at'],
  ] as [ColumnKey, boolean?][]
).map(([key, pinned = false]) => ({ key, pinned }));

/** Pinned columns stand first; the name is always there, since it leads to the project. */
function settled(columns: Layout): Layout {
  const named = columns.some((each) => each.key === 'name')
    ? columns
    : [{ key: 'name' as const, pinned: true }, ...columns];
  return [...named.filter((each) => each.pinned), ...named.filter((each) => !each.pinned)];
}

/** Columns as an address, a store or a saved view holds them: names in order, a star before what is pinned. Unknown ones are passed over. */
export function readLayout(names: string | readonly string[] | undefined | null): Layout | undefined {
  const found = new Map<ColumnKey, boolean>();
  for (const name of typeof names === 'string' ? names.split(',') : (names ?? [])) {
    const pinned = name.startsWith('*');
    const key = COLUMNS.find((each) => each === (pinned ? name.slice(1) : name));
    if (key && !found.has(key)) found.set(key, pinned);
  }
  return found.size === 0 ? undefined : settled([...found].map(([key, pinned]) => ({ key, pinned })));
}

export function layoutNames(layout: Layout): string[] {
  return layout.map(({ key, pinned }) => (pinned ? `*${key}` : key));
}

export function sameLayout(a: Layout, b: Layout): boolean {
  return layoutNames(a).join() === layoutNames(b).join();
}

/** Shows a column, at the end, or hides it. */
export function toggle(layout: Layout, key: ColumnKey): Layout {
  return settled(
    layout.some((each) => each.key === key)
      ? layout.filter((each) => each.key !== key || key === 'name')
      : [...layout, { key, pinned: false }],
  );
}

/** Pins a column behind those pinned already, or lets it go. */
export function pin(layout: Layout, key: ColumnKey): Layout {
  return settled(layout.map((each) => (each.key === key ? { key, pinned: !each.pinned } : each)));
}

/** Moves a column by one place among those pinned as it is. */
export function shift(layout: Layout, key: ColumnKey, by: -1 | 1): Layout {
  const at = layout.findIndex((each) => each.key === key);
  const here = layout[at];
  const there = layout[at + by];
  if (!here || !there || here.pinned !== there.pinned) return layout;
  const next = [...layout];
  next[at] = there;
  next[at + by] = here;
  return next;
}

const PAIRS: Partial<Record<ColumnKey, string[]>> = {
  'total-investment': ['total-investment', 'currency'],
  ...Object.fromEntries(
    PLAIN_FACTS.filter((fact) => fact.shape === 'money').map(({ column }) => [column, [column, `${column}-currency`]]),
  ),
  claim: ['claim-status', 'claim-expires-at'],
};

/** The columns of the file that holds what the table shows: an amount is a figure and its currency there. */
export function exportColumns(layout: Layout): string {
  return layout.flatMap(({ key }) => PAIRS[key] ?? [key]).join(',');
}

const stored = (userId: string) => `pipeline.columns.${userId}`;

export function storedLayout(userId: string | undefined): Layout | undefined {
  return userId ? readLayout(localStorage.getItem(stored(userId))) : undefined;
}

export function storeLayout(userId: string | undefined, layout: Layout): void {
  if (!userId) return;
  if (sameLayout(layout, STANDARD)) localStorage.removeItem(stored(userId));
  else localStorage.setItem(stored(userId), layoutNames(layout).join());
}
