export interface Recent {
  to: string;
  title: string;
  hint?: string;
}

const MOST = 6;
const keyOf = (userId: string) => `pipeline.recent.${userId}`;

/** What was last gone to from the palette, by this person on this device. */
export function recents(userId: string): Recent[] {
  try {
    const stored = JSON.parse(localStorage.getItem(keyOf(userId)) ?? '[]') as unknown;
    return Array.isArray(stored)
      ? stored
          .filter(
            (each): each is Recent =>
              typeof each?.to === 'string' && each.to.startsWith('/') && typeof each.title === 'string',
          )
          .slice(0, MOST)
      : [];
  } catch {
    return [];
  }
}

export function noteRecent(userId: string, item: Recent): void {
  const kept = [item, ...recents(userId).filter((each) => each.to !== item.to)].slice(0, MOST);
  try {
    localStorage.setItem(keyOf(userId), JSON.stringify(kept));
  } catch {
    // A device that keeps nothing has no recent items.
  }
}
