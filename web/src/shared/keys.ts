import { useEffect, useRef } from 'react';

/** Whether what is pressed belongs to something else: a field, an input method that is composing, a dialog, another shortcut. */
export function isTaken(event: KeyboardEvent): boolean {
  if (
    event.isComposing ||
    event.keyCode === 229 ||
    event.defaultPrevented ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey
  )
    return true;
  const target = event.target as HTMLElement | null;
  if (target?.closest('input, textarea, select, [contenteditable], [role="menu"], [role="combobox"], [role="listbox"]'))
    return true;
  return (
    document.querySelector('dialog[open], .ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open') !== null
  );
}

const WAIT = 1200;

/** Shortcuts while the page is open: single keys (`j`), or two in a row (`g l`). */
export function useKeys(actions: Record<string, () => void>): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    let first = '';
    let at = 0;
    const press = (event: KeyboardEvent) => {
      if (isTaken(event)) return;
      const pair = first && event.timeStamp - at < WAIT ? `${first} ${event.key}` : '';
      const action = latest.current[pair] ?? latest.current[event.key];
      first = event.key;
      at = event.timeStamp;
      if (!action) return;
      first = '';
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}
