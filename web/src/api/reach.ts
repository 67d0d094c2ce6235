/** Whether the server can be reached, as far as this page knows. While it cannot, the page knocks until it answers again. */
const PAUSE = 3000;

let reachable = true;
let timer: number | undefined;
const listeners = new Set<() => void>();

function change(next: boolean): void {
  if (reachable === next) return;
  reachable = next;
  for (const listener of listeners) listener();
}

async function knock(): Promise<void> {
  timer = undefined;
  const answer = await fetch('/health/live', { cache: 'no-store' }).catch(() => null);
  if (answer?.ok) noteReached();
  else knockLater();
}

function knockLater(): void {
  timer ??= window.setTimeout(() => void knock(), PAUSE);
}

/** A request never got an answer. */
export function noteUnreached(): void {
  change(false);
  knockLater();
}

/** A request got an answer, whatever it was. */
export function noteReached(): void {
  window.clearTimeout(timer);
  timer = undefined;
  change(true);
}

export function isReachable(): boolean {
  return reachable && navigator.onLine;
}

export function subscribeReach(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}

/** Resolves once the server answers again; at once where it does. */
export function untilReachable(): Promise<void> {
  if (isReachable()) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = subscribeReach(() => {
      if (!isReachable()) return;
      stop();
      resolve();
    });
  });
}
