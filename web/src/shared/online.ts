import { useSyncExternalStore } from 'react';
import { isReachable, subscribeReach } from '@/api/reach';

/** Whether the server can be reached, as far as this browser knows. */
export function useOnline(): boolean {
  return useSyncExternalStore(subscribeReach, isReachable);
}
