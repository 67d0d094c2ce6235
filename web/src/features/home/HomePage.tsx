import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Me, SummaryRow } from '@/api/types';
import { Amount, TotalsText } from '@/shared/Amount';
import { Countdown } from '@/shared/Countdown';
import { DataTable } from '@/shared/DataTable';
import { formatInstant } from '@/shared/dates';
import { useCodeText } from '@/shared/i18n';
import { LinkButton } from '@/shared/LinkButton';
import { Empty, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useMe } from '@/shared/queries';
import { LightTag, StageTag } from '@/shared/tags';
import { When } from '@/shared/When';
import { endingClaimsQuery, ownProjectsQuery, pendingMovesQuery, reviewsQuery, summaryQuery } from './queries';

export function HomePage() {
  const { t } = useTranslation();
  const me = useMe();
  const can = (permission: string) => me?.permissions.includes(permission) ?? false;
  return (
    <Page
      title={me ? t('home.hello', { name: me.user.displayName }) : t('nav.home')}
      lead={me && (me.jurisdiction?.name ?? t(`role.${me.role}`))}
      wide
      actions={can('report-project') ? <LinkButton type="primary" to="/report">{t('lists.report')}</LinkButton> : undefined}
    >
      {!me && <Loading rows={8} />}
      {me && !can('read-projects') && <AdminHome />}
      {me && can('read-projects') && (
        <>
          <FourNumbers />
          {(can('decide-move') || can('resolve-claim')) && <DeskCounts can={can} />}
          <div className="home-columns">
            {can('read-claims') && <EndingClaims />}
            {me.jurisdiction && me.role === 'officer' && <OwnProjects me={me} jurisdictionId={me.jurisdiction.id} />}
          </div>
          <ByJurisdiction />
        </>
      )}
    </Page>
  );
}

function AdminHome() {
  const { t } = useTranslation();
  return (
    <Empty title={t('home.adminTitle')}>
      <p>{t('home.adminText')}</p>
    </Empty>
  );
}

const FOUR = ['in-talks', 'signed', 'registered', 'started'] as const;

function FourNumbers() {
  const { t } = useTranslation();
  const query = useQuery(summaryQuery('stage'));
  const row = (stage: string): SummaryRow | undefined => query.data?.rows.find((each) => each.key === stage);
  return (
    <section aria-labelledby="four-title">
      <h2 id="four-title" className="visually-hidden">{t('lists.title')}</h2>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={2} />}
      {query.data && (
        <ul className="four">
          {FOUR.map((stage) => (
            <li key={stage} className={`four-item column-${stage}`}>
              <Link to={`/lists?view=table&stage=${stage}`} className="four-link">{t(`stage.${stage}`)}</Link>
              <span className="four-count num">{row(stage)?.count ?? 0}</span>
              <TotalsText totals={row(stage)?.totals ?? { cny: 0, byCurrency: [] }} />
            </li>
          ))}
        </ul>
      )}
      {query.data?.cityInTalks && <p className="hint">{t('home.cityInTalks', { n: query.data.cityInTalks.count, date: query.data.cityInTalks.asOf })}</p>}
    </section>
  );
}

function DeskCounts({ can }: { can: (permission: string) => boolean }) {
  const { t } = useTranslation();
  const moves = useQuery({ ...pendingMovesQuery, enabled: can('decide-move') });
  const reviews = useQuery({ ...reviewsQuery, enabled: can('resolve-claim') });
  const count = (page: { items: unknown[]; nextCursor: string | null } | undefined) => (page ? (page.nextCursor ? `${page.items.length}+` : String(page.items.length)) : '…');
  return (
    <Panel title={t('home.deskTitle')} extra={<Link to="/desk">{t('home.toDesk')}</Link>}>
      <ul className="desk-counts">
        {can('decide-move') && <li><Link to="/desk"><span className="num">{count(moves.data)}</span> {t('home.pendingMoves')}</Link></li>}
        {can('resolve-claim') && <li><Link to="/desk?tab=reviews"><span className="num">{count(reviews.data)}</span> {t('home.reviews')}</Link></li>}
      </ul>
    </Panel>
  );
}

function EndingClaims() {
  const { t } = useTranslation();
  const query = useQuery(endingClaimsQuery);
  const claims = query.data?.items ?? [];
  return (
    <Panel title={t('home.endingTitle')} extra={<Link to="/claims">{t('home.allClaims')}</Link>}>
      <ProblemAlert error={query.error} />
      {query.isPending && <Loading rows={3} />}
      {query.data && claims.length === 0 && <Empty title={t('home.noClaims')}>{t('claims.emptyHint')}</Empty>}
      <ul className="plain-list">
        {claims.map((claim) => (
          <li key={claim.id} className="split">
            <span><Link to={`/claims/${claim.id}`}>{claim.report?.name ?? t('claims.number', { n: claim.sequence })}</Link> <small className="muted">{claim.jurisdiction.name}</small></span>
            {claim.expiresAt && <span title={formatInstant(claim.expiresAt, 'second')}><Countdown until={claim.expiresAt} onOver={() => void query.refetch()} /></span>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function OwnProjects({ me, jurisdictionId }: { me: Me; jurisdictionId: string }) {
  const { t } = useTranslation();
  const query = useQuery(ownProjectsQuery(jurisdictionId));
  return (
    <Panel title={t('home.ownTitle', { name: me.jurisdiction?.name ?? '' })} extra={<Link to={`/lists?view=table&jurisdiction=${jurisdictionId}`}>{t('home.allProjects')}</Link>}>
      <ProblemAlert error={query.error} />
      {query.isPending && <Loading rows={3} />}
      {query.data?.items.length === 0 && <Empty title={t('home.noProjects')}>{t('lists.emptyHint.in-talks')}</Empty>}
      <ul className="plain-list">
        {query.data?.items.map((project) => (
          <li key={project.id}>
            <Link to={`/projects/${project.id}`}>{project.name}</Link>
            <p className="row-notes"><StageTag stage={project.stage} /> <LightTag light={project.light} /> <Amount money={project.totalInvestment} /> <span className="muted"><When at={project.updatedAt} precision="day" /></span></p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function ByJurisdiction() {
  const { t } = useTranslation();
  const code = useCodeText();
  const query = useQuery(summaryQuery('jurisdiction'));
  return (
    <Panel title={t('home.byJurisdiction')}>
      <ProblemAlert error={query.error} />
      {query.isPending && <Loading />}
      {query.data && query.data.rows.length > 0 && (
        <DataTable
          caption={t('home.byJurisdiction')} rows={query.data.rows} rowKey={(row) => row.key}
          columns={[
            { key: 'label', title: t('project.jurisdiction'), heading: true, render: (row) => row.label || code('jurisdictionKind', row.key) },
            { key: 'count', title: t('home.count'), align: 'right', render: (row) => <span className="num">{row.count}</span> },
            { key: 'totals', title: t('project.totalInvestment'), align: 'right', render: (row) => <TotalsText totals={row.totals} inline /> },
          ]}
        />
      )}
    </Panel>
  );
}
