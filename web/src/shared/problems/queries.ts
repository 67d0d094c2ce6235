import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { ProblemKind, ProblemRaise, ProblemStatus } from '@/api/types';
import { only } from '@/shared/only';

export interface ProblemFilter {
  status?: ProblemStatus;
  kind?: ProblemKind;
  level?: '0' | '1' | '2' | '3';
  overdue?: boolean;
  departmentId?: string;
  jurisdictionId?: string;
}

export const problemsQuery = (filter: ProblemFilter) =>
  infiniteQueryOptions({
    queryKey: ['problems', filter],
    queryFn: ({ pageParam }) =>
      body(
        client.GET('/api/v1/problems', {
          params: {
            query: {
              ...filter,
              status: only(filter.status),
              kind: only(filter.kind),
              limit: 50,
              count: true,
              cursor: pageParam,
            },
          },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const problemQuery = (id: string) =>
  queryOptions({
    queryKey: ['problems', 'one', id],
    queryFn: () => body(client.GET('/api/v1/problems/{id}', { params: { path: { id } } })),
  });

export const projectProblemsQuery = (id: string) =>
  queryOptions({
    queryKey: ['projects', id, 'problems'],
    queryFn: async () => (await body(client.GET('/api/v1/projects/{id}/problems', { params: { path: { id } } }))).items,
  });

export const problemStatisticsQuery = (by: 'department' | 'kind', period: string) =>
  queryOptions({
    queryKey: ['problems', 'statistics', by, period],
    queryFn: () => body(client.GET('/api/v1/problems/statistics', { params: { query: { by, period } } })),
    placeholderData: keepPreviousData,
  });

/** What a step of a problem leaves outdated. */
function useRefreshed() {
  const queries = useQueryClient();
  return () =>
    Promise.all(['problems', 'projects', 'notices'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
}

export function useRaiseProblem(projectId: string) {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({ problem, key }: { problem: ProblemRaise; key: string }) =>
      body(
        client.POST('/api/v1/projects/{id}/problems', {
          params: { path: { id: projectId }, header: { 'Idempotency-Key': key } },
          body: problem,
        }),
      ),
    onSuccess: refreshed,
  });
}

/** A step with what it says. */
export type ProblemAct =
  | { step: 'assign'; departmentId: string; dueOn?: string }
  | { step: 'answer'; text: string; files: string[] }
  | { step: 'close'; outcome: string }
  | { step: 'reopen' | 'override'; reason: string }
  | { step: 'due'; dueOn: string; reason: string };

export type ProblemStep = ProblemAct['step'];

export function useProblemStep() {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({ id, version, key, act }: { id: string; version: number; key: string; act: ProblemAct }) => {
      const params = { path: { id }, header: { 'If-Match': `"${version}"`, 'Idempotency-Key': key } };
      switch (act.step) {
        case 'assign':
          return body(
            client.POST('/api/v1/problems/{id}/assign', {
              params,
              body: { departmentId: act.departmentId, dueOn: act.dueOn },
            }),
          );
        case 'answer':
          return body(
            client.POST('/api/v1/problems/{id}/answer', { params, body: { text: act.text, files: act.files } }),
          );
        case 'close':
          return body(client.POST('/api/v1/problems/{id}/close', { params, body: { outcome: act.outcome } }));
        case 'reopen':
          return body(client.POST('/api/v1/problems/{id}/reopen', { params, body: { reason: act.reason } }));
        case 'override':
          return body(client.POST('/api/v1/problems/{id}/override', { params, body: { reason: act.reason } }));
        case 'due':
          return body(
            client.POST('/api/v1/problems/{id}/due', { params, body: { dueOn: act.dueOn, reason: act.reason } }),
          );
      }
    },
    onSettled: refreshed,
  });
}
