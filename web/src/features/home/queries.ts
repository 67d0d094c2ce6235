import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/api/client';

export const summaryQuery = (by: 'stage' | 'jurisdiction') => queryOptions({
  queryKey: ['summary', by],
  queryFn: () => body(client.GET('/api/v1/summary', { params: { query: { by } } })),
});

export const endingClaimsQuery = queryOptions({
  queryKey: ['claims', 'ending'],
  queryFn: () => body(client.GET('/api/v1/claims', { params: { query: { status: 'active', sort: 'expiresAt', limit: 10 } } })),
});

export const ownProjectsQuery = (jurisdictionId: string) => queryOptions({
  queryKey: ['projects', 'own', jurisdictionId],
  queryFn: () => body(client.GET('/api/v1/projects', { params: { query: { jurisdictionId, limit: 10 } } })),
});

export const pendingMovesQuery = queryOptions({
  queryKey: ['moves', 'pending', 'count'],
  queryFn: () => body(client.GET('/api/v1/moves', { params: { query: { status: 'pending', limit: 10 } } })),
});

export const reviewsQuery = queryOptions({
  queryKey: ['claims', 'reviews', 'count'],
  queryFn: () => body(client.GET('/api/v1/claims', { params: { query: { status: 'under-review', limit: 10 } } })),
});
