import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { serverNow } from '@/api/session';
import type { Project } from '@/api/types';
import { Amount } from '@/shared/Amount';
import { Countdown } from '@/shared/Countdown';
import { formatInstant, recentMonths } from '@/shared/dates';
import { JurisdictionMap } from '@/shared/JurisdictionMap';
import { Empty, Loading, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { LightTag, StageTag } from '@/shared/tags';
import { useUnitName } from '@/shared/units';
import { Day } from '@/shared/When';
import { endingClaimsQuery, placesQuery, stalledQuery, verifiedMovesQuery } from './queries';

const DAY = 24 * 60 * 60 * 1000;

/** Whole days since an instant. */
export function daysSince(instant: string, now: number = serverNow()): number {
  return Math.max(0, Math.floor((now - Date.parse(instant)) / DAY));
}

export function Age({ since }: { since: string }) {
  const { t } = useTranslation();
  const days = daysSince(since);
  return (
    <span className={days >= 3 ? 'age age-old num' : 'age num'} title={formatInstant(since)}>
      {days === 0 ? t('home.today') : t('home.daysAgo', { n: days })}
    </span>
  );
}

export function EndingClaims({ withUnit }: { withUnit?: boolean }) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const query = useQuery(endingClaimsQuery);
  const claims = query.data?.items ?? [];
  return (
    <Panel title={t('home.endingTitle')} extra={<Link to="/claims">{t('home.allClaims')}</Link>}>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={3} />}
      {query.data && claims.length === 0 && <Empty title={t('home.noClaims')} />}
      <ul className="plain-list">
        {claims.map((claim) => (
          <li key={claim.id} className="split">
            <span>
              <Link to={`/claims/${claim.id}`}>{claim.report?.name ?? t('claims.number', { n: claim.sequence })}</Link>
              {withUnit && <small className="muted"> {unit(claim.jurisdiction)}</small>}
            </span>
            {claim.expiresAt && (
              <span title={formatInstant(claim.expiresAt, 'second')}>
                <Countdown until={claim.expiresAt} onOver={() => void query.refetch()} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** What the centre has verified of this month. */
export function MovedThisMonth() {
  const { t } = useTranslation();
  const unit = useUnitName();
  const query = useQuery(verifiedMovesQuery);
  const [month = ''] = recentMonths(1);
  const moves = (query.data?.items ?? [])
    .filter((move) => formatInstant(move.decidedAt ?? move.submittedAt, 'day').startsWith(month))
    .slice(0, 8);
  return (
    <Panel title={t('home.movedTitle')} extra={<Link to="/figures">{t('home.toFigures')}</Link>}>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={3} />}
      {query.data && moves.length === 0 && <Empty title={t('home.nothingMoved')}>{t('home.nothingMovedHint')}</Empty>}
      <ul className="plain-list">
        {moves.map((move) => (
          <li key={move.id}>
            <div className="split">
              <Link to={`/projects/${move.projectId}`}>{move.projectName}</Link>
              <span className="move-steps">
                <StageTag stage={move.from} />
                <span aria-label={t('desk.to')} role="img">
                  →
                </span>
                <StageTag stage={move.to} />
              </span>
            </div>
            <p className="row-notes muted">
              <span>{unit(move.jurisdiction)}</span>
              <Day date={move.occurredOn} />
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** The day the project entered the stage it stands in. */
function since(project: Project): string | undefined {
  const days = project.stageDates;
  return {
    'in-talks': days?.inTalks,
    signed: days?.signed,
    registered: days?.registered,
    started: days?.started,
    'in-production': days?.inProduction,
    terminated: undefined,
  }[project.stage];
}

/** Where things stall, in the city or of one unit: red lights first, those that have not moved longest. */
export function Stalled({ unitId }: { unitId?: string }) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const red = useQuery(stalledQuery('red', unitId));
  const yellow = useQuery(stalledQuery('yellow', unitId));
  const of = unitId ? `&jurisdiction=${unitId}` : '';
  const projects = [...(red.data?.items ?? []), ...(yellow.data?.items ?? [])].slice(0, 8);
  return (
    <Panel title={t('home.stalledTitle')}>
      <ProblemAlert
        error={red.error ?? yellow.error}
        onRetry={() => void Promise.all([red.refetch(), yellow.refetch()])}
      />
      {(red.isPending || yellow.isPending) && <Loading rows={14} />}
      {red.data && yellow.data && (
        <>
          <ul className="lights">
            <li>
              <Link to={`/lists?view=table&light=red${of}`} className="light light-red">
                {t('home.lights', { light: t('light.red'), n: red.data.total ?? 0 })}
              </Link>
            </li>
            <li>
              <Link to={`/lists?view=table&light=yellow${of}`} className="light light-yellow">
                {t('home.lights', { light: t('light.yellow'), n: yellow.data.total ?? 0 })}
              </Link>
            </li>
          </ul>
          {projects.length === 0 && <Empty title={t('home.nothingStalls')}>{t('home.nothingStallsHint')}</Empty>}
          <ul className="plain-list">
            {projects.map((project) => (
              <li key={project.id}>
                <div className="split">
                  <Link to={`/projects/${project.id}`}>{project.name}</Link>
                  <Amount money={project.totalInvestment} digits={2} />
                </div>
                <p className="row-notes">
                  <StageTag stage={project.stage} /> <LightTag light={project.light} />{' '}
                  {!unitId && <span className="muted">{unit(project.owner)}</span>}{' '}
                  {since(project) && (
                    <span className="muted">
                      {t('home.since', { stage: t(`stage.${project.stage}`) })} <Day date={since(project)} />
                    </span>
                  )}
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}

export function CityMap() {
  const { t } = useTranslation();
  const query = useQuery(placesQuery);
  return (
    <Panel title={t('map.title')} extra={<Link to="/figures">{t('home.toFigures')}</Link>}>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={16} />}
      {query.data && <JurisdictionMap rows={query.data.rows} withoutTalks={query.data.inTalks !== 'all'} />}
    </Panel>
  );
}
