import { queryOptions, useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { body, client } from '@/api/client';
import { currentSession, subscribeSession, type Session } from '@/api/session';
import type { Jurisdiction, Me } from '@/api/types';

export function useSession(): Session {
  return useSyncExternalStore(subscribeSession, currentSession);
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  // Whoever signs in to the pages is a person and has a role; only keys have none.
  queryFn: async () => (await body(client.GET('/api/v1/me'))) as Me,
  staleTime: 5 * 60_000,
});

export const jurisdictionsQuery = queryOptions({
  queryKey: ['jurisdictions'],
  queryFn: async (): Promise<Jurisdiction[]> => (await body(client.GET('/api/v1/jurisdictions'))).items,
  staleTime: 5 * 60_000,
});

/** The leaders who can be named on a project. */
export const leadersQuery = queryOptions({
  queryKey: ['leaders'],
  queryFn: async () => (await body(client.GET('/api/v1/leaders'))).items,
  staleTime: 5 * 60_000,
});

export function useMe(): Me | undefined {
  const session = useSession();
  return useQuery({ ...meQuery, enabled: session.state === 'signed-in' || session.state === 'expired' }).data;
}

export function useCan(): (permission: string) => boolean {
  const me = useMe();
  return (permission) => me?.permissions.includes(permission) ?? false;
}
