import { useMutation, useQueryClient } from '@tanstack/react-query';

/** Sends a change; whatever was read under these keys is read again, also when it was refused. */
export function useChange(...keys: string[]) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (send: () => Promise<unknown>) => send(),
    onSettled: () => Promise.all(keys.map((key) => queries.invalidateQueries({ queryKey: [key] }))),
  });
}

/** The headers of a step with a record as it was read. */
export const ifMatch = (version: number) => ({ 'If-Match': `"${version}"` });
