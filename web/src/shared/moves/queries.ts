import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { body, client, tagged } from '@/api/client';
import type { MoveInput } from '@/api/types';

export const projectQuery = (id: string) =>
  queryOptions({
    queryKey: ['projects', id],
    queryFn: () => tagged(client.GET('/api/v1/projects/{id}', { params: { path: { id } } })),
  });

/** What a change of a project leaves outdated. */
export function useRefreshed() {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      [
        'projects',
        'claims',
        'lists',
        'summary',
        'moves',
        'transfers',
        'signing-notices',
        'credit',
        'capital',
        'problems',
      ].map((key) => queries.invalidateQueries({ queryKey: [key] })),
    );
}

export function useSubmitMove(id: string) {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({ move, etag, key }: { move: MoveInput; etag: string; key: string }) =>
      body(
        client.POST('/api/v1/projects/{id}/moves', {
          params: { path: { id }, header: { 'If-Match': etag, 'Idempotency-Key': key } },
          body: move,
        }),
      ),
    onSuccess: refreshed,
  });
}
