import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { body, client, multipart } from '@/api/client';
import type { Import, ImportMode, ImportOutcome, ImportRow, ImportRows } from '@/api/types';
import { newKey } from '@/shared/submission';

export type Mapping = Record<string, string>;

export const importsQuery = infiniteQueryOptions({
  queryKey: ['imports', 'list'],
  queryFn: ({ pageParam }) =>
    body(client.GET('/api/v1/imports', { params: { query: { limit: 20, cursor: pageParam } } })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

/** One's own imports that one may go on with. */
export const unfinishedQuery = queryOptions({
  queryKey: ['imports', 'unfinished'],
  queryFn: async () =>
    (await body(client.GET('/api/v1/imports', { params: { query: { unfinished: true, limit: 50 } } }))).items,
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

/** The rows of a dry run with their corrections, to be corrected: never those of an earlier visit. */
export const sheetQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['imports', id, 'sheet'],
    queryFn: ({ pageParam }) =>
      body(
        client.GET('/api/v1/imports/{id}/rows', { params: { path: { id }, query: { limit: 200, cursor: pageParam } } }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    staleTime: Infinity,
    gcTime: 0,
    refetchOnMount: 'always',
  });

/** The rows that propose updates. */
export const proposalsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['imports', id, 'proposals'],
    queryFn: ({ pageParam }) =>
      body(
        client.GET('/api/v1/imports/{id}/rows', {
          params: { path: { id }, query: { action: 'update-proposed', limit: 50, count: true, cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

export interface Correction {
  rowNumber: number;
  column: string;
  /** Undefined takes the correction back. */
  text: string | undefined;
}

export function useCorrectCells(id: string) {
  return useMutation({
    mutationFn: (items: readonly Correction[]) =>
      body(
        client.POST('/api/v1/imports/{id}/corrections', {
          params: { path: { id }, header: { 'Idempotency-Key': newKey() } },
          body: { items: [...items] },
        }),
      ),
  });
}

export interface Decision {
  rowNumber: number;
  decision: 'accept' | 'decline';
}

/** How many the server decides at a time. */
const DECIDED_AT_ONCE = 50;

/** Decides proposed updates; what was refused comes back by row number. */
export function useDecideUpdates(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (decisions: readonly Decision[]) => {
      const refused = new Map<number, string>();
      for (let at = 0; at < decisions.length; at += DECIDED_AT_ONCE) {
        const { items } = await body(
          client.POST('/api/v1/imports/{id}/decisions', {
            params: { path: { id }, header: { 'Idempotency-Key': newKey() } },
            body: { items: decisions.slice(at, at + DECIDED_AT_ONCE) },
          }),
        );
        for (const { rowNumber, problem } of items) if (problem) refused.set(rowNumber, problem.detail);
      }
      return refused;
    },
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['imports', id] }),
        ...['projects', 'lists', 'summary'].map((key) => queries.invalidateQueries({ queryKey: [key] })),
      ]),
  });
}

export interface ImportRequest {
  file: File;
  dryRun: boolean;
  mode: ImportMode;
}

export function useStartImport() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ file, dryRun, mode }: ImportRequest) =>
      body(
        client.POST('/api/v1/imports', {
          params: { header: { 'Idempotency-Key': newKey() } },
          ...multipart({ file, dryRun: String(dryRun), mode }),
        }),
      ),
    onSuccess: (started) => refreshed(queries, started),
  });
}

/** Goes on from an import with its file and its corrections: once more as a dry run, or for real. */
export function useRerunImport(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ dryRun, mapping, rows }: { dryRun: boolean; mapping?: Mapping; rows?: ImportRows }) =>
      body(
        client.POST('/api/v1/imports/{id}/rerun', {
          params: { path: { id }, header: { 'Idempotency-Key': newKey() } },
          body: { dryRun, mapping, rows },
        }),
      ),
    onSuccess: (started) => refreshed(queries, started),
  });
}

/** An import changed: it is shown as it is now, and the lists are asked anew. */
function refreshed(queries: ReturnType<typeof useQueryClient>, each: Import): Promise<unknown> {
  queries.setQueryData(importQuery(each.id).queryKey, each);
  return Promise.all(
    [importsQuery.queryKey, unfinishedQuery.queryKey].map((queryKey) => queries.invalidateQueries({ queryKey })),
  );
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
    onSuccess: (ended) => refreshed(queries, ended),
    onError: (_, id) => queries.invalidateQueries({ queryKey: importQuery(id).queryKey }),
  });
}

export function useDismissImport() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      body(
        client.POST('/api/v1/imports/{id}/dismiss', {
          params: { path: { id }, header: { 'Idempotency-Key': newKey() } },
        }),
      ),
    onSuccess: (each) => refreshed(queries, each),
  });
}

/** What undoing an import would do, and what stands against it: as it is now. */
export const undoPreviewQuery = (id: string) =>
  queryOptions({
    queryKey: ['imports', id, 'undo'],
    queryFn: () => body(client.GET('/api/v1/imports/{id}/undo', { params: { path: { id } } })),
    gcTime: 0,
    refetchOnMount: 'always',
  });

/** Undoes an import as a whole; what it brought is gone from every list and figure. */
export function useUndoImport(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) =>
      body(
        client.POST('/api/v1/imports/{id}/undo', {
          params: { path: { id }, header: { 'Idempotency-Key': newKey() } },
          body: { reason },
        }),
      ),
    onSuccess: async (each) => {
      await refreshed(queries, each);
      await Promise.all(
        ['projects', 'lists', 'summary', 'claims', 'moves', 'notices', 'due'].map((key) =>
          queries.invalidateQueries({ queryKey: [key] }),
        ),
      );
    },
    onError: () => queries.invalidateQueries({ queryKey: undoPreviewQuery(id).queryKey }),
  });
}

/** The rows of the pages that have come. */
export function rowsOf(pages: readonly { items: readonly unknown[] }[] | undefined): ImportRow[] {
  return pages?.flatMap((page) => page.items as readonly ImportRow[]) ?? [];
}
