import { useSyncExternalStore } from 'react';

function useMedia(media: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = window.matchMedia(media);
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => window.matchMedia(media).matches,
  );
}

/** Whether the page is shown on a phone, or as narrow as on one. */
export const useNarrow = (): boolean => useMedia('(max-width: 767px)');

/** Where a navigation with its words takes what the page needs. */
export const useTight = (): boolean => useMedia('(max-width: 1023px)');

/** Whether the person has asked their system that nothing moves. */
export const useStill = (): boolean => useMedia('(prefers-reduced-motion: reduce)');
