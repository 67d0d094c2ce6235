import type { FormInstance } from 'antd';
import { useState } from 'react';
import type { FieldErrors } from 'pipeline-client';
import { placeFieldErrors } from './fieldErrors';

/** Sends what a dialog's form holds; a refusal goes to its fields and leaves everything typed. `within` is the member of the request that the form is. */
export function useDialogForm(form: FormInstance) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [left, setLeft] = useState<FieldErrors>({});

  async function send(work: () => Promise<unknown>, within?: string): Promise<void> {
    setBusy(true);
    setError(null);
    setLeft({});
    try {
      await work();
    } catch (problem) {
      setError(problem);
      setLeft(placeFieldErrors(form, problem, [], within));
    } finally {
      setBusy(false);
    }
  }

  return { busy, error, left, send };
}
