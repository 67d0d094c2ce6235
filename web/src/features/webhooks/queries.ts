import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { body, client, tagged } from '@/api/client';
import type { DeliveryStatus } from '@/api/types';

export const DELIVERY_STATUSES: readonly DeliveryStatus[] = ['waiting', 'delivered', 'dead', 'withdrawn'];

export const webhooksQuery = infiniteQueryOptions({
  queryKey: ['webhooks', 'list'],
  queryFn: ({ pageParam }) =>
    body(client.GET('/api/v1/webhooks', { params: { query: { limit: 50, cursor: pageParam } } })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

/** A webhook with its ETag: what is done to it is done to this version. */
export const webhookQuery = (id: string) =>
  queryOptions({
    queryKey: ['webhooks', 'one', id],
    queryFn: () => tagged(client.GET('/api/v1/webhooks/{id}', { params: { path: { id } } })),
  });

export const deliveriesQuery = (id: string, status: DeliveryStatus | undefined) =>
  infiniteQueryOptions({
    queryKey: ['webhooks', 'one', id, 'deliveries', status],
    queryFn: ({ pageParam }) =>
      body(
        client.GET('/api/v1/webhooks/{id}/deliveries', {
          params: { path: { id }, query: { status, limit: 50, cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const deliveryQuery = (id: string, deliveryId: string) =>
  queryOptions({
    queryKey: ['webhooks', 'one', id, 'delivery', deliveryId],
    queryFn: () =>
      body(client.GET('/api/v1/webhooks/{id}/deliveries/{deliveryId}', { params: { path: { id, deliveryId } } })),
  });
