import { useSyncExternalStore } from 'react';
import { serverNow } from '@/api/session';

export interface Remaining {
  over: boolean;
  days: number;
  clock: string;
  urgency: 'calm' | 'soon' | 'urgent' | 'over';
}

const SECOND = 1000;
const DAY = 24 * 60 * 60 * SECOND;

/** What is left until an instant; it counts as left up to and including the instant itself. */
export function remaining(until: string, now: number): Remaining {
  const left = Date.parse(until) - now;
  if (left < 0) return { over: true, days: 0, clock: '00:00:00', urgency: 'over' };
  const days = Math.floor(left / DAY);
  const seconds = Math.floor((left % DAY) / SECOND);
  const two = (n: number) => String(n).padStart(2, '0');
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return { over: false, days, clock, urgency: left <= DAY ? 'urgent' : left <= 7 * DAY ? 'soon' : 'calm' };
}

// One interval serves every countdown on the page, and none runs while none is shown.
const listeners = new Set<() => void>();
let ticking: number | undefined;
let current = 0;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (ticking === undefined) {
    current = serverNow();
    ticking = window.setInterval(() => {
      current = serverNow();
      for (const each of listeners) each();
    }, SECOND);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      window.clearInterval(ticking);
      ticking = undefined;
    }
  };
}

function snapshot(): number {
  if (ticking === undefined) current = Math.floor(serverNow() / SECOND) * SECOND;
  return current;
}

export function useNow(): number {
  return useSyncExternalStore(subscribe, snapshot);
}
