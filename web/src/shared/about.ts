import { queryOptions } from '@tanstack/react-query';
import { anonymous } from '@/api/client';
import type { About } from '@/api/types';

/** The version that runs and, as configured, whom people ask; told to anyone. */
export const aboutQuery = queryOptions({
  queryKey: ['about'],
  queryFn: () => anonymous<About>('/api/v1/about'),
  staleTime: Infinity,
  retry: false,
});
