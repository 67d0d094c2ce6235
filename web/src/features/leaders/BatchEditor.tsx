import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { App, Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { LeaderBatch, LeaderBatchInput, LeaderRole, LinkEnd } from '@/api/types';
import { Amount } from '@/shared/Amount';
import { eligibleQuery, leaderLinksQuery, useIssueBatch, useSaveBatch } from '@/shared/leaders/queries';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { leadersQuery } from '@/shared/queries';
import { useIdempotencyKey } from '@/shared/submission';
import { StageTag } from '@/shared/tags';
import { useUnitName } from '@/shared/units';

const REASONS: readonly Exclude<LinkEnd, 'replaced'>[] = [
  'landed',
  'weak-intent',
  'terminated',
  'below-threshold',
  'leader-left',
];
const ROLES: readonly LeaderRole[] = ['lead', 'co'];

interface Draft {
  links: { leaderId: string; leader: string; projectId: string; project: string; role: LeaderRole }[];
  replacements: { linkId: string; project: string; leaderId: string; leader: string }[];
  closeOuts: { linkId: string; project: string; reason: LinkEnd }[];
}

function fromBatch(batch: LeaderBatch | undefined): Draft {
  return {
    links: (batch?.links ?? []).map((each) => ({
      leaderId: each.leader.id,
      leader: each.leader.name,
      projectId: each.project.id,
      project: each.project.name,
      role: each.role,
    })),
    replacements: (batch?.replacements ?? []).map((each) => ({
      linkId: each.linkId,
      project: each.project.name,
      leaderId: each.to.id,
      leader: each.to.name,
    })),
    closeOuts: (batch?.closeOuts ?? []).map((each) => ({
      linkId: each.linkId,
      project: each.project.name,
      reason: each.reason,
    })),
  };
}

function toInput(draft: Draft): LeaderBatchInput {
  return {
    links: draft.links.map(({ leaderId, projectId, role }) => ({ leaderId, projectId, role })),
    replacements: draft.replacements.map(({ linkId, leaderId }) => ({ linkId, leaderId })),
    closeOuts: draft.closeOuts.map(({ linkId, reason }) => ({ linkId, reason })),
  };
}

/** What a batch is to change: links from the eligible projects, replacements and close-outs of those that stand. */
export function BatchEditor({ batch }: { batch?: LeaderBatch }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(() => fromBatch(batch));
  const [changed, setChanged] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const save = useSaveBatch();
  const issue = useIssueBatch();
  const saveKey = useIdempotencyKey();
  const issueKey = useIdempotencyKey();
  const change = (next: Partial<Draft>) => {
    setDraft({ ...draft, ...next });
    setChanged(true);
  };
  const count = draft.links.length + draft.replacements.length + draft.closeOuts.length;

  async function store() {
    setError(null);
    try {
      const changes = toInput(draft);
      const saved = await save.mutateAsync({ batch, changes, key: saveKey.keyFor(changes) });
      message.success(t('leaders.saved'));
      if (!batch) await navigate(`/leader-links/batches/${saved.id}`, { replace: true });
    } catch (problem) {
      setError(problem);
    }
  }

  async function publish() {
    if (!batch) return;
    setError(null);
    try {
      const issued = await issue.mutateAsync({ batch, key: issueKey.keyFor({ id: batch.id, version: batch.version }) });
      message.success(t('leaders.issued', { n: issued.number }));
    } catch (problem) {
      setError(problem);
    }
  }

  return (
    <>
      <ProblemAlert error={error} />
      <Panel title={t('leaders.inBatch', { count })}>
        {count === 0 && <p className="muted">{t('leaders.nothingYet')}</p>}
        <ul className="plain-list">
          {draft.links.map((each) => (
            <li key={`${each.projectId} ${each.leaderId}`} className="split">
              <span>
                {t('leaders.adds')}: {each.project} — {each.leader}{' '}
                <span className="tag">{t(`leaders.role.${each.role}`)}</span>
              </span>
              <Button
                size="small"
                aria-label={t('leaders.takeOutOf', { project: each.project })}
                onClick={() => change({ links: draft.links.filter((one) => one !== each) })}
              >
                {t('leaders.takeOut')}
              </Button>
            </li>
          ))}
          {draft.replacements.map((each) => (
            <li key={each.linkId} className="split">
              <span>
                {t('leaders.replaces')}: {each.project} → {each.leader}
              </span>
              <Button
                size="small"
                aria-label={t('leaders.takeOutOf', { project: each.project })}
                onClick={() => change({ replacements: draft.replacements.filter((one) => one !== each) })}
              >
                {t('leaders.takeOut')}
              </Button>
            </li>
          ))}
          {draft.closeOuts.map((each) => (
            <li key={each.linkId} className="split">
              <span>
                {t('leaders.closes')}: {each.project} — {t(`leaders.end.${each.reason}`)}
              </span>
              <Button
                size="small"
                aria-label={t('leaders.takeOutOf', { project: each.project })}
                onClick={() => change({ closeOuts: draft.closeOuts.filter((one) => one !== each) })}
              >
                {t('leaders.takeOut')}
              </Button>
            </li>
          ))}
        </ul>
        {batch?.issuableOn && <p className="notice">{t('leaders.issuableOn', { on: batch.issuableOn })}</p>}
        <div className="actions">
          <Button type="primary" loading={save.isPending} disabled={!changed} onClick={() => void store()}>
            {t('leaders.save')}
          </Button>
          {batch?.allowedActions.includes('issue') && (
            <Button
              danger
              loading={issue.isPending}
              disabled={changed || count === 0}
              title={changed ? t('leaders.saveFirst') : undefined}
              onClick={() => void publish()}
            >
              {t('leaders.issue')}
            </Button>
          )}
        </div>
      </Panel>
      <Standing draft={draft} change={change} />
      <Eligible draft={draft} change={change} />
    </>
  );
}

interface PartProps {
  draft: Draft;
  change: (next: Partial<Draft>) => void;
}

function Eligible({ draft, change }: PartProps) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const query = useInfiniteQuery(eligibleQuery);
  const leaders = useQuery(leadersQuery);
  const [roles, setRoles] = useState<Record<string, LeaderRole>>({});
  const projects = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Panel title={t('leaders.eligible', { count: query.data?.pages[0]?.total ?? 0 })}>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {query.data && projects.length === 0 && <Empty title={t('leaders.noneEligible')} />}
      <ul className="plain-list">
        {projects.map((project) => (
          <li key={project.id}>
            <div className="split">
              <Link to={`/projects/${project.id}`}>{project.name}</Link>
              <Amount money={project.totalInvestment} digits={2} />
            </div>
            <div className="row-notes">
              <StageTag stage={project.stage} /> <span className="muted">{unit(project.jurisdiction)}</span>{' '}
              {project.level && <span className="tag">{t(`leaders.level.${project.level}`, project.level)}</span>}{' '}
              {project.secret && <span className="tag flag">{t('leaders.secretHint')}</span>}
            </div>
            <div className="actions">
              <Select
                size="small"
                aria-label={t('leaders.roleOf', { project: project.name })}
                value={roles[project.id] ?? 'lead'}
                onChange={(role) => setRoles({ ...roles, [project.id]: role })}
                options={ROLES.map((role) => ({ value: role, label: t(`leaders.role.${role}`) }))}
              />
              <Select
                size="small"
                className="pick"
                aria-label={t('leaders.linkTo', { project: project.name })}
                placeholder={t('leaders.chooseLeader')}
                value={null}
                onChange={(leaderId: string) => {
                  const leader = leaders.data?.find((each) => each.id === leaderId);
                  if (!leader || draft.links.some((one) => one.projectId === project.id && one.leaderId === leaderId))
                    return;
                  change({
                    links: [
                      ...draft.links,
                      {
                        leaderId,
                        leader: leader.name,
                        projectId: project.id,
                        project: project.name,
                        role: roles[project.id] ?? 'lead',
                      },
                    ],
                  });
                }}
                options={leaders.data?.map(({ id, name }) => ({ value: id, label: name }))}
              />
            </div>
          </li>
        ))}
      </ul>
      <LoadMore {...query} />
    </Panel>
  );
}

function Standing({ draft, change }: PartProps) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(leaderLinksQuery({ status: 'active' }));
  const leaders = useQuery(leadersQuery);
  const taken = new Set([...draft.closeOuts, ...draft.replacements].map((each) => each.linkId));
  const links = (query.data?.pages.flatMap((page) => page.items) ?? []).filter((link) => !taken.has(link.id));
  return (
    <Panel title={t('leaders.standing')}>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={4} />}
      {query.data && links.length === 0 && <Empty title={t('leaders.noneStanding')} />}
      <ul className="plain-list">
        {links.map((link) => (
          <li key={link.id}>
            <div className="split">
              <Link to={`/projects/${link.project.id}`}>{link.project.name}</Link>
              <span>
                {link.leader.name} <span className="tag">{t(`leaders.role.${link.role}`)}</span>
              </span>
            </div>
            <div className="actions">
              <Select
                size="small"
                className="pick"
                aria-label={t('leaders.closeOutOf', { project: link.project.name })}
                placeholder={t('leaders.closeOut')}
                value={null}
                onChange={(reason: LinkEnd) =>
                  change({ closeOuts: [...draft.closeOuts, { linkId: link.id, project: link.project.name, reason }] })
                }
                options={REASONS.map((reason) => ({ value: reason, label: t(`leaders.end.${reason}`) }))}
              />
              <Select
                size="small"
                className="pick"
                aria-label={t('leaders.replaceOf', { project: link.project.name })}
                placeholder={t('leaders.replace')}
                value={null}
                onChange={(leaderId: string) =>
                  change({
                    replacements: [
                      ...draft.replacements,
                      {
                        linkId: link.id,
                        project: link.project.name,
                        leaderId,
                        leader: leaders.data?.find((each) => each.id === leaderId)?.name ?? '',
                      },
                    ],
                  })
                }
                options={leaders.data
                  ?.filter((each) => each.id !== link.leader.id)
                  .map(({ id, name }) => ({ value: id, label: name }))}
              />
            </div>
          </li>
        ))}
      </ul>
      <LoadMore {...query} />
    </Panel>
  );
}
