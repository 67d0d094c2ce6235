import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { ActionStatus, MeetingDecision, MeetingKind, MeetingPlan, MeetingStatus } from '@/api/types';
import { only } from '@/shared/only';

export const MEETING_KINDS: readonly MeetingKind[] = ['monthly', 'fortnightly', 'quarterly'];
export const MEETING_STATUSES: readonly MeetingStatus[] = ['planned', 'issued', 'minuted', 'closed', 'cancelled'];
export const ACTION_STATUSES: readonly ActionStatus[] = ['open', 'done', 'withdrawn'];

export const meetingsQuery = (filter: { kind?: MeetingKind; status?: MeetingStatus }) =>
  infiniteQueryOptions({
    queryKey: ['meetings', filter],
    queryFn: ({ pageParam }) =>
      body(
        client.GET('/api/v1/meetings', {
          params: {
            query: { ...filter, kind: only(filter.kind), status: only(filter.status), limit: 50, cursor: pageParam },
          },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const meetingGapsQuery = queryOptions({
  queryKey: ['meetings', 'gaps'],
  queryFn: async () => (await body(client.GET('/api/v1/meetings/gaps'))).items,
});

export const meetingQuery = (id: string) =>
  queryOptions({
    queryKey: ['meetings', 'one', id],
    queryFn: () => body(client.GET('/api/v1/meetings/{id}', { params: { path: { id } } })),
  });

export interface ActionFilter {
  status?: ActionStatus;
  ownerId?: string;
  projectId?: string;
  overdue?: boolean;
  carried?: number;
}

export const actionsQuery = (filter: ActionFilter) =>
  infiniteQueryOptions({
    queryKey: ['actions', filter],
    queryFn: ({ pageParam }) =>
      body(
        client.GET('/api/v1/actions', {
          params: { query: { ...filter, status: only(filter.status), limit: 50, cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const actionQuery = (id: string) =>
  queryOptions({
    queryKey: ['actions', 'one', id],
    queryFn: () => body(client.GET('/api/v1/actions/{id}', { params: { path: { id } } })),
  });

/** What a change of a meeting or an action leaves outdated. */
function useRefreshed() {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      ['meetings', 'actions', 'projects', 'notices'].map((key) => queries.invalidateQueries({ queryKey: [key] })),
    );
}

export function usePlanMeeting() {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({ plan, key }: { plan: MeetingPlan; key: string }) =>
      body(client.POST('/api/v1/meetings', { params: { header: { 'Idempotency-Key': key } }, body: plan })),
    onSuccess: refreshed,
  });
}

export function useEditMeeting() {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({ id, version, plan }: { id: string; version: number; plan: MeetingPlan }) =>
      body(
        client.PATCH('/api/v1/meetings/{id}', {
          params: { path: { id }, header: { 'If-Match': `"${version}"` } },
          body: plan,
        }),
      ),
    onSettled: refreshed,
  });
}

/** A step of a meeting with what it says. */
export type MeetingAct =
  | { step: 'cancel'; reason: string }
  | { step: 'issue' | 'close' }
  | { step: 'minute'; decisions?: MeetingDecision[]; attendees?: string[]; summary?: string };

export function useMeetingStep() {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({ id, version, key, act }: { id: string; version: number; key: string; act: MeetingAct }) => {
      const params = { path: { id }, header: { 'If-Match': `"${version}"`, 'Idempotency-Key': key } };
      switch (act.step) {
        case 'cancel':
          return body(client.POST('/api/v1/meetings/{id}/cancel', { params, body: { reason: act.reason } }));
        case 'issue':
          return body(client.POST('/api/v1/meetings/{id}/issue', { params }));
        case 'close':
          return body(client.POST('/api/v1/meetings/{id}/close', { params }));
        case 'minute':
          return body(
            client.POST('/api/v1/meetings/{id}/minutes', {
              params,
              body: { decisions: act.decisions, attendees: act.attendees, summary: act.summary },
            }),
          );
      }
    },
    onSettled: refreshed,
  });
}

/** An item of an agenda in the making: put there, noted, put back, or taken off. */
export type ItemChange =
  | { change: 'put'; title?: string; projectId?: string; note?: string; reason: string }
  | { change: 'drop'; reason: string };

export function useChangeItem() {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({ id, version, itemId, ...what }: { id: string; version: number; itemId: string } & ItemChange) => {
      const params = { path: { id, itemId }, header: { 'If-Match': `"${version}"` } };
      return what.change === 'drop'
        ? body(client.DELETE('/api/v1/meetings/{id}/agenda/items/{itemId}', { params, body: { reason: what.reason } }))
        : body(
            client.PUT('/api/v1/meetings/{id}/agenda/items/{itemId}', {
              params,
              body: { title: what.title, projectId: what.projectId, note: what.note, reason: what.reason },
            }),
          );
    },
    onSettled: refreshed,
  });
}

/** A step of an action with what it says. */
export type ActionAct =
  | { step: 'done'; note: string }
  | { step: 'due'; dueOn: string; reason: string }
  | { step: 'reopen' | 'withdraw'; reason: string };

export type ActionStep = ActionAct['step'];

export function useActionStep() {
  const refreshed = useRefreshed();
  return useMutation({
    mutationFn: ({ id, version, key, act }: { id: string; version: number; key: string; act: ActionAct }) => {
      const params = { path: { id }, header: { 'If-Match': `"${version}"`, 'Idempotency-Key': key } };
      switch (act.step) {
        case 'done':
          return body(client.POST('/api/v1/actions/{id}/done', { params, body: { note: act.note } }));
        case 'due':
          return body(
            client.POST('/api/v1/actions/{id}/due', { params, body: { dueOn: act.dueOn, reason: act.reason } }),
          );
        case 'reopen':
          return body(client.POST('/api/v1/actions/{id}/reopen', { params, body: { reason: act.reason } }));
        case 'withdraw':
          return body(client.POST('/api/v1/actions/{id}/withdraw', { params, body: { reason: act.reason } }));
      }
    },
    onSettled: refreshed,
  });
}
