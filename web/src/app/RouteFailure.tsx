import { Button } from 'antd';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { ProblemAlert } from '@/shared/ProblemAlert';

function subscribe(told: () => void): () => void {
  window.addEventListener('online', told);
  window.addEventListener('offline', told);
  return () => {
    window.removeEventListener('online', told);
    window.removeEventListener('offline', told);
  };
}

const useBrowserOnline = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine);

/** A page that could not be loaded or drawn; after an update of the system a reload cures the first. */
export function RouteFailure() {
  const { t } = useTranslation();
  const error = useRouteError();
  const online = useBrowserOnline();
  const was = useRef(online);
  // A page that could not be fetched without the network comes by itself once it is back.
  useEffect(() => {
    if (online && !was.current) window.location.reload();
    was.current = online;
  }, [online]);
  return (
    <main className="failure">
      <h1>{t('failure.title')}</h1>
      {online ? (
        <ProblemAlert error={error} />
      ) : (
        <p role="alert">
          <strong>{t('offline.title')}</strong> {t('offline.shell')}
        </p>
      )}
      <p>
        <Button type="primary" onClick={() => window.location.reload()}>
          {t('failure.reload')}
        </Button>
      </p>
    </main>
  );
}
