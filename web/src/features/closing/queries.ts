import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/api/client';

export const periodsQuery = queryOptions({
  queryKey: ['periods'],
  queryFn: async () => (await body(client.GET('/api/v1/periods'))).items,
});

export const periodQuery = (period: string) =>
  queryOptions({
    queryKey: ['periods', period],
    queryFn: () => body(client.GET('/api/v1/periods/{period}', { params: { path: { period } } })),
  });

export const readinessQuery = (period: string) =>
  queryOptions({
    queryKey: ['periods', period, 'readiness'],
    queryFn: () => body(client.GET('/api/v1/periods/{period}/readiness', { params: { path: { period } } })),
  });

export const checkQuery = (id: string) =>
  queryOptions({
    queryKey: ['snapshots', id, 'verify'],
    queryFn: () => body(client.GET('/api/v1/snapshots/{id}/verify', { params: { path: { id } } })),
    staleTime: 0,
  });
