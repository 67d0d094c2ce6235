import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { AuditEntry, AuditQuery } from '@/api/types';

/** Reading the trail is an entry of it too: it is asked for when somebody asks, not when a window comes to the front. */
export const auditQuery = (filter: AuditQuery) =>
  infiniteQueryOptions({
    queryKey: ['audit', filter],
    queryFn: async ({ pageParam }) => {
      const page = await body(
        client.GET('/api/v1/audit', { params: { query: { ...filter, limit: 50, cursor: pageParam } } }),
      );
      return { items: page.items as AuditEntry[], nextCursor: page.nextCursor };
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

/** What looks unusual in the facts of a year. Reading it is an entry of the trail. */
export const patternsQuery = (year: number) =>
  queryOptions({
    queryKey: ['audit', 'patterns', year],
    queryFn: () => body(client.GET('/api/v1/audit/patterns', { params: { query: { year } } })),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
