import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { DisputeOutcome, DisputeStatus } from '@/api/types';
import { only } from '@/shared/only';

export interface DisputeFilter {
  status?: DisputeStatus;
  claimId?: string;
}

export const disputesQuery = (filter: DisputeFilter) =>
  infiniteQueryOptions({
    queryKey: ['disputes', 'list', filter],
    queryFn: ({ pageParam }) =>
      body(
        client.GET('/api/v1/disputes', {
          params: { query: { ...filter, status: only(filter.status), limit: 50, cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const disputeQuery = (id: string) =>
  queryOptions({
    queryKey: ['disputes', id],
    queryFn: () => body(client.GET('/api/v1/disputes/{id}', { params: { path: { id } } })),
  });

export const evidenceQuery = (id: string) =>
  queryOptions({
    queryKey: ['disputes', id, 'evidence'],
    queryFn: () => body(client.GET('/api/v1/disputes/{id}/evidence', { params: { path: { id } } })),
  });

/** What a dispute can be decided to be. */
export const OUTCOMES: readonly DisputeOutcome[] = ['uphold', 'reassign', 'co-negotiate', 'revoke'];

/** What may be decided as things stand, and why not otherwise. */
export const possibleOutcomesQuery = (id: string) =>
  queryOptions({
    queryKey: ['disputes', id, 'possible'],
    queryFn: () => body(client.GET('/api/v1/disputes/{id}/outcomes', { params: { path: { id } } })),
    staleTime: 0,
    gcTime: 0,
  });

export type DisputeStep =
  | { step: 'file'; grounds: string; files: string[] }
  | { step: 'answer'; answer: string; files: string[] }
  | { step: 'appeal'; grounds: string }
  | { step: 'withdraw' | 'suspend' | 'resume'; reason: string }
  | { step: 'decide'; outcome: DisputeOutcome; reason: string; falseReport: boolean };

/** Takes a step in a dispute; `id` is the claim's when it is filed, else the dispute's. */
export function useDisputeStep(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ step: { step, ...content }, key }: { step: DisputeStep; key: string }) => {
      const params = { path: { id }, header: { 'Idempotency-Key': key } };
      switch (step) {
        case 'file':
          return body(client.POST('/api/v1/claims/{id}/disputes', { params, body: content }));
        case 'answer':
          return body(client.POST('/api/v1/disputes/{id}/answer', { params, body: content }));
        case 'appeal':
          return body(client.POST('/api/v1/disputes/{id}/appeal', { params, body: content }));
        case 'decide':
          return body(
            client.POST('/api/v1/disputes/{id}/decide', {
              params,
              body: content as Extract<DisputeStep, { step: 'decide' }>,
            }),
          );
        case 'withdraw':
          return body(client.POST('/api/v1/disputes/{id}/withdraw', { params, body: content }));
        case 'suspend':
          return body(client.POST('/api/v1/disputes/{id}/suspend', { params, body: content }));
        case 'resume':
          return body(client.POST('/api/v1/disputes/{id}/resume', { params, body: content }));
      }
    },
    onSettled: () =>
      Promise.all(
        ['disputes', 'claims', 'projects', 'lists', 'moves'].map((key) =>
          queries.invalidateQueries({ queryKey: [key] }),
        ),
      ),
  });
}
