import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Empty, Loading } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { NoticeList } from './NoticeList';
import { latestQuery } from './queries';

/** The newest notices, below the bell. */
export function LatestNotices({ onFollow }: { onFollow: () => void }) {
  const { t } = useTranslation();
  const query = useQuery(latestQuery);
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    panel.current?.focus();
  }, []);
  return (
    <div ref={panel} className="bell-panel" role="dialog" aria-label={t('notices.latest')} tabIndex={-1}>
      <h2>{t('notices.latest')}</h2>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading />}
      {query.data?.length === 0 && <Empty title={t('notices.empty')}>{t('notices.emptyHint')}</Empty>}
      {query.data && query.data.length > 0 && <NoticeList notices={query.data} onFollow={onFollow} />}
      <p className="bell-foot">
        <Link to="/notices" onClick={onFollow}>
          {t('notices.toAll')}
        </Link>
      </p>
    </div>
  );
}
