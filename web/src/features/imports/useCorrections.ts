import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ImportRow } from '@/api/types';
import { useCorrectCells } from './queries';
import { cellOf, done, keyOf, noHistory, redone, undone, type Change, type History } from './sheet';

/** How many cells the server takes at a time. */
const SENT_AT_ONCE = 500;

export interface Corrections {
  /** What is written in the place of a cell; undefined where the file's own text stands. */
  of: (key: string) => string | undefined;
  /** What was read there when the import ran. */
  appliedOf: (key: string) => string | undefined;
  /** How many cells say otherwise than when the import ran. */
  pending: number;
  /** How many cells are corrected at all. */
  corrected: number;
  change: (changes: readonly Change[]) => void;
  undo: () => readonly Change[] | undefined;
  redo: () => readonly Change[] | undefined;
  canUndo: boolean;
  canRedo: boolean;
  saving: 'saved' | 'saving' | 'failed';
  error: unknown;
  /** Sends what was not sent yet; false where that failed. */
  flush: () => Promise<boolean>;
}

/** The corrections of a dry run: shown at once, sent to the server as they are made, each step of this visit undone and done again. */
export function useCorrections(importId: string, rows: readonly ImportRow[]): Corrections {
  const { mutateAsync } = useCorrectCells(importId);
  const [own, setOwn] = useState<ReadonlyMap<string, string | undefined>>(new Map());
  const [history, setHistory] = useState<History>(noHistory);
  const [saving, setSaving] = useState<Corrections['saving']>('saved');
  const [error, setError] = useState<unknown>(null);
  const unsent = useRef(new Map<string, string | undefined>());
  const sending = useRef<Promise<boolean>>(undefined);

  const kept = useMemo(() => {
    const all = new Map<string, { text: string | undefined; applied: string | undefined }>();
    for (const row of rows)
      for (const each of row.corrections ?? [])
        all.set(keyOf(row.rowNumber, each.column), { text: each.text ?? undefined, applied: each.applied });
    return all;
  }, [rows]);

  const of = useCallback((key: string) => (own.has(key) ? own.get(key) : kept.get(key)?.text), [own, kept]);
  const appliedOf = useCallback((key: string) => kept.get(key)?.applied, [kept]);

  const flush = useCallback((): Promise<boolean> => {
    const send = async () => {
      setSaving('saving');
      while (unsent.current.size > 0) {
        const batch = [...unsent.current].slice(0, SENT_AT_ONCE);
        try {
          await mutateAsync(batch.map(([key, text]) => ({ ...cellOf(key), text })));
        } catch (failure) {
          setError(failure);
          setSaving('failed');
          return false;
        }
        // What was changed again meanwhile is sent again.
        for (const [key, text] of batch) if (unsent.current.get(key) === text) unsent.current.delete(key);
      }
      setError(null);
      setSaving('saved');
      return true;
    };
    if (unsent.current.size === 0 && !sending.current) return Promise.resolve(true);
    sending.current ??= send().finally(() => (sending.current = undefined));
    return sending.current;
  }, [mutateAsync]);

  const put = useCallback(
    (changes: readonly Change[]) => {
      setOwn((before) => {
        const after = new Map(before);
        for (const { key, after: text } of changes) after.set(key, text);
        return after;
      });
      for (const { key, after } of changes) unsent.current.set(key, after);
      void flush();
    },
    [flush],
  );

  // Who closes the window while something is not kept yet is asked.
  const unsaved = saving !== 'saved';
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [unsaved]);

  const keys = useMemo(() => [...new Set([...kept.keys(), ...own.keys()])], [kept, own]);
  const step = (taken: ReturnType<typeof undone>) => {
    if (!taken) return undefined;
    setHistory(taken.history);
    put(taken.changes);
    return taken.changes;
  };

  return {
    of,
    appliedOf,
    pending: keys.filter((key) => of(key) !== appliedOf(key)).length,
    corrected: keys.filter((key) => of(key) !== undefined).length,
    change(changes) {
      if (changes.length === 0) return;
      setHistory(done(history, changes));
      put(changes);
    },
    undo: () => step(undone(history)),
    redo: () => step(redone(history)),
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    saving,
    error,
    flush,
  };
}
