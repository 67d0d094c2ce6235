import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { DueList } from '@/shared/due/DueList';
import { dueQuery } from '@/shared/due/queries';
import { Loading, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';

const MOST = 10;

/** The next seven days, and what is overdue: the first of it. What stands below comes with it, so that nothing is pushed away. */
export function WeekPanel({ withUnit, children }: { withUnit?: boolean; children?: ReactNode }) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(dueQuery('P7D', MOST));
  const first = query.data?.pages[0];
  if (query.isPending) return <Loading rows={8} />;
  return (
    <>
      <Panel title={t('due.weekTitle')} extra={<Link to="/due">{t('due.all')}</Link>}>
        <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
        {first?.items.length === 0 && <p className="all-clear">{t('due.nothing')}</p>}
        {first && <DueList items={first.items} withUnit={withUnit} />}
        {first?.nextCursor && (
          <p className="hint">
            <Link to="/due">{t('due.more')}</Link>
          </p>
        )}
      </Panel>
      {children}
    </>
  );
}
