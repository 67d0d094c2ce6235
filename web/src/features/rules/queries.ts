import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { RuleSetDraft, RuleSetInput } from '@/api/types';
import type { IndicatorId } from '@/shared/indicators';

export const ruleSetsQuery = queryOptions({
  queryKey: ['rule-sets'],
  queryFn: async () => (await body(client.GET('/api/v1/rule-sets'))).items,
});

export const draftsQuery = queryOptions({
  queryKey: ['rule-sets', 'drafts'],
  queryFn: async () => (await body(client.GET('/api/v1/rule-set-drafts'))).items as RuleSetDraft[],
});

export const draftQuery = (id: string) =>
  queryOptions({
    queryKey: ['rule-sets', 'drafts', id],
    queryFn: async () =>
      (await body(client.GET('/api/v1/rule-set-drafts/{id}', { params: { path: { id } } }))) as RuleSetDraft,
  });

export const rehearsalQuery = (id: string, version: number, year: number) =>
  queryOptions({
    queryKey: ['rule-sets', 'drafts', id, 'rehearsal', version, year],
    queryFn: () =>
      body(client.GET('/api/v1/rule-set-drafts/{id}/rehearsal', { params: { path: { id }, query: { year } } })),
  });

export const rehearsedRowsQuery = (
  id: string,
  query: { year: number; indicator: IndicatorId; jurisdictionId?: string },
) =>
  infiniteQueryOptions({
    queryKey: ['rule-sets', 'drafts', id, 'rows', query],
    queryFn: ({ pageParam }) =>
      body(
        client.GET('/api/v1/rule-set-drafts/{id}/rehearsal/rows', {
          params: { path: { id }, query: { ...query, limit: 50, cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

function useRefreshed() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['rule-sets'] });
}

/** Drafts a rule set, or changes the own draft. */
export function useSaveDraft() {
  return useMutation({
    mutationFn: ({ rules, key, draft }: { rules: RuleSetInput; key: string; draft?: RuleSetDraft }) =>
      draft
        ? body(
            client.PATCH('/api/v1/rule-set-drafts/{id}', {
              params: { path: { id: draft.id }, header: { 'If-Match': `"${draft.version}"` } },
              body: rules,
            }),
          )
        : body(client.POST('/api/v1/rule-set-drafts', { params: { header: { 'Idempotency-Key': key } }, body: rules })),
    onSuccess: useRefreshed(),
  });
}

export function useDraftStep() {
  return useMutation({
    mutationFn: ({
      draft,
      step,
      reason,
      key,
    }: {
      draft: RuleSetDraft;
      step: 'publish' | 'withdraw';
      reason?: string;
      key: string;
    }) => {
      const params = {
        path: { id: draft.id },
        header: { 'If-Match': `"${draft.version}"`, 'Idempotency-Key': key },
      };
      return step === 'publish'
        ? body(client.POST('/api/v1/rule-set-drafts/{id}/publish', { params }))
        : body(client.POST('/api/v1/rule-set-drafts/{id}/withdraw', { params, body: { reason } }));
    },
    onSettled: useRefreshed(),
  });
}
