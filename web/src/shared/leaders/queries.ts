import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { LeaderBatch, LeaderBatchInput, LinkStatus } from '@/api/types';

export interface LinkFilter {
  leaderId?: string;
  status?: LinkStatus;
  noContact?: boolean;
  projectId?: string;
}

export const leaderLinksQuery = (filter: LinkFilter) =>
  infiniteQueryOptions({
    queryKey: ['leader-links', filter],
    queryFn: ({ pageParam }) =>
      body(client.GET('/api/v1/leader-links', { params: { query: { ...filter, limit: 50, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

/** Projects that could be linked and are not, the largest first. */
export const eligibleQuery = infiniteQueryOptions({
  queryKey: ['leader-links', 'eligible'],
  queryFn: ({ pageParam }) =>
    body(
      client.GET('/api/v1/leader-links/eligible', { params: { query: { limit: 50, count: true, cursor: pageParam } } }),
    ),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

export const linkSummaryQuery = queryOptions({
  queryKey: ['leader-links', 'summary'],
  queryFn: () => body(client.GET('/api/v1/leader-links/summary')),
});

export const batchesQuery = infiniteQueryOptions({
  queryKey: ['leader-batches'],
  queryFn: ({ pageParam }) =>
    body(client.GET('/api/v1/leader-batches', { params: { query: { limit: 20, cursor: pageParam } } })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

export const batchQuery = (id: string) =>
  queryOptions({
    queryKey: ['leader-batches', id],
    queryFn: () => body(client.GET('/api/v1/leader-batches/{id}', { params: { path: { id } } })),
  });

/** What an issued batch changed. */
export const batchDifferenceQuery = (id: string) =>
  queryOptions({
    queryKey: ['leader-batches', id, 'difference'],
    queryFn: () => body(client.GET('/api/v1/leader-batches/{n}/difference', { params: { path: { n: id } } })),
  });

function useRefresh() {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      ['leader-links', 'leader-batches', 'projects', 'due', 'notices'].map((key) =>
        queries.invalidateQueries({ queryKey: [key] }),
      ),
    );
}

/** Stores a draft: a new one, or the changes of the one it was opened from. */
export function useSaveBatch() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ batch, changes, key }: { batch?: LeaderBatch; changes: LeaderBatchInput; key: string }) =>
      batch
        ? body(
            client.PUT('/api/v1/leader-batches/{id}', {
              params: { path: { id: batch.id }, header: { 'If-Match': `"${batch.version}"` } },
              body: changes,
            }),
          )
        : body(
            client.POST('/api/v1/leader-batches', {
              params: { header: { 'Idempotency-Key': key } },
              body: changes,
            }),
          ),
    onSettled: refresh,
  });
}

export function useIssueBatch() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ batch, key }: { batch: LeaderBatch; key: string }) =>
      body(
        client.POST('/api/v1/leader-batches/{id}/issue', {
          params: {
            path: { id: batch.id },
            header: { 'If-Match': `"${batch.version}"`, 'Idempotency-Key': key },
          },
        }),
      ),
    onSettled: refresh,
  });
}
