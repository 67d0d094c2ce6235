import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Amount } from '@/shared/Amount';
import { LinkNotes } from '@/shared/leaders/LinkNotes';
import { leaderLinksQuery } from '@/shared/leaders/queries';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading, Panel } from '@/shared/Page';
import { problemsQuery } from '@/shared/problems/queries';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useUnitName } from '@/shared/units';
import { Day } from '@/shared/When';

/** What needs a leader: the own projects with their lights and contacts, and the problems that have come all the way up. What stands below comes with it. */
export function LinkedProjects({ children }: { children?: ReactNode }) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const links = useInfiniteQuery(leaderLinksQuery({ status: 'active' }));
  const problems = useInfiniteQuery(problemsQuery({ level: '3' }));
  const mine = links.data?.pages.flatMap((page) => page.items) ?? [];
  const raised = (problems.data?.pages[0]?.items ?? []).filter((problem) =>
    mine.some((link) => link.project.id === problem.project.id),
  );
  if (links.isPending || problems.isPending) return <Loading rows={8} />;
  return (
    <>
      <Panel title={t('leaders.mine')} extra={<Link to="/leader-links">{t('leaders.all')}</Link>}>
        <ProblemAlert
          error={links.error ?? problems.error}
          onRetry={() => void Promise.all([links.refetch(), problems.refetch()])}
        />
        {links.data && mine.length === 0 && <Empty title={t('leaders.noneMine')} />}
        {raised.length > 0 && (
          <>
            <h3 className="list-title">{t('leaders.raised')}</h3>
            <ul className="plain-list">
              {raised.map((problem) => (
                <li key={problem.id} className="due due-over">
                  <Link to={`/problems?problem=${problem.id}`}>{problem.title}</Link>
                  <p className="row-notes">
                    <span>{problem.project.name}</span> <span className="tag flag">{t('due.overdue')}</span>{' '}
                    <Day date={problem.dueOn} />
                  </p>
                </li>
              ))}
            </ul>
          </>
        )}
        <ul className="plain-list">
          {mine.map((link) => (
            <li key={link.id}>
              <div className="split">
                <Link to={`/projects/${link.project.id}`}>{link.project.name}</Link>
                <Amount money={link.project.totalInvestment} digits={2} />
              </div>
              <p className="row-notes">
                <LinkNotes link={link} /> <span className="muted">{unit(link.jurisdiction)}</span>
              </p>
            </li>
          ))}
        </ul>
        <LoadMore {...links} />
      </Panel>
      {children}
    </>
  );
}
