import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ActionState } from '@/shared/meetings/ActionState';
import { actionsQuery } from '@/shared/meetings/queries';
import { Empty, Loading, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { Day } from '@/shared/When';

/** What meetings decided that this department is to do, the one due first at first. */
export function MyActions({ ownerId }: { ownerId: string }) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(actionsQuery({ status: 'open', ownerId }));
  const actions = query.data?.pages[0]?.items ?? [];
  return (
    <Panel title={t('home.myActions')} extra={<Link to="/actions">{t('home.allActions')}</Link>}>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={3} />}
      {query.data && actions.length === 0 && <Empty title={t('home.noActions')} />}
      <ul className="plain-list">
        {actions.map((action) => (
          <li key={action.id} className={action.overdue ? 'due due-over' : 'due'}>
            <Link to={`/actions?action=${action.id}`}>{action.text}</Link>
            <p className="row-notes">
              {action.project && <span>{action.project.name}</span>} <ActionState action={action} />{' '}
              <span className="muted">
                {t('actions.dueOn')} <Day date={action.dueOn} />
              </span>
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
