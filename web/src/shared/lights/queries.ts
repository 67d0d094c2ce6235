import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { Light, ListStage } from '@/api/types';

export const lightQuery = (projectId: string) =>
  queryOptions({
    queryKey: ['projects', projectId, 'light'],
    queryFn: () => body(client.GET('/api/v1/projects/{id}/light', { params: { path: { id: projectId } } })),
  });

export interface LightFilter {
  light?: Light;
  turnsWithin?: string;
  stage?: ListStage;
  jurisdictionId?: string;
}

export const lightsQuery = (filter: LightFilter) =>
  infiniteQueryOptions({
    queryKey: ['projects', 'lights', filter],
    queryFn: ({ pageParam }) =>
      body(client.GET('/api/v1/lights', { params: { query: { ...filter, limit: 50, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
