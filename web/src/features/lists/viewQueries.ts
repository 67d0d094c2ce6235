import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { body, client, mergePatchBody } from '@/api/client';
import type { SavedView, SavedViewInput } from '@/api/types';

export const viewsQuery = queryOptions({
  queryKey: ['views'],
  queryFn: async () => (await body(client.GET('/api/v1/views', { params: { query: { limit: 200 } } }))).items,
  staleTime: 60_000,
});

function useRefreshedViews() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['views'] });
}

// The server compares the version that the tag begins with.
const tag = (view: SavedView) => `"${view.version}"`;

export function useSaveView() {
  const refreshed = useRefreshedViews();
  return useMutation({
    mutationFn: ({ view, key }: { view: SavedViewInput; key: string }) =>
      body(client.POST('/api/v1/views', { params: { header: { 'Idempotency-Key': key } }, body: view })),
    onSuccess: refreshed,
  });
}

export function useEditView() {
  const refreshed = useRefreshedViews();
  return useMutation({
    mutationFn: ({ view, change }: { view: SavedView; change: Partial<SavedViewInput> }) =>
      body(
        client.PATCH('/api/v1/views/{id}', {
          params: { path: { id: view.id }, header: { 'If-Match': tag(view) } },
          body: mergePatchBody<SavedViewInput>(change),
          headers: { 'Content-Type': 'application/merge-patch+json' },
        }),
      ),
    onSettled: refreshed,
  });
}

export function useRemoveView() {
  const refreshed = useRefreshedViews();
  return useMutation({
    mutationFn: (view: SavedView) =>
      body(
        client.DELETE('/api/v1/views/{id}', { params: { path: { id: view.id }, header: { 'If-Match': tag(view) } } }),
      ),
    onSettled: refreshed,
  });
}
