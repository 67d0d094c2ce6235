import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Empty, Loading, Panel } from '@/shared/Page';
import { ProblemState } from '@/shared/problems/ProblemState';
import { problemsQuery } from '@/shared/problems/queries';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { Day } from '@/shared/When';

/** What a department is to answer, the one due first at first. */
export function ProblemsToAnswer() {
  const { t } = useTranslation();
  const query = useInfiniteQuery(problemsQuery({}));
  const waiting = (query.data?.pages[0]?.items ?? []).filter((problem) => problem.allowedActions.includes('answer'));
  return (
    <Panel title={t('problems.toAnswer')} extra={<Link to="/problems">{t('problems.all')}</Link>}>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={4} />}
      {query.data && waiting.length === 0 && <Empty title={t('problems.nothingToAnswer')} />}
      <ul className="plain-list">
        {waiting.map((problem) => (
          <li key={problem.id} className={problem.overdue ? 'due due-over' : 'due'}>
            <Link to={`/problems?problem=${problem.id}`}>{problem.title}</Link>
            <p className="row-notes">
              <span>{problem.project.name}</span> <ProblemState problem={problem} />{' '}
              <span className="muted">
                {t('problems.dueOn')} <Day date={problem.dueOn} />
              </span>
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
