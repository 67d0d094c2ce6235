import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { body, client, mergePatchBody, multipart, tagged } from '@/api/client';
import type { ContactKind, MoveInput, ProjectInput, ReportContact } from '@/api/types';
import type { Patch } from '@/shared/projectForm';

export const projectQuery = (id: string) => queryOptions({
  queryKey: ['projects', id],
  queryFn: () => tagged(client.GET('/api/v1/projects/{id}', { params: { path: { id } } })),
});

export const timelineQuery = (id: string) => infiniteQueryOptions({
  queryKey: ['projects', id, 'timeline'],
  queryFn: ({ pageParam }) => body(client.GET('/api/v1/projects/{id}/timeline', { params: { path: { id }, query: { limit: 200, cursor: pageParam } } })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

export const projectMovesQuery = (projectId: string) => queryOptions({
  queryKey: ['projects', projectId, 'moves'],
  queryFn: async () => (await body(client.GET('/api/v1/moves', { params: { query: { projectId, limit: 50 } } }))).items,
});

export const projectFilesQuery = (id: string) => queryOptions({
  queryKey: ['projects', id, 'files'],
  queryFn: async () => (await body(client.GET('/api/v1/projects/{id}/files', { params: { path: { id } } }))).items,
});

function useRefreshed() {
  const queries = useQueryClient();
  return () => Promise.all(['projects', 'claims', 'lists', 'summary', 'moves'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
}

export function useRecordProgress(id: string) {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({ key, ...progress }: { occurredOn: string; kind: ContactKind; note: string; files?: string[]; key: string }) =>
      body(client.POST('/api/v1/projects/{id}/progress', { params: { path: { id }, header: { 'Idempotency-Key': key } }, body: progress })),
    onSuccess: refreshed,
  });
}

export function useSubmitMove(id: string) {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({ move, etag, key }: { move: MoveInput; etag: string; key: string }) =>
      body(client.POST('/api/v1/projects/{id}/moves', { params: { path: { id }, header: { 'If-Match': etag, 'Idempotency-Key': key } }, body: move })),
    onSuccess: refreshed,
  });
}

export function useWithdrawMove() {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({ id, key }: { id: string; key: string }) =>
      body(client.POST('/api/v1/moves/{id}/withdraw', { params: { path: { id }, header: { 'Idempotency-Key': key } } })),
    onSuccess: refreshed,
  });
}

export function useEditProject(id: string) {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({ patch, etag }: { patch: Patch; etag: string }) =>
      body(client.PATCH('/api/v1/projects/{id}', {
        params: { path: { id }, header: { 'If-Match': etag } }, body: mergePatchBody<ProjectInput>(patch), headers: { 'Content-Type': 'application/merge-patch+json' },
      })),
    onSuccess: refreshed,
  });
}

export function useClaimOwn(projectId: string) {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({ contacts, key }: { contacts: ReportContact[]; key: string }) =>
      body(client.POST('/api/v1/claims', { params: { header: { 'Idempotency-Key': key } }, body: { projectId, contacts } })),
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
