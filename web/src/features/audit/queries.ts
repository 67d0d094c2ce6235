import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
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
