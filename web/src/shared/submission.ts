import { useRef } from 'react';

export interface Submission {
  content: string;
  key: string;
}

export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The same content keeps its key however often it is sent; other content is another submission. */
export function submissionFor(previous: Submission | undefined, content: unknown): Submission {
  const text = JSON.stringify(content);
  return previous?.content === text ? previous : { content: text, key: newKey() };
}

/** The Idempotency-Key of what a form sends: kept across retries of the same submission, new after it was taken. */
export function useIdempotencyKey(): { keyFor: (content: unknown) => string; taken: () => void } {
  const last = useRef<Submission>(undefined);
  return {
    keyFor(content) {
      last.current = submissionFor(last.current, content);
      return last.current.key;
    },
    taken() {
      last.current = undefined;
    },
  };
}
