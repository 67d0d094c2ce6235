import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { BulletinKind, BulletinStatus, BulletinTemplate } from '@/api/types';

export const BULLETIN_KINDS: readonly BulletinKind[] = ['monthly', 'quarterly', 'half-yearly', 'annual'];
export const BULLETIN_STATUSES: readonly BulletinStatus[] = ['draft', 'issued', 'superseded'];
export const BULLETIN_TEMPLATES: readonly BulletinTemplate[] = ['full', 'league', 'progress'];

export const bulletinsQuery = (filter: { kind?: BulletinKind; status?: BulletinStatus }) =>
  infiniteQueryOptions({
    queryKey: ['bulletins', filter],
    queryFn: ({ pageParam }) =>
      body(client.GET('/api/v1/bulletins', { params: { query: { ...filter, limit: 50, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const bulletinQuery = (id: string) =>
  queryOptions({
    queryKey: ['bulletins', 'one', id],
    queryFn: () => body(client.GET('/api/v1/bulletins/{id}', { params: { path: { id } } })),
  });

export const differenceQuery = (id: string) =>
  queryOptions({
    queryKey: ['bulletins', 'one', id, 'difference'],
    queryFn: () => body(client.GET('/api/v1/bulletins/{id}/difference', { params: { path: { id } } })),
  });

/** The closed months whose bulletins can be drafted. */
export const closedPeriodsQuery = queryOptions({
  queryKey: ['periods'],
  queryFn: async () => (await body(client.GET('/api/v1/periods'))).items,
});
