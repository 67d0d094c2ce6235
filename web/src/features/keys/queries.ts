import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { body, client, tagged } from '@/api/client';

export const keysQuery = infiniteQueryOptions({
  queryKey: ['api-keys', 'list'],
  queryFn: ({ pageParam }) =>
    body(client.GET('/api/v1/api-keys', { params: { query: { limit: 50, cursor: pageParam } as never } })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

export const unitKeysQuery = infiniteQueryOptions({
  queryKey: ['unit-keys'],
  queryFn: ({ pageParam }) =>
    body(client.GET('/api/v1/unit-keys', { params: { query: { limit: 50, cursor: pageParam } as never } })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

export const keyQuery = (id: string) =>
  queryOptions({
    queryKey: ['api-keys', 'one', id],
    queryFn: () => tagged(client.GET('/api/v1/api-keys/{id}', { params: { path: { id } } })),
    staleTime: 0,
  });
