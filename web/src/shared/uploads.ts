import { useSyncExternalStore } from 'react';

let running = 0;
const listeners = new Set<() => void>();

function change(by: number): void {
  running += by;
  listeners.forEach((told) => told());
}

function subscribe(told: () => void): () => void {
  listeners.add(told);
  return () => listeners.delete(told);
}

/** Runs an upload; until it ends, what would name the file waits. */
export async function whileUploading<T>(upload: () => Promise<T>): Promise<T> {
  change(1);
  try {
    return await upload();
  } finally {
    change(-1);
  }
}

/** Whether a file is on its way: a form sent now would not name it. */
export const useUploading = (): boolean => useSyncExternalStore(subscribe, () => running > 0);
