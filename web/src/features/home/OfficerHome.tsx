import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Me } from '@/api/types';
import { Amount } from '@/shared/Amount';
import { Countdown } from '@/shared/Countdown';
import { formatInstant } from '@/shared/dates';
import { loadDraft } from '@/shared/draft';
import { Empty, Loading, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { StageTag } from '@/shared/tags';
import { useUnitName } from '@/shared/units';
import { When } from '@/shared/When';
import { CityMap, EndingClaims, Stalled } from './Panels';
import { Pipeline } from './Pipeline';
import { disputesToAnswerQuery, ownMovesQuery, ownProjectsQuery } from './queries';
import { stillReturned } from './returned';

export function OfficerHome({ me, unit }: { me: Me; unit: { id: string; name: string } }) {
  const name = useUnitName();
  return (
    <>
      <Pipeline unitId={unit.id} unitName={name(unit)} />
      <div className="home-split">
        <div className="home-main">
          <Stalled unitId={unit.id} />
          <Recent unitId={unit.id} />
        </div>
        <div className="home-side">
          <Drafts userId={me.user.id} />
          <ToAnswer />
          <Returned />
          <EndingClaims />
          <CityMap />
        </div>
      </div>
    </>
  );
}

/** What the unit's projects are that changed last, with what waits for the centre. */
function Recent({ unitId }: { unitId: string }) {
  const { t } = useTranslation();
  const query = useQuery(ownProjectsQuery(unitId));
  const projects = query.data?.items ?? [];
  return (
    <Panel
      title={t('home.recentTitle')}
      extra={<Link to={`/lists?view=table&jurisdiction=${unitId}`}>{t('home.allProjects')}</Link>}
    >
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {query.data && projects.length === 0 && (
        <Empty title={t('home.noProjects')}>{t('lists.emptyHint.in-talks')}</Empty>
      )}
      <ul className="plain-list">
        {projects.map((project) => (
          <li key={project.id}>
            <div className="split">
              <Link to={`/projects/${project.id}`}>{project.name}</Link>
              <Amount money={project.totalInvestment} digits={2} />
            </div>
            <p className="row-notes">
              <StageTag stage={project.stage} />{' '}
              {project.pendingMove && <span className="tag tag-pending">{t('project.pending')}</span>}{' '}
              <span className="muted">
                <When at={project.updatedAt} precision="day" />
              </span>
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Others contest this unit's claims: what has to be answered, and by when. */
function ToAnswer() {
  const { t } = useTranslation();
  const query = useQuery(disputesToAnswerQuery);
  if (query.error) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data?.length) return null;
  return (
    <Panel title={t('home.toAnswerTitle')} className="panel-warn">
      <ul className="plain-list">
        {query.data.map((dispute) => (
          <li key={dispute.id} className="split">
            <Link to={`/disputes/${dispute.id}`}>{dispute.projectName}</Link>
            {dispute.answerDue && <Countdown until={dispute.answerDue} onOver={() => void query.refetch()} />}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Returned() {
  const { t } = useTranslation();
  const query = useQuery(ownMovesQuery);
  const returned = stillReturned(query.data?.items ?? []).slice(0, 5);
  if (query.error) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (returned.length === 0) return null;
  return (
    <Panel title={t('home.returnedTitle')} className="panel-warn">
      <ul className="plain-list">
        {returned.map((move) => (
          <li key={move.id}>
            <div className="split">
              <Link to={`/projects/${move.projectId}`}>{move.projectName}</Link>
              <StageTag stage={move.to} />
            </div>
            <p className="row-notes">
              {move.returnReason && <span>{move.returnReason}</span>}{' '}
              {move.decidedAt && (
                <span className="muted">
                  <When at={move.decidedAt} />
                </span>
              )}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

interface ReportDraft {
  values?: { project?: { name?: string } };
}

function Drafts({ userId }: { userId: string }) {
  const { t } = useTranslation();
  const [draft] = useState(() => loadDraft<ReportDraft>('report', userId));
  if (!draft) return null;
  return (
    <Panel title={t('home.draftTitle')}>
      <div className="split">
        <Link to="/report">{draft.content.values?.project?.name || t('home.unnamed')}</Link>
        <span className="muted num">{t('home.savedAt', { time: formatInstant(draft.savedAt) })}</span>
      </div>
    </Panel>
  );
}
