import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { body, client, tagged } from '@/api/client';
import type { Role } from '@/api/types';

export interface UserFilter {
  q?: string;
  role?: Role;
  active?: 'true' | 'false';
}

export const usersQuery = (filter: UserFilter) =>
  infiniteQueryOptions({
    queryKey: ['users', 'list', filter],
    queryFn: ({ pageParam }) =>
      body(client.GET('/api/v1/users', { params: { query: { ...filter, limit: 50, cursor: pageParam } as never } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const userQuery = (id: string) =>
  queryOptions({
    queryKey: ['users', 'one', id],
    queryFn: () => tagged(client.GET('/api/v1/users/{id}', { params: { path: { id } } })),
    staleTime: 0,
  });

export const userSessionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['users', 'sessions', id],
    queryFn: async () => (await body(client.GET('/api/v1/users/{id}/sessions', { params: { path: { id } } }))).items,
    staleTime: 0,
  });
