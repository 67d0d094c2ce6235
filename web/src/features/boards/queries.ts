import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { body, client } from '@/api/client';

export const GROUPS = ['counties', 'zones', 'offices'] as const;
export type Group = (typeof GROUPS)[number];

export const boardQuery = (query: { period?: string; group?: Group; indicator?: string; snapshot?: string }) =>
  queryOptions({
    queryKey: ['boards', query],
    queryFn: () => body(client.GET('/api/v1/boards', { params: { query } })),
    placeholderData: keepPreviousData,
  });

export const explanationQuery = (query: {
  indicator: string;
  period: string;
  jurisdictionId: string;
  snapshot?: string;
}) =>
  infiniteQueryOptions({
    queryKey: ['boards', 'explain', query],
    queryFn: ({ pageParam }) =>
      body(client.GET('/api/v1/figures/explain', { params: { query: { ...query, limit: 50, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

/** The periods of the books, to choose a closed one. */
export const closedPeriodsQuery = queryOptions({
  queryKey: ['periods'],
  queryFn: async () => (await body(client.GET('/api/v1/periods'))).items,
});

export const targetsQuery = (year: number) =>
  queryOptions({
    queryKey: ['targets', year],
    queryFn: () => body(client.GET('/api/v1/targets', { params: { query: { year } } })),
    placeholderData: keepPreviousData,
  });

export const indicatorsQuery = queryOptions({
  queryKey: ['indicators'],
  queryFn: async () => (await body(client.GET('/api/v1/indicators'))).items,
});

export const scoresQuery = (query: { model?: string; period?: string; group?: string }) =>
  queryOptions({
    queryKey: ['scores', query],
    queryFn: () => body(client.GET('/api/v1/scores', { params: { query } })),
    placeholderData: keepPreviousData,
  });

export const scoreExplanationQuery = (unit: string, query: { model: string; period: string }) =>
  queryOptions({
    queryKey: ['scores', 'explain', unit, query],
    queryFn: () => body(client.GET('/api/v1/scores/{unitId}/explain', { params: { path: { unitId: unit }, query } })),
  });

export const scoreGapQuery = (unit: string, query: { model: string; period: string; to: string }) =>
  queryOptions({
    queryKey: ['scores', 'gap', unit, query],
    queryFn: () => body(client.GET('/api/v1/scores/{unitId}/gap', { params: { path: { unitId: unit }, query } })),
  });

export const scoreModelsQuery = queryOptions({
  queryKey: ['score-models'],
  queryFn: async () => (await body(client.GET('/api/v1/score-models'))).items,
});

export const scoreModelQuery = (id: string) =>
  queryOptions({
    queryKey: ['score-models', id],
    queryFn: () => body(client.GET('/api/v1/score-models/{id}', { params: { path: { id } } })),
  });
