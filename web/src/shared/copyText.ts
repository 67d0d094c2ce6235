/** Puts a text on the clipboard; whether that succeeded. */
export async function copyText(value: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(value);
    return true;
  } catch {
    // Pages served without TLS have no clipboard; a selection serves then, within the dialog that holds the focus.
    const field = document.createElement('textarea');
    const before = document.activeElement;
    field.value = value;
    field.setAttribute('aria-hidden', 'true');
    field.className = 'visually-hidden';
    (before?.closest('[role=dialog]') ?? document.body).append(field);
    field.select();
    const copied = document.execCommand('copy');
    field.remove();
    if (before instanceof HTMLElement) before.focus();
    return copied;
  }
}
