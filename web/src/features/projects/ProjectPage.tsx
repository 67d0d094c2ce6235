import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Project } from '@/api/types';
import { Countdown } from '@/shared/Countdown';
import { useCountryName } from '@/shared/countryName';
import { formatInstant } from '@/shared/dates';
import { useNarrow } from '@/shared/media';
import { LinkButton } from '@/shared/LinkButton';
import { Loading, Page, Panel } from '@/shared/Page';
import { LightReasons } from '@/shared/lights/LightReasons';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ClaimStatusTag, FlagTags, LightTag, StageTag } from '@/shared/tags';
import { Actions } from './Actions';
import { Files } from './Files';
import { ProjectFacts } from './ProjectFacts';
import { Queue } from './Queue';
import { CapitalSection } from './regime/CapitalSection';
import { CreditSection } from './regime/CreditSection';
import { ElementSection } from './regime/ElementSection';
import { LeaderSection } from './regime/LeaderSection';
import { ProblemSection } from './regime/ProblemSection';
import { ProductionSection } from './regime/ProductionSection';
import { ReferrerSection } from './regime/ReferrerSection';
import { RemovalSection } from './regime/RemovalSection';
import { SigningSection } from './regime/SigningSection';
import { ChainSection, FitSection } from './regime/FitSection';
import { TeamSection } from './regime/TeamSection';
import { ToleranceSection } from './regime/ToleranceSection';
import { TransferSection } from './regime/TransferSection';
import './projects.css';
import { projectQuery } from '@/shared/moves/queries';
import { useUnitName } from '@/shared/units';
import { StageTrack } from './StageTrack';
import { Timeline } from './Timeline';

const MARKS = ['fortune500', 'china500', 'listed', 'centralSoe', 'specialised'] as const;

export function ProjectPage() {
  const { t } = useTranslation();
  const unit = useUnitName();
  const { id = '' } = useParams();
  const narrow = useNarrow();
  const query = useQuery(projectQuery(id));
  const project = query.data?.value;
  return (
    <Page
      title={project?.name ?? t('project.title')}
      lead={
        project && (
          <span className="project-lead">
            <StageTag stage={project.stage} /> <LightTag light={project.light} />{' '}
            <span className="num">{project.code}</span> <span>{unit(project.owner)}</span>
          </span>
        )
      }
      wide
      actions={project && <LinkButton to={`/projects/${id}/print`}>{t('paper.project')}</LinkButton>}
    >
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={8} />}
      {project && query.data && (
        <>
          <Notices project={project} />
          <LightReasons project={project} />
          <StageTrack project={project} />
          <div className="project-columns">
            <div>
              <Actions project={project} etag={query.data.etag} />
              {narrow && <ClaimPanel project={project} onOver={() => void query.refetch()} />}
              <ProjectFacts read={query.data} />
              {!project.summary && !project.asOf && <Regime project={project} />}
              {!narrow && !project.summary && <Timeline projectId={project.id} />}
            </div>
            <div>
              {!narrow && <ClaimPanel project={project} onOver={() => void query.refetch()} />}
              <Investors project={project} />
              <People project={project} />
              {!project.summary && <Files project={project} />}
              {narrow && !project.summary && <Timeline projectId={project.id} />}
            </div>
          </div>
        </>
      )}
    </Page>
  );
}

/** What the regime knows of the project; each part says in its title how it stands. */
function Regime({ project }: { project: Project }) {
  return (
    <>
      <RemovalSection project={project} />
      <ToleranceSection project={project} />
      <LeaderSection project={project} />
      <TeamSection project={project} />
      <ProblemSection project={project} />
      <SigningSection project={project} />
      <TransferSection project={project} />
      <FitSection project={project} />
      <ChainSection project={project} />
      <ProductionSection project={project} />
      <ElementSection project={project} />
      <ReferrerSection project={project} />
      <CapitalSection project={project} />
      <CreditSection project={project} />
    </>
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

function Investors({ project }: { project: Project }) {
  const { t } = useTranslation();
  const country = useCountryName();
  return (
    <Panel title={t('form.investorsTitle')}>
      {project.investors.length === 0 && <p className="muted">{t('project.noInvestors')}</p>}
      <ul className="plain-list">
        {project.investors.map((investor, i) => (
          <li key={i}>
            <strong>{investor.name}</strong>{' '}
            {investor.country && <span className="muted">{country(investor.country)}</span>}{' '}
            {investor.primary && <span className="tag">{t('investor.primary')}</span>}{' '}
            {MARKS.filter((mark) => investor[mark]).map((mark) => (
              <span key={mark} className="tag">
                {t(`investor.${mark}`)}
              </span>
            ))}
            {(investor.uscc || investor.groupParent) && (
              <p className="hint">
                {[investor.uscc, investor.groupParent && t('investor.ofGroup', { name: investor.groupParent })]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
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
              {person.phone && (
                <a href={`tel:${person.phone}`} className="num">
                  {person.phone}
                </a>
              )}{' '}
              {person.email && <a href={`mailto:${person.email}`}>{person.email}</a>}
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
          <p>
            <ClaimStatusTag status={claim.status} /> <Link to={`/claims/${claim.id}`}>{t('outcome.claim')}</Link>
          </p>
          {claim.status === 'active' && claim.expiresAt && (
            <>
              <p className="outcome-count">
                <Countdown until={claim.expiresAt} large onOver={onOver} />
              </p>
              <p className="hint">{t('project.exclusiveUntil', { time: formatInstant(claim.expiresAt, 'second') })}</p>
            </>
          )}
        </>
      )}
      <Queue projectId={project.id} />
    </Panel>
  );
}
