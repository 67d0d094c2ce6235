import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { body, client } from '@/api/client';

type Run = { from: string; to: string };

export const stagesQuery = (jurisdictionId?: string) =>
  queryOptions({
    queryKey: ['summary', 'stage', jurisdictionId],
    queryFn: () => body(client.GET('/api/v1/summary', { params: { query: { by: 'stage', jurisdictionId } } })),
    placeholderData: keepPreviousData,
  });

export const divisionsQuery = (jurisdictionId: string | undefined, language: string) =>
  queryOptions({
    queryKey: ['summary', 'division', jurisdictionId, language],
    queryFn: () =>
      body(client.GET('/api/v1/summary', { params: { query: { by: 'division', jurisdictionId, shared: true } } })),
    placeholderData: keepPreviousData,
  });

export const placesQuery = queryOptions({
  queryKey: ['summary', 'jurisdiction', 'shared'],
  queryFn: () => body(client.GET('/api/v1/summary', { params: { query: { by: 'jurisdiction', shared: true } } })),
});

export const flowQuery = (run: Run, jurisdictionId?: string) =>
  queryOptions({
    queryKey: ['summary', 'flow', run, jurisdictionId],
    queryFn: async () =>
      (await body(client.GET('/api/v1/summary/flow', { params: { query: { ...run, jurisdictionId } } }))).months,
    placeholderData: keepPreviousData,
  });

export const durationsQuery = (jurisdictionId?: string) =>
  queryOptions({
    queryKey: ['summary', 'durations', jurisdictionId],
    queryFn: async () =>
      (await body(client.GET('/api/v1/summary/durations', { params: { query: { jurisdictionId } } }))).rows,
    placeholderData: keepPreviousData,
  });

export const claimFiguresQuery = (run: Run, jurisdictionId?: string) =>
  queryOptions({
    queryKey: ['summary', 'claims', run, jurisdictionId],
    queryFn: async () =>
      (await body(client.GET('/api/v1/summary/claims', { params: { query: { ...run, jurisdictionId } } }))).months,
    placeholderData: keepPreviousData,
  });

/** How many projects are expected to land in the next months, and how wrong that was before. */
export const forecastQuery = (jurisdictionId?: string) =>
  queryOptions({
    queryKey: ['figures', 'forecast', jurisdictionId],
    queryFn: () => body(client.GET('/api/v1/figures/forecast', { params: { query: { jurisdictionId } } })),
    placeholderData: keepPreviousData,
  });

/** What flowed in and out of the units' work in a month. */
export const identityQuery = (period: string, jurisdictionId?: string) =>
  queryOptions({
    queryKey: ['summary', 'identity', period, jurisdictionId],
    queryFn: () => body(client.GET('/api/v1/summary/identity', { params: { query: { period, jurisdictionId } } })),
    placeholderData: keepPreviousData,
  });
