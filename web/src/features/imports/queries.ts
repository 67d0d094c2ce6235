import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { body, client, multipart } from '@/api/client';
import type { Import, ImportMode, ImportOutcome } from '@/api/types';
import { newKey } from '@/shared/submission';

export type Mapping = Record<string, string>;

export const importsQuery = infiniteQueryOptions({
  queryKey: ['imports', 'list'],
  queryFn: ({ pageParam }) =>
    body(client.GET('/api/v1/imports', { params: { query: { limit: 20, cursor: pageParam } } })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

export const importFieldsQuery = queryOptions({
  queryKey: ['imports', 'fields'],
  queryFn: async () => (await body(client.GET('/api/v1/imports/fields'))).items,
  staleTime: Infinity,
});

export function isRunning(each: Import | undefined): boolean {
  return each?.status === 'queued' || each?.status === 'running';
}

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['imports', id],
    queryFn: () => body(client.GET('/api/v1/imports/{id}', { params: { path: { id } } })),
    refetchInterval: (query) => (isRunning(query.state.data) ? 700 : false),
  });

export const importRowsQuery = (id: string, outcome: ImportOutcome | undefined, code: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['imports', id, 'rows', { outcome, code }],
    queryFn: ({ pageParam }) =>
      body(
        client.GET('/api/v1/imports/{id}/rows', {
          params: { path: { id }, query: { outcome, code, limit: 50, cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

export interface ImportRequest {
  file: File;
  dryRun: boolean;
  mode: ImportMode;
  mapping?: Mapping;
}

export function useStartImport() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ file, dryRun, mode, mapping }: ImportRequest) =>
      body(
        client.POST('/api/v1/imports', {
          params: { header: { 'Idempotency-Key': newKey() } },
          ...multipart({ file, dryRun: String(dryRun), mode, mapping: mapping && JSON.stringify(mapping) }),
        }),
      ),
    onSuccess: (started, request) => {
      hold(started.id, request.file);
      queries.setQueryData(importQuery(started.id).queryKey, started);
      return queries.invalidateQueries({ queryKey: importsQuery.queryKey });
    },
  });
}

export function useCancelImport() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      body(
        client.POST('/api/v1/imports/{id}/cancel', {
          params: { path: { id }, header: { 'Idempotency-Key': newKey() } },
        }),
      ),
    onSuccess: (ended) => {
      queries.setQueryData(importQuery(ended.id).queryKey, ended);
      return queries.invalidateQueries({ queryKey: importsQuery.queryKey });
    },
    onError: (_, id) => queries.invalidateQueries({ queryKey: importQuery(id).queryKey }),
  });
}

// The files chosen in this visit, so that a dry run can be run again or for real without choosing again.
const held = new Map<string, File>();

export function hold(importId: string, file: File): void {
  held.set(importId, file);
}

export function heldFile(importId: string): File | undefined {
  return held.get(importId);
}
