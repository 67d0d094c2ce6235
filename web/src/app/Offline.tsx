import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useOnline } from '@/shared/online';
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
      {!online && <p className="offline"><strong>{t('offline.title')}</strong> {t('offline.text')}</p>}
    </div>
  );
}
