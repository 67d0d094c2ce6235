import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/api/client';

/** How the system does; looked at anew twice a minute while the page is open. */
export const systemQuery = queryOptions({
  queryKey: ['system'],
  queryFn: () => body(client.GET('/api/v1/system')),
  refetchInterval: 30_000,
});
