import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { body, client } from '@/api/client';

/** What comes due within some days, the first at first. */
export const dueQuery = (within: string, limit: number) =>
  infiniteQueryOptions({
    queryKey: ['due', within, limit],
    queryFn: ({ pageParam }) =>
      body(client.GET('/api/v1/due', { params: { query: { within, limit, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
