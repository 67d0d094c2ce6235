import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { body, client, tagged } from '@/api/client';
import type { ClaimStatus, ProjectInput, ReportContact } from '@/api/types';
import { only } from '@/shared/only';

export interface ClaimFilter {
  status?: ClaimStatus;
  jurisdictionId?: string;
  expiresBefore?: string;
}

export const claimsQuery = (filter: ClaimFilter) =>
  infiniteQueryOptions({
    queryKey: ['claims', 'list', filter],
    queryFn: ({ pageParam }) =>
      body(
        client.GET('/api/v1/claims', {
          params: { query: { ...filter, status: only(filter.status), limit: 50, cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const claimQuery = (id: string) =>
  queryOptions({
    queryKey: ['claims', id],
    queryFn: () => tagged(client.GET('/api/v1/claims/{id}', { params: { path: { id } } })),
  });

export const receiptQuery = (id: string) =>
  queryOptions({
    queryKey: ['claims', id, 'receipt'],
    queryFn: () => body(client.GET('/api/v1/claims/{id}/receipt', { params: { path: { id } } })),
    staleTime: Infinity,
  });

function useRefreshed() {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      ['claims', 'projects', 'lists', 'summary'].map((key) => queries.invalidateQueries({ queryKey: [key] })),
    );
}

export function useReport() {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({ project, contacts, key }: { project: ProjectInput; contacts: ReportContact[]; key: string }) =>
      body(
        client.POST('/api/v1/claims', { params: { header: { 'Idempotency-Key': key } }, body: { project, contacts } }),
      ),
    onSuccess: refreshed,
  });
}

export function useRegister() {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({ project, key }: { project: ProjectInput; key: string }) =>
      body(client.POST('/api/v1/projects', { params: { header: { 'Idempotency-Key': key } }, body: project })),
    onSuccess: refreshed,
  });
}

export type ClaimAct = 'release' | 'withdraw' | 'revoke' | 'extend';

export function useClaimAct(id: string) {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({ act, reason, etag, key }: { act: ClaimAct; reason: string; etag: string; key: string }) => {
      const options = {
        params: { path: { id }, header: { 'If-Match': etag, 'Idempotency-Key': key } },
        body: { reason },
      };
      switch (act) {
        case 'release':
          return body(client.POST('/api/v1/claims/{id}/release', options));
        case 'withdraw':
          return body(client.POST('/api/v1/claims/{id}/withdraw', options));
        case 'revoke':
          return body(client.POST('/api/v1/claims/{id}/revoke', options));
        case 'extend':
          return body(client.POST('/api/v1/claims/{id}/extend', options));
      }
    },
    onSettled: refreshed,
  });
}

/** Understands a row copied from a spreadsheet; nothing is stored. */
export function useParseRow() {
  return useMutation({ mutationFn: (text: string) => body(client.POST('/api/v1/imports/parse', { body: { text } })) });
}
