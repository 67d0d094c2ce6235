import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { TransferStatus } from '@/api/types';
import { only } from '@/shared/only';

export interface TransferFilter {
  status?: TransferStatus;
  direction?: 'in' | 'out';
  projectId?: string;
}

export const transfersQuery = (filter: TransferFilter) =>
  infiniteQueryOptions({
    queryKey: ['transfers', filter],
    queryFn: ({ pageParam }) =>
      body(
        client.GET('/api/v1/transfers', {
          params: { query: { ...filter, status: only(filter.status), limit: 50, cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const transferQuery = (id: string) =>
  queryOptions({
    queryKey: ['transfers', 'one', id],
    queryFn: () => body(client.GET('/api/v1/transfers/{id}', { params: { path: { id } } })),
  });

/** What a step of a transfer leaves outdated. */
function useRefreshed() {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      ['transfers', 'projects', 'claims', 'lists', 'summary', 'moves', 'notices'].map((key) =>
        queries.invalidateQueries({ queryKey: [key] }),
      ),
    );
}

export type TransferStep = 'accept' | 'decline' | 'cancel' | 'approve' | 'reject';

export function useTransferStep() {
  const refreshed = useRefreshed();
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
      step: TransferStep;
      reason?: string;
      key: string;
    }) => {
      const params = { path: { id }, header: { 'If-Match': `"${version}"`, 'Idempotency-Key': key } };
      if (step === 'decline') return body(client.POST('/api/v1/transfers/{id}/decline', { params, body: { reason } }));
      if (step === 'reject') return body(client.POST('/api/v1/transfers/{id}/reject', { params, body: { reason } }));
      if (step === 'accept') return body(client.POST('/api/v1/transfers/{id}/accept', { params }));
      if (step === 'approve') return body(client.POST('/api/v1/transfers/{id}/approve', { params }));
      return body(client.POST('/api/v1/transfers/{id}/cancel', { params }));
    },
    onSettled: refreshed,
  });
}

export function useProposeTransfer() {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({ key, ...offer }: { projectId: string; toJurisdictionId: string; reason: string; key: string }) =>
      body(client.POST('/api/v1/transfers', { params: { header: { 'Idempotency-Key': key } }, body: offer })),
    onSuccess: refreshed,
  });
}
