import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { RemovalStatus } from '@/api/types';
import { only } from '@/shared/only';

export const removalsQuery = (filter: { status?: RemovalStatus; jurisdictionId?: string }) =>
  infiniteQueryOptions({
    queryKey: ['removals', filter],
    queryFn: ({ pageParam }) =>
      body(
        client.GET('/api/v1/removals', {
          params: { query: { ...filter, status: only(filter.status), limit: 50, cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

/** The removal of a project that is proposed now, if one is. */
export const openRemovalQuery = (projectId: string) =>
  queryOptions({
    queryKey: ['projects', projectId, 'removal'],
    queryFn: async () =>
      (await body(client.GET('/api/v1/removals', { params: { query: { projectId, status: ['proposed'] } } })))
        .items[0] ?? null,
  });

export type RemovalStep = 'confirm' | 'keep';

export function useRemovalStep() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({
      id,
      version,
      step,
      reason,
      key,
    }: {
      id: string;
      version: number;
      step: RemovalStep;
      reason: string;
      key: string;
    }) => {
      const params = { path: { id }, header: { 'If-Match': `"${version}"`, 'Idempotency-Key': key } };
      return step === 'confirm'
        ? body(client.POST('/api/v1/removals/{id}/confirm', { params, body: { reason } }))
        : body(client.POST('/api/v1/removals/{id}/keep', { params, body: { reason } }));
    },
    onSettled: () =>
      Promise.all(
        ['removals', 'projects', 'lists', 'summary', 'moves', 'claims', 'notices'].map((key) =>
          queries.invalidateQueries({ queryKey: [key] }),
        ),
      ),
  });
}
