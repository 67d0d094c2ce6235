import { queryOptions } from '@tanstack/react-query';
import { anonymous, body, client, tagged } from '@/api/client';
import { isProblem } from 'pipeline-client';
import type { Demo, SetUpCheck, SignInMethods } from '@/api/types';

export const demoQuery = queryOptions({
  queryKey: ['demo'],
  queryFn: (): Promise<Demo | null> =>
    anonymous<Demo>('/api/v1/demo').catch((error: unknown) => {
      if (isProblem(error)) return null;
      throw error;
    }),
  staleTime: Infinity,
});

export const methodsQuery = queryOptions({
  queryKey: ['sign-in-methods'],
  queryFn: () => anonymous<SignInMethods>('/api/v1/auth/methods'),
  staleTime: Infinity,
});

export const setUpQuery = (token: string) =>
  queryOptions({
    queryKey: ['set-up', token],
    queryFn: () => anonymous<SetUpCheck>('/api/v1/auth/set-up/check', { token }),
    staleTime: Infinity,
    gcTime: 0,
  });

export const mySessionsQuery = queryOptions({
  queryKey: ['me', 'sessions'],
  queryFn: async () => (await body(client.GET('/api/v1/me/sessions'))).items,
  staleTime: 0,
});

export const noticeSettingsQuery = queryOptions({
  queryKey: ['me', 'notice-settings'],
  queryFn: () => tagged(client.GET('/api/v1/me/notice-settings')),
  staleTime: 0,
  refetchOnWindowFocus: false,
});
