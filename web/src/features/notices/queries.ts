import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { body, client } from '@/api/client';

/** How many notices the person has not read; asked every minute while the page is looked at. */
export const unreadQuery = queryOptions({
  queryKey: ['notices', 'unread'],
  queryFn: async () =>
    (await body(client.GET('/api/v1/notices', { params: { query: { unread: true, limit: 1, count: true } } }))).total ??
    0,
  staleTime: 30_000,
  refetchInterval: 60_000,
});

export const latestQuery = queryOptions({
  queryKey: ['notices', 'latest'],
  queryFn: async () => (await body(client.GET('/api/v1/notices', { params: { query: { limit: 6 } } }))).items,
  staleTime: 0,
});

export const noticesQuery = (unread: boolean) =>
  infiniteQueryOptions({
    queryKey: ['notices', 'list', unread],
    queryFn: async ({ pageParam }) =>
      body(client.GET('/api/v1/notices', { params: { query: { unread, limit: 50, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

export const markRead = (id: string) => body(client.POST('/api/v1/notices/{id}/read', { params: { path: { id } } }));
export const markReadUpTo = (upTo: string) => body(client.POST('/api/v1/notices/read', { body: { upTo } }));
