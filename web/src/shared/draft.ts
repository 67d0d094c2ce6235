/** Drafts of long forms, kept on this device per person until they are sent or discarded. */
export interface Draft<T> {
  savedAt: string;
  content: T;
}

const LIFETIME = 14 * 24 * 60 * 60 * 1000;

function keyOf(form: string, userId: string): string {
  return `pipeline.draft.${form}.${userId}`;
}

export function loadDraft<T>(form: string, userId: string, now: number = Date.now()): Draft<T> | null {
  const key = keyOf(form, userId);
  try {
    const draft = JSON.parse(localStorage.getItem(key) ?? 'null') as Draft<T> | null;
    if (!draft || typeof draft.content !== 'object' || Number.isNaN(Date.parse(draft.savedAt))) return null;
    if (now - Date.parse(draft.savedAt) > LIFETIME) {
      localStorage.removeItem(key);
      return null;
    }
    return draft;
  } catch {
    return null;
  }
}

/** Answers when it was saved, or null where this device keeps nothing (full, or switched off). */
export function saveDraft(form: string, userId: string, content: unknown, now: number = Date.now()): string | null {
  const savedAt = new Date(now).toISOString();
  try {
    localStorage.setItem(keyOf(form, userId), JSON.stringify({ savedAt, content }));
    return savedAt;
  } catch {
    return null;
  }
}

export function discardDraft(form: string, userId: string): void {
  localStorage.removeItem(keyOf(form, userId));
}
