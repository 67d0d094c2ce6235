import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useOnline } from '@/shared/online';
import { Mark } from './Mark';
import { queryClient } from './queryClient';

/** Says that the server is away; once it answers again, what failed is asked for anew. */
export function Offline() {
  const { t } = useTranslation();
  const online = useOnline();
  const was = useRef(online);
  useEffect(() => {
    if (online && !was.current) void queryClient.invalidateQueries();
    was.current = online;
  }, [online]);
  return (
    <div role="status" className="offline-place">
      {!online && (
        <p className="offline">
          <strong>{t('offline.title')}</strong> {t('offline.text')}
        </p>
      )}
    </div>
  );
}

/** All that is left of the pages when they are opened without the server. */
export function Away() {
  const { t } = useTranslation();
  return (
    <main className="away">
      <Mark />
      <h1>{t('app.name')}</h1>
      <p role="status">
        <strong>{t('offline.title')}</strong> {t('offline.shell')}
      </p>
    </main>
  );
}
