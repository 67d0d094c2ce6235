import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { ExportQuery, ListQuery, ListStage, ProjectQuery } from '@/api/types';
import { PAGE_SIZE, type Sort } from './listState';

export const boardColumnQuery = (stage: ListStage, query: ListQuery) =>
  infiniteQueryOptions({
    queryKey: ['lists', stage, 'board', query],
    queryFn: ({ pageParam }) =>
      body(
        client.GET('/api/v1/lists/{stage}', {
          params: { path: { stage }, query: { ...query, limit: 20, cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

/** The projects of the table, page after page; how many there are is counted with the first. */
export const projectRowsQuery = (query: ExportQuery) =>
  infiniteQueryOptions({
    queryKey: ['projects', 'list', query],
    queryFn: ({ pageParam }) =>
      body(
        client.GET('/api/v1/projects', {
          params: { query: { ...query, limit: PAGE_SIZE, ...(pageParam ? { cursor: pageParam } : { count: true }) } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const monthRowsQuery = (stage: ListStage, query: ListQuery, sort: Sort) =>
  infiniteQueryOptions({
    queryKey: ['lists', stage, 'table', query, sort],
    queryFn: ({ pageParam }) =>
      body(
        client.GET('/api/v1/lists/{stage}', {
          params: { path: { stage }, query: { ...query, sort, limit: PAGE_SIZE, cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const countOfQuery = (query: ProjectQuery) =>
  queryOptions({
    queryKey: ['projects', 'count', query],
    queryFn: async () => (await body(client.GET('/api/v1/projects', { params: { query } }))).total ?? 0,
    staleTime: 30_000,
    placeholderData: keepPreviousData,
  });
