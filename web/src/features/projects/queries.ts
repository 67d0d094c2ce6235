import { infiniteQueryOptions, queryOptions, useMutation } from '@tanstack/react-query';
import { body, client, mergePatchBody, multipart } from '@/api/client';
import type { Claim, ContactKind, ProjectInput, ReportContact } from '@/api/types';
import { useRefreshed } from '@/shared/moves/queries';
import type { Patch } from '@/shared/projectForm';

export const timelineQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['projects', id, 'timeline'],
    queryFn: ({ pageParam }) =>
      body(
        client.GET('/api/v1/projects/{id}/timeline', {
          params: { path: { id }, query: { limit: 200, cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

export const projectMovesQuery = (projectId: string) =>
  queryOptions({
    queryKey: ['projects', projectId, 'moves'],
    queryFn: async () =>
      (await body(client.GET('/api/v1/moves', { params: { query: { projectId, limit: 50 } } }))).items,
  });

/** Who waits for a project's claim, in order: read by those who read all claims. */
export const queueQuery = (projectId: string) =>
  queryOptions({
    queryKey: ['claims', 'queue', projectId],
    queryFn: async () => {
      const waiting: Claim[] = [];
      let cursor: string | undefined;
      do {
        const page = await body(
          client.GET('/api/v1/claims', {
            params: { query: { projectId, status: ['queued'], sort: 'sequence', limit: 200, cursor } },
          }),
        );
        waiting.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      return waiting;
    },
  });

export const projectFilesQuery = (id: string) =>
  queryOptions({
    queryKey: ['projects', id, 'files'],
    queryFn: async () => (await body(client.GET('/api/v1/projects/{id}/files', { params: { path: { id } } }))).items,
  });

export function useRecordProgress(id: string) {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({
      key,
      ...progress
    }: {
      occurredOn: string;
      kind: ContactKind;
      note: string;
      files?: string[];
      leaderId?: string;
      key: string;
    }) =>
      body(
        client.POST('/api/v1/projects/{id}/progress', {
          params: { path: { id }, header: { 'Idempotency-Key': key } },
          body: progress,
        }),
      ),
    onSuccess: refreshed,
  });
}

export function useWithdrawMove() {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({ id, key }: { id: string; key: string }) =>
      body(
        client.POST('/api/v1/moves/{id}/withdraw', { params: { path: { id }, header: { 'Idempotency-Key': key } } }),
      ),
    onSuccess: refreshed,
  });
}

export function useEditProject(id: string) {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({ patch, etag }: { patch: Patch; etag: string }) =>
      body(
        client.PATCH('/api/v1/projects/{id}', {
          params: { path: { id }, header: { 'If-Match': etag } },
          body: mergePatchBody<ProjectInput>(patch),
          headers: { 'Content-Type': 'application/merge-patch+json' },
        }),
      ),
    onSuccess: refreshed,
  });
}

export function useClaimOwn(projectId: string) {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({ contacts, key }: { contacts: ReportContact[]; key: string }) =>
      body(
        client.POST('/api/v1/claims', {
          params: { header: { 'Idempotency-Key': key } },
          body: { projectId, contacts },
        }),
      ),
    onSuccess: refreshed,
  });
}

export function useAddFile(id: string) {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: (file: File) =>
      body(client.POST('/api/v1/projects/{id}/files', { params: { path: { id } }, ...multipart({ file }) })),
    onSuccess: refreshed,
  });
}
