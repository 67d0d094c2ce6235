import { QueryClient } from '@tanstack/react-query';
import { ProblemError } from 'pipeline-client';

/** What the network or a restarting server may cure is asked again; a refusal is an answer. */
function mayRecover(error: unknown): boolean {
  return error instanceof ProblemError && (error.status === 0 || error.status === 503 || error.status === 429);
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 10_000, retry: (failures, error) => failures < 2 && mayRecover(error) },
    // Nothing is held back to be sent later without being said: who is offline is told at once.
    mutations: { retry: false, networkMode: 'always' },
  },
});
