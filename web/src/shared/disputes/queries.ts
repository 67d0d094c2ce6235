import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { isProblem } from 'pipeline-client';
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

export interface PossibleOutcome {
  outcome: DisputeOutcome;
  /** Why it cannot be decided now, in the server's words. */
  refusal?: string;
  /** It can, but only together with the finding that the report was false. */
  onlyAsFalse?: boolean;
}

/** What may be decided as things stand: each outcome is put to the server without being stored. */
export const possibleOutcomesQuery = (id: string) =>
  queryOptions({
    queryKey: ['disputes', id, 'possible'],
    queryFn: (): Promise<PossibleOutcome[]> =>
      Promise.all(
        OUTCOMES.map(async (outcome): Promise<PossibleOutcome> => {
          const refusal = await refusalOf(id, outcome, false);
          if (!refusal) return { outcome };
          if (outcome === 'revoke' && !(await refusalOf(id, outcome, true))) return { outcome, onlyAsFalse: true };
          return { outcome, refusal };
        }),
      ),
    staleTime: 0,
    gcTime: 0,
  });

async function refusalOf(id: string, outcome: DisputeOutcome, falseReport: boolean): Promise<string | undefined> {
  try {
    await body(
      client.POST('/api/v1/disputes/{id}/decide', {
        params: { path: { id }, query: { validateOnly: true } },
        body: { outcome, reason: outcome, falseReport },
      }),
    );
    return undefined;
  } catch (error) {
    if (isProblem(error) && error.status === 409) return error.problem.detail ?? error.problem.title;
    throw error;
  }
}

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
