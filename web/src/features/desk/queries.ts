import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { body, client, tagged } from '@/api/client';

export const pendingMovesQuery = infiniteQueryOptions({
  queryKey: ['moves', 'pending'],
  queryFn: ({ pageParam }) =>
    body(client.GET('/api/v1/moves', { params: { query: { status: ['pending'], limit: 20, cursor: pageParam } } })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

/** How much waits for the centre, kind by kind. */
export const waitingQuery = queryOptions({
  queryKey: ['claims', 'moves', 'waiting'],
  queryFn: async () => {
    const count = { limit: 1, count: true } as const;
    const [moves, reviews, transfers, capital, disputes] = await Promise.all([
      body(client.GET('/api/v1/moves', { params: { query: { status: ['pending'], ...count } } })),
      body(
        client.GET('/api/v1/claims', { params: { query: { status: ['under-review'], returned: false, ...count } } }),
      ),
      body(client.GET('/api/v1/transfers', { params: { query: { status: ['accepted'], ...count } } })),
      body(client.GET('/api/v1/capital', { params: { query: { status: ['pending'], ...count } } })),
      body(
        client.GET('/api/v1/disputes', { params: { query: { status: ['awaiting-decision', 'appealed'], ...count } } }),
      ),
    ]);
    return {
      moves: moves.total ?? 0,
      reviews: reviews.total ?? 0,
      transfers: transfers.total ?? 0,
      capital: capital.total ?? 0,
      disputes: disputes.total ?? 0,
    };
  },
});

export const reviewsQuery = infiniteQueryOptions({
  queryKey: ['claims', 'under-review'],
  queryFn: ({ pageParam }) =>
    body(
      client.GET('/api/v1/claims', {
        params: { query: { status: ['under-review'], sort: 'sequence', limit: 50, cursor: pageParam } },
      }),
    ),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

export const reviewQuery = (id: string) =>
  queryOptions({
    queryKey: ['claims', id],
    queryFn: () => tagged(client.GET('/api/v1/claims/{id}', { params: { path: { id } } })),
  });

export const candidatesQuery = (id: string) =>
  queryOptions({
    queryKey: ['claims', id, 'candidates'],
    queryFn: () => body(client.GET('/api/v1/claims/{id}/candidates', { params: { path: { id } } })),
  });

function useRefreshed() {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      ['moves', 'claims', 'projects', 'lists', 'summary'].map((key) => queries.invalidateQueries({ queryKey: [key] })),
    );
}

export function useVerifyMove() {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({ id, key }: { id: string; key: string }) =>
      body(client.POST('/api/v1/moves/{id}/verify', { params: { path: { id }, header: { 'Idempotency-Key': key } } })),
    onSettled: refreshed,
  });
}

export function useReturnMove() {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({ id, reason, key }: { id: string; reason: string; key: string }) =>
      body(
        client.POST('/api/v1/moves/{id}/return', {
          params: { path: { id }, header: { 'Idempotency-Key': key } },
          body: { reason },
        }),
      ),
    onSettled: refreshed,
  });
}

export const firmAliasesQuery = infiniteQueryOptions({
  queryKey: ['firm-aliases'],
  queryFn: ({ pageParam }) =>
    body(client.GET('/api/v1/firm-aliases', { params: { query: { limit: 50, cursor: pageParam } } })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

export function useFirmAliases() {
  const queries = useQueryClient();
  const refreshed = () => queries.invalidateQueries({ queryKey: ['firm-aliases'] });
  const add = useMutation({
    mutationFn: ({ names, key }: { names: { name: string; otherName: string }; key: string }) =>
      body(client.POST('/api/v1/firm-aliases', { params: { header: { 'Idempotency-Key': key } }, body: names })),
    onSuccess: refreshed,
  });
  const remove = useMutation({
    mutationFn: ({ id, version }: { id: string; version: number }) =>
      body(
        client.DELETE('/api/v1/firm-aliases/{id}', {
          params: { path: { id }, header: { 'If-Match': `"${version}"` } },
        }),
      ),
    onSettled: refreshed,
  });
  return { add, remove };
}

export interface Decision {
  decision: 'same' | 'distinct';
  projectId?: string;
  reason: string;
}

export function useResolveClaim(id: string) {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({ decision, etag, key }: { decision: Decision; etag: string; key: string }) =>
      body(
        client.POST('/api/v1/claims/{id}/resolve', {
          params: { path: { id }, header: { 'If-Match': etag, 'Idempotency-Key': key } },
          body: decision,
        }),
      ),
    onSuccess: refreshed,
  });
}
