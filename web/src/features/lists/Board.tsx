import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ListStage, Project } from '@/api/types';
import { Amount, TotalsText } from '@/shared/Amount';
import { Countdown } from '@/shared/Countdown';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { LightTag } from '@/shared/tags';
import { Day } from '@/shared/When';
import { filterCount, listQuery, LIST_STAGES, monthOf, type ListValues } from './listState';
import { boardColumnQuery } from './queries';

export function Board({ values }: { values: ListValues }) {
  return (
    <div className="board">
      {LIST_STAGES.map((stage) => <BoardColumn key={stage} stage={stage} values={values} />)}
    </div>
  );
}

function BoardColumn({ stage, values }: { stage: ListStage; values: ListValues }) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(boardColumnQuery(stage, listQuery(values)));
  const first = query.data?.pages[0];
  const projects = query.data?.pages.flatMap((page) => page.items) ?? [];

  return (
    <section className={`column column-${stage}`} aria-labelledby={`column-${stage}`}>
      <header className="column-head">
        <h2 id={`column-${stage}`}>{t(`stage.${stage}`)}</h2>
        {first && <p className="column-count"><span className="num">{t('lists.count', { n: first.count })}</span></p>}
        {first && <TotalsText totals={first.totals} />}
      </header>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading />}
      {first && projects.length === 0 && <Empty title={filterCount(values) > 0 ? t('lists.emptyTable') : t('lists.emptyColumn')}>{filterCount(values) > 0 ? undefined : t(`lists.emptyHint.${stage}`)}</Empty>}
      <ul className="column-cards">
        {projects.map((project) => <li key={project.id}><ProjectCard project={project} stage={stage} past={monthOf(values) !== undefined} /></li>)}
      </ul>
      <LoadMore {...query} />
    </section>
  );
}

function ProjectCard({ project, stage, past }: { project: Project; stage: ListStage; past: boolean }) {
  const { t } = useTranslation();
  const primary = project.investors.find((investor) => investor.primary) ?? project.investors[0];
  const reached = { 'in-talks': project.stageDates?.inTalks, signed: project.stageDates?.signed, registered: project.stageDates?.registered, started: project.stageDates?.started }[stage];
  return (
    <article className="project-card">
      <h3><Link to={`/projects/${project.id}`}>{project.name}</Link></h3>
      {primary && <p className="project-card-investor">{primary.name}</p>}
      <p className="project-card-amount"><Amount money={project.totalInvestment} /></p>
      <p className="project-card-foot">
        <span>{project.owner.name}</span>
        {reached && <span>{t(`lists.since.${stage}`)} <Day date={reached} /></span>}
        {!past && <LightTag light={project.light} />}
      </p>
      {!past && project.claim?.status === 'active' && project.claim.expiresAt && (
        <p className="project-card-claim">{t('lists.exclusive')} <Countdown until={project.claim.expiresAt} /></p>
      )}
    </article>
  );
}
