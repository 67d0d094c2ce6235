import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import { addDays, endOfDay, today } from '@/shared/dates';
import type { AuditEntry } from '@/api/types';

export const summaryQuery = (by: 'stage', jurisdictionId?: string) =>
  queryOptions({
    queryKey: ['summary', by, jurisdictionId],
    queryFn: () => body(client.GET('/api/v1/summary', { params: { query: { by, jurisdictionId } } })),
  });

/** The units beside each other, by what the reader may count of all of them. */
export const placesQuery = queryOptions({
  queryKey: ['summary', 'jurisdiction', 'shared'],
  queryFn: () => body(client.GET('/api/v1/summary', { params: { query: { by: 'jurisdiction', shared: true } } })),
});

/** What has entered and left each stage this month. */
export const flowQuery = (month: string, jurisdictionId?: string) =>
  queryOptions({
    queryKey: ['summary', 'flow', month, jurisdictionId],
    queryFn: async () =>
      (
        await body(
          client.GET('/api/v1/summary/flow', { params: { query: { from: month, to: month, jurisdictionId } } }),
        )
      ).months[0],
  });

export const endingClaimsQuery = queryOptions({
  queryKey: ['claims', 'ending'],
  queryFn: () =>
    body(
      client.GET('/api/v1/claims', {
        params: {
          query: { status: ['active'], sort: 'expiresAt', expiresBefore: endOfDay(addDays(today(), 7)), limit: 8 },
        },
      }),
    ),
});

/** The unit's projects that changed last; the rest are on the lists. */
export const ownProjectsQuery = (jurisdictionId: string) =>
  queryOptions({
    queryKey: ['projects', 'own', jurisdictionId],
    queryFn: () =>
      body(
        client.GET('/api/v1/projects', {
          params: { query: { jurisdictionId: [jurisdictionId], sort: '-updatedAt', limit: 8 } },
        }),
      ),
  });

export const ownMovesQuery = queryOptions({
  queryKey: ['moves', 'own'],
  queryFn: () => body(client.GET('/api/v1/moves', { params: { query: { sort: '-submittedAt', limit: 50 } } })),
});

export const pendingMovesQuery = queryOptions({
  queryKey: ['moves', 'pending', 'oldest'],
  queryFn: () =>
    body(client.GET('/api/v1/moves', { params: { query: { status: ['pending'], limit: 8, count: true } } })),
});

export const reviewsQuery = queryOptions({
  queryKey: ['claims', 'reviews', 'oldest'],
  queryFn: () =>
    body(
      client.GET('/api/v1/claims', {
        params: { query: { status: ['under-review'], returned: false, sort: 'sequence', limit: 8, count: true } },
      }),
    ),
});

/** Disputes that wait for the centre: answered or past their time, and appeals. */
export const openDisputesQuery = queryOptions({
  queryKey: ['disputes', 'open'],
  queryFn: async () =>
    (
      await body(
        client.GET('/api/v1/disputes', { params: { query: { status: ['appealed', 'awaiting-decision'], limit: 16 } } }),
      )
    ).items.sort((a, b) => a.decisionDue.localeCompare(b.decisionDue)),
});

/** Disputes that the unit has to answer. */
export const disputesToAnswerQuery = queryOptions({
  queryKey: ['disputes', 'to-answer'],
  queryFn: async () =>
    (
      await body(client.GET('/api/v1/disputes', { params: { query: { status: ['awaiting-answer'], limit: 20 } } }))
    ).items.filter((dispute) => dispute.allowedActions.includes('answer')),
});

export const verifiedMovesQuery = queryOptions({
  queryKey: ['moves', 'verified', 'newest'],
  queryFn: () =>
    body(client.GET('/api/v1/moves', { params: { query: { status: ['verified'], sort: '-submittedAt', limit: 50 } } })),
});

export const stalledQuery = (light: 'red' | 'yellow', jurisdictionId?: string) =>
  queryOptions({
    queryKey: ['projects', 'stalled', light, jurisdictionId],
    queryFn: () =>
      body(
        client.GET('/api/v1/projects', {
          params: {
            query: {
              idle: light,
              jurisdictionId: jurisdictionId ? [jurisdictionId] : undefined,
              sort: 'updatedAt',
              limit: 8,
              count: true,
            },
          },
        }),
      ),
  });

export const signedQuery = queryOptions({
  queryKey: ['projects', 'newly-signed'],
  queryFn: () =>
    body(client.GET('/api/v1/projects', { params: { query: { stage: ['signed'], sort: '-updatedAt', limit: 10 } } })),
});

export const receiptsCheckQuery = queryOptions({
  queryKey: ['receipts', 'check'],
  queryFn: () => body(client.GET('/api/v1/receipts/verify')),
  staleTime: 10 * 60_000,
});

export const newestClaimsQuery = queryOptions({
  queryKey: ['claims', 'newest'],
  queryFn: () => body(client.GET('/api/v1/claims', { params: { query: { limit: 8 } } })),
});

/** Reading the trail is an entry of it too: it is asked for once, not whenever a window comes to the front. */
export const refusalsQuery = queryOptions({
  queryKey: ['audit', 'refusals'],
  queryFn: async () =>
    (await body(client.GET('/api/v1/audit', { params: { query: { outcome: 'denied', limit: 8 } } })))
      .items as AuditEntry[],
  staleTime: 5 * 60_000,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
});
