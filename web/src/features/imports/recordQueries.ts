import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { body, client, multipart } from '@/api/client';
import type { RecordKind } from '@/api/types';
import { newKey } from '@/shared/submission';

/** What sheets of records may change. */
const CHANGED = [
  ...['capital', 'signing-notices', 'projects', 'credit', 'targets', 'boards', 'libraries'],
  ...['parcels', 'chains', 'events', 'financing', 'record-imports'],
];

export const recordImportsQuery = infiniteQueryOptions({
  queryKey: ['record-imports', 'list'],
  queryFn: ({ pageParam }) =>
    body(client.GET('/api/v1/record-imports', { params: { query: { limit: 20, cursor: pageParam } } })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

export const recordImportQuery = (id: string) =>
  queryOptions({
    queryKey: ['record-imports', id],
    queryFn: () => body(client.GET('/api/v1/record-imports/{id}', { params: { path: { id } } })),
  });

export const recordUndoQuery = (id: string) =>
  queryOptions({
    queryKey: ['record-imports', id, 'undo'],
    queryFn: () => body(client.GET('/api/v1/record-imports/{id}/undo', { params: { path: { id } } })),
    gcTime: 0,
    refetchOnMount: 'always',
  });

/** Reads a sheet on trial, or takes it in. */
export function useSendRecords() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ file, kind, dryRun }: { file: File; kind: RecordKind; dryRun: boolean }) =>
      body(
        client.POST('/api/v1/record-imports', {
          params: { header: { 'Idempotency-Key': newKey() } },
          ...multipart({ file, kind, dryRun: String(dryRun) }),
        }),
      ),
    onSuccess: () => Promise.all(CHANGED.map((each) => queries.invalidateQueries({ queryKey: [each] }))),
  });
}

/** Undoes an import of records as a whole. */
export function useUndoRecordImport(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) =>
      body(
        client.POST('/api/v1/record-imports/{id}/undo', {
          params: { path: { id }, header: { 'Idempotency-Key': newKey() } },
          body: { reason },
        }),
      ),
    onSuccess: (each) => {
      queries.setQueryData(recordImportQuery(id).queryKey, each);
      return Promise.all(CHANGED.map((key) => queries.invalidateQueries({ queryKey: [key] })));
    },
    onError: () => queries.invalidateQueries({ queryKey: recordUndoQuery(id).queryKey }),
  });
}
