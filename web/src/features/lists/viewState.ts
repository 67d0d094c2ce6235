import type { SavedView } from '@/api/types';
import { layoutNames, readLayout, type Layout } from './columns';
import { LIST_KEYS, type ListKey, type ListValues } from './listState';

/** What a view keeps of an address: the filters and the order; its columns go beside. */
export function viewQuery(values: ListValues): string {
  const kept = new URLSearchParams();
  for (const key of LIST_KEYS) {
    const value = values[key];
    if (value && key !== 'columns') kept.set(key, value);
  }
  return kept.toString();
}

/** The address that shows a view; of a query only what the page knows is taken. */
export function viewAddress(view: Pick<SavedView, 'query' | 'columns'>): string {
  const given = new URLSearchParams(view.query);
  const address = new URLSearchParams();
  for (const key of LIST_KEYS.filter((each): each is Exclude<ListKey, 'columns'> => each !== 'columns')) {
    const value = given.get(key);
    if (value) address.set(key, value);
  }
  const layout = readLayout(view.columns);
  if (layout) address.set('columns', layoutNames(layout).join());
  return `/lists?${address.toString()}`;
}

/** Whether the page shows just what a view holds. */
export function showsView(view: SavedView, values: ListValues, layout: Layout): boolean {
  return viewAddress(view) === viewAddress({ query: viewQuery(values), columns: layoutNames(layout) });
}
