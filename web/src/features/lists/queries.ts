import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { ListStage, ProjectQuery } from '@/api/types';
import { PAGE_SIZE } from './listState';

export const boardColumnQuery = (stage: ListStage, month: string | undefined, jurisdictionId: string | undefined) => infiniteQueryOptions({
  queryKey: ['lists', stage, { month, jurisdictionId }],
  queryFn: ({ pageParam }) => body(client.GET('/api/v1/lists/{stage}', {
    params: { path: { stage }, query: { month, jurisdictionId, limit: 20, cursor: pageParam } },
  })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

export const projectsQuery = (query: ProjectQuery) => queryOptions({
  queryKey: ['projects', 'list', query],
  queryFn: () => body(client.GET('/api/v1/projects', { params: { query } })),
  placeholderData: keepPreviousData,
});

export const monthEndQuery = (stage: ListStage, month: string, jurisdictionId: string | undefined, cursor: string | undefined) => queryOptions({
  queryKey: ['lists', stage, { month, jurisdictionId, cursor }],
  queryFn: () => body(client.GET('/api/v1/lists/{stage}', { params: { path: { stage }, query: { month, jurisdictionId, cursor, limit: PAGE_SIZE } } })),
  placeholderData: keepPreviousData,
});
