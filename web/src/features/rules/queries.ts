import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { RuleSetInput } from '@/api/types';

export const ruleSetsQuery = queryOptions({
  queryKey: ['rule-sets'],
  queryFn: async () => (await body(client.GET('/api/v1/rule-sets'))).items,
});

export function useCreateRuleSet() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ ruleSet, key }: { ruleSet: RuleSetInput; key: string }) =>
      body(client.POST('/api/v1/rule-sets', { params: { header: { 'Idempotency-Key': key } }, body: ruleSet })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['rule-sets'] }),
  });
}
