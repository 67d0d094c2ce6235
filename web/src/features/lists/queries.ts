import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { ListQuery, ListStage, ProjectQuery } from '@/api/types';
import { PAGE_SIZE } from './listState';

export const boardColumnQuery = (stage: ListStage, query: ListQuery) => infiniteQueryOptions({
  queryKey: ['lists', stage, 'board', query],
  queryFn: ({ pageParam }) => body(client.GET('/api/v1/lists/{stage}', {
    params: { path: { stage }, query: { ...query, limit: 20, cursor: pageParam } },
  })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

export const projectsQuery = (query: ProjectQuery) => queryOptions({
  queryKey: ['projects', 'list', query],
  queryFn: () => body(client.GET('/api/v1/projects', { params: { query } })),
  placeholderData: keepPreviousData,
});

export const monthEndQuery = (stage: ListStage, query: ListQuery) => queryOptions({
  queryKey: ['lists', stage, 'table', query],
  queryFn: () => body(client.GET('/api/v1/lists/{stage}', { params: { path: { stage }, query: { ...query, limit: PAGE_SIZE } } })),
  placeholderData: keepPreviousData,
});
