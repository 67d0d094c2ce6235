import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Project } from '@/api/types';
import { Amount } from '@/shared/Amount';
import { Countdown } from '@/shared/Countdown';
import { useCountryName } from '@/shared/CountrySelect';
import { formatInstant } from '@/shared/dates';
import { Industry } from '@/shared/IndustrySelect';
import { useNarrow } from '@/shared/media';
import { Facts, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ClaimStatusTag, FlagTags, LightTag, StageTag } from '@/shared/tags';
import { Day, When } from '@/shared/When';
import { Actions } from './Actions';
import { Files } from './Files';
import { projectQuery } from '@/shared/moves/queries';
import { StageTrack } from './StageTrack';
import { Timeline } from './Timeline';

const MARKS = ['fortune500', 'china500', 'listed', 'centralSoe', 'specialised'] as const;

export function ProjectPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const narrow = useNarrow();
  const query = useQuery(projectQuery(id));
  const project = query.data?.value;
  return (
    <Page
      title={project?.name ?? t('project.title')}
      lead={project && (
        <span className="project-lead">
          <StageTag stage={project.stage} /> <LightTag light={project.light} /> <span className="num">{project.code}</span> <span>{project.owner.name}</span>
        </span>
      )}
      wide
    >
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={8} />}
      {project && query.data && (
        <>
          <Notices project={project} />
          <StageTrack project={project} />
          <Actions project={project} etag={query.data.etag} />
          <div className="project-columns">
            <div>
              {narrow && <ClaimPanel project={project} onOver={() => void query.refetch()} />}
              <ProjectFacts project={project} />
              <Investors project={project} />
              <People project={project} />
            </div>
            <div>
              {!narrow && <ClaimPanel project={project} onOver={() => void query.refetch()} />}
              {!project.summary && <Files project={project} />}
              {!project.summary && <Timeline projectId={project.id} />}
            </div>
          </div>
        </>
      )}
    </Page>
  );
}

function Notices({ project }: { project: Project }) {
  const { t } = useTranslation();
  return (
    <>
      <FlagTags flags={project.flags} />
      {project.summary && <p className="notice">{t('project.summaryOnly')}</p>}
      {project.asOf && <p className="notice">{t('project.asOfText', { time: formatInstant(project.asOf) })}</p>}
      {project.reportRequired && <p className="notice notice-warn">{t('project.reportRequiredText')}</p>}
    </>
  );
}

function ProjectFacts({ project }: { project: Project }) {
  const { t } = useTranslation();
  const given = (value: unknown) => value !== undefined && value !== null && value !== '';
  return (
    <Panel title={t('project.factsTitle')}>
      <Facts items={[
        { label: t('project.totalInvestment'), value: <strong><Amount money={project.totalInvestment} /></strong> },
        { label: t('project.industryCode'), value: <Industry code={project.industryCode} /> },
        { label: t('project.owner'), value: project.owner.name },
        given(project.firstTalk) && { label: t('project.firstTalk'), value: project.firstTalk?.name },
        given(project.landingPlace?.text) && { label: t('project.landingPlace'), value: project.landingPlace?.text },
        given(project.chain) && { label: t('project.chain'), value: project.chain },
        given(project.fixedInvestment) && { label: t('project.fixedInvestment'), value: <Amount money={project.fixedInvestment} /> },
        given(project.foreignCapital) && { label: t('project.foreignCapital'), value: <Amount money={project.foreignCapital} /> },
        given(project.nationalCode) && { label: t('project.nationalCode'), value: <span className="num">{project.nationalCode}</span> },
        given(project.manufacturing) && { label: t('project.manufacturing'), value: project.manufacturing ? t('common.yes') : t('common.no') },
        given(project.foreign) && { label: t('project.foreign'), value: project.foreign ? t('project.foreignYes') : t('project.foreignNo') },
        given(project.buildKind) && project.buildKind && { label: t('project.buildKind'), value: t(`buildKind.${project.buildKind}`) },
        given(project.landMu) && { label: t('project.landMu'), value: <span className="num">{project.landMu}</span> },
        given(project.energyTce) && { label: t('project.energyTce'), value: <span className="num">{project.energyTce}</span> },
        given(project.jobs) && { label: t('project.jobs'), value: <span className="num">{project.jobs}</span> },
        given(project.annualOutput) && { label: t('project.annualOutput'), value: <Amount money={project.annualOutput} /> },
        given(project.annualTax) && { label: t('project.annualTax'), value: <Amount money={project.annualTax} /> },
        given(project.provincialZone) && { label: t('project.provincialZone'), value: project.provincialZone ? t('common.yes') : t('common.no') },
        given(project.secret) && { label: t('project.secret'), value: project.secret ? t('common.yes') : t('common.no') },
        given(project.firstContactOn) && { label: t('project.firstContactOn'), value: <Day date={project.firstContactOn} /> },
        given(project.plannedSigningOn) && { label: t('project.plannedSigningOn'), value: <Day date={project.plannedSigningOn} /> },
        given(project.plannedStartOn) && { label: t('project.plannedStartOn'), value: <Day date={project.plannedStartOn} /> },
        given(project.plannedProductionOn) && { label: t('project.plannedProductionOn'), value: <Day date={project.plannedProductionOn} /> },
        project.channel !== undefined && { label: t('project.channel'), value: t(`channel.${project.channel}`) },
        given(project.referrer) && { label: t('project.referrer'), value: project.referrer },
        project.createdAt !== undefined && { label: t('project.createdAt'), value: <When at={project.createdAt} /> },
        { label: t('project.updatedAt'), value: <When at={project.updatedAt} /> },
      ]} />
    </Panel>
  );
}

function Investors({ project }: { project: Project }) {
  const { t } = useTranslation();
  const country = useCountryName();
  return (
    <Panel title={t('form.investorsTitle')}>
      {project.investors.length === 0 && <p className="muted">{t('project.noInvestors')}</p>}
      <ul className="plain-list">
        {project.investors.map((investor, i) => (
          <li key={i}>
            <strong>{investor.name}</strong> {investor.country && <span className="muted">{country(investor.country)}</span>}{' '}
            {investor.primary && <span className="tag">{t('investor.primary')}</span>}{' '}
            {MARKS.filter((mark) => investor[mark]).map((mark) => <span key={mark} className="tag">{t(`investor.${mark}`)}</span>)}
            {(investor.uscc || investor.groupParent) && (
              <p className="hint">{[investor.uscc, investor.groupParent && t('investor.ofGroup', { name: investor.groupParent })].filter(Boolean).join(' · ')}</p>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function People({ project }: { project: Project }) {
  const { t } = useTranslation();
  if (!project.contacts?.length) return null;
  return (
    <Panel title={t('form.peopleTitle')}>
      <ul className="plain-list">
        {project.contacts.map((person, i) => (
          <li key={i}>
            <strong>{person.name}</strong> {person.title && <span className="muted">{person.title}</span>}
            <p className="hint">
              {person.phone && <a href={`tel:${person.phone}`} className="num">{person.phone}</a>} {person.email && <a href={`mailto:${person.email}`}>{person.email}</a>}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function ClaimPanel({ project, onOver }: { project: Project; onOver: () => void }) {
  const { t } = useTranslation();
  const { claim } = project;
  if (project.summary) return null;
  return (
    <Panel title={t('project.claim')}>
      {!claim && <p className="muted">{t('project.noClaim')}</p>}
      {claim && (
        <>
          <p><ClaimStatusTag status={claim.status} /> <Link to={`/claims/${claim.id}`}>{t('outcome.claim')}</Link></p>
          {claim.status === 'active' && claim.expiresAt && (
            <>
              <p className="outcome-count"><Countdown until={claim.expiresAt} large onOver={onOver} /></p>
              <p className="hint">{t('project.exclusiveUntil', { time: formatInstant(claim.expiresAt, 'second') })}</p>
            </>
          )}
        </>
      )}
    </Panel>
  );
}
