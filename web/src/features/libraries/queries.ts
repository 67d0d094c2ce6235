import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { body, client, tagged } from '@/api/client';
import type { LibraryEntry } from '@/api/types';
import type { Library } from './libraries';

export interface EntryFilter {
  q?: string;
  tags?: string;
  chain?: string;
  keeper?: string;
  staleBefore?: string;
  status?: 'active' | 'retired';
}

/** The libraries are all of one shape, which one of them stands for. */
export const listOf = (library: Library) => `/api/v1/${library}` as '/api/v1/funds';
export const entryOf = (library: Library) => `/api/v1/${library}/{id}` as '/api/v1/funds/{id}';

export const entriesQuery = (library: Library, filter: EntryFilter) =>
  infiniteQueryOptions({
    queryKey: ['libraries', library, 'list', filter],
    queryFn: ({ pageParam }) =>
      body(
        client.GET(listOf(library), { params: { query: { ...filter, limit: 50, count: true, cursor: pageParam } } }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

/** An entry with its ETag: what is done to it is done to this version. */
export const entryQuery = (library: Library, id: string) =>
  queryOptions({
    queryKey: ['libraries', library, 'one', id],
    queryFn: async () => {
      const read = await tagged(client.GET(entryOf(library), { params: { path: { id } } }));
      return { value: read.value as LibraryEntry, etag: read.etag };
    },
  });
