import { useVirtualizer } from '@tanstack/react-virtual';

/** Draws only what is in view of a long list; the one place where the virtualiser is taken from. */
export function useVirtualRows(
  options: Parameters<typeof useVirtualizer<HTMLDivElement, Element>>[0],
): ReturnType<typeof useVirtualizer<HTMLDivElement, Element>> {
  // What it gives back changes from within, which React's compiler could not keep: the pages are built without it.
  // eslint-disable-next-line react-hooks/incompatible-library -- see above
  return useVirtualizer<HTMLDivElement, Element>(options);
}
