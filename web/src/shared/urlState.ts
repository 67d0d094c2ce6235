import { useCallback, useContext, useMemo } from 'react';
import { UNSAFE_DataRouterContext as DataRouterContext, useLocation, useSearchParams } from 'react-router';

export type UrlValues<K extends string> = Partial<Record<K, string>>;

/** The named parameters of an address; empty ones do not count. */
export function readUrl<K extends string>(params: URLSearchParams, keys: readonly K[]): UrlValues<K> {
  const values: UrlValues<K> = {};
  for (const key of keys) {
    const value = params.get(key)?.trim();
    if (value) values[key] = value;
  }
  return values;
}

/** The address after a change: what else it holds stays, and any change but of the page goes back to the first page. */
export function writeUrl<K extends string>(
  params: URLSearchParams,
  change: Partial<Record<K | 'cursor', string | undefined>>,
): URLSearchParams {
  const next = new URLSearchParams(params);
  if (!('cursor' in change)) next.delete('cursor');
  for (const [key, value] of Object.entries(change) as [string, string | undefined][]) {
    if (value) next.set(key, value);
    else next.delete(key);
  }
  return next;
}

/** Filters as a request asks for them; empty ones are left out. */
export function asQuery(values: Record<string, string | undefined>): URLSearchParams {
  return new URLSearchParams(Object.entries(values).flatMap(([key, value]) => (value ? [[key, value]] : [])));
}

/** Filters, sort and page of a list, kept in the address so that it can be sent, stored and gone back to. */
export function useUrlState<K extends string>(keys: readonly K[]) {
  const [params, setParams] = useSearchParams();
  const { pathname } = useLocation();
  const router = useContext(DataRouterContext)?.router;
  const values = useMemo(() => readUrl(params, keys), [params, keys]);
  const change = useCallback(
    (next: Partial<Record<K | 'cursor', string | undefined>>, options?: { replace?: boolean }) => {
      // The page is drawn a moment after the address has changed: what is chosen meanwhile builds on the address, not on what is drawn.
      const ahead = router?.state.navigation.location ?? router?.state.location;
      const current = ahead?.pathname === pathname ? new URLSearchParams(ahead.search) : params;
      void setParams(writeUrl(current, next), { replace: options?.replace ?? false });
    },
    [router, pathname, params, setParams],
  );
  const clear = useCallback(() => setParams(new URLSearchParams()), [setParams]);
  return { values, change, clear };
}
