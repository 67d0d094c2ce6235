import { useCallback, useEffect, useRef, useState } from 'react';

/** For how long a decision is held back on the page before it is sent. */
export const HOLD_SECONDS = 10;

/** Holds a decision back for some seconds: until they are over, or it is sent at once, nothing is sent and nothing is decided. Leaving the page asks first, and drops it. */
export function useHold(seconds = HOLD_SECONDS) {
  const [left, setLeft] = useState<number | null>(null);
  const held = useRef<(() => void) | null>(null);

  const drop = useCallback(() => {
    held.current = null;
    setLeft(null);
  }, []);

  const now = useCallback(() => {
    const work = held.current;
    drop();
    work?.();
  }, [drop]);

  const hold = useCallback(
    (work: () => void) => {
      held.current = work;
      setLeft(seconds);
    },
    [seconds],
  );

  useEffect(() => {
    if (left === null) return;
    const timer = window.setTimeout(() => (left <= 1 ? now() : setLeft(left - 1)), 1000);
    return () => window.clearTimeout(timer);
  }, [left, now]);

  const isHeld = left !== null;
  useEffect(() => {
    if (!isHeld) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isHeld]);

  return { left, hold, now, drop };
}
