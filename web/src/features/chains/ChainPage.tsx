import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { body, client } from '@/api/client';
import type { Chain, ChainNode } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { percentText } from '@/shared/figures';
import { LinkButton } from '@/shared/LinkButton';
import { Facts, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useUnitName } from '@/shared/units';
import { useUrlState } from '@/shared/urlState';
import { Day } from '@/shared/When';
import { NodeMark, POSITIONS } from './nodes';

const dialogs = () => import('./ChainDialogs');
const ChainDialog = lazy(async () => ({ default: (await dialogs()).ChainDialog }));
const ReviewDialog = lazy(async () => ({ default: (await dialogs()).ReviewDialog }));
const NodesDialog = lazy(async () => ({ default: (await import('./NodesDialog')).NodesDialog }));

const KEYS = ['view'] as const;

/** A chain as a map: nodes up, mid and down the chain, each with the projects that the reader may know. */
export function ChainPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const { values, change } = useUrlState(KEYS);
  const [open, setOpen] = useState<'edit' | 'nodes' | 'review' | null>(null);
  const params = { path: { id } };
  const chain = useQuery({
    queryKey: ['chains', 'one', id],
    queryFn: () => body(client.GET('/api/v1/chains/{id}', { params })),
  });
  const nodes = useQuery({
    queryKey: ['chains', 'nodes', id],
    queryFn: () => body(client.GET('/api/v1/chains/{id}/nodes', { params })),
  });
  const may = (action: string) => chain.data?.allowedActions.includes(action) ?? false;
  const asTable = values.view === 'table';
  return (
    <Page
      title={chain.data?.name ?? t('chains.title')}
      lead={chain.data && <Lead chain={chain.data} />}
      wide
      actions={
        <>
          <LinkButton to="/chains">{t('chains.title')}</LinkButton>
          {may('edit') && <Button onClick={() => setOpen('edit')}>{t('resources.edit')}</Button>}
          {may('put-nodes') && <Button onClick={() => setOpen('nodes')}>{t('chains.editNodes')}</Button>}
          {may('review') && (
            <Button type="primary" onClick={() => setOpen('review')}>
              {t('chains.review')}
            </Button>
          )}
        </>
      }
    >
      <ProblemAlert
        error={chain.error ?? nodes.error}
        onRetry={() => void Promise.all([chain.refetch(), nodes.refetch()])}
      />
      {(chain.isPending || nodes.isPending) && <Loading rows={8} />}
      {chain.data && <About chain={chain.data} />}
      {nodes.data && (
        <Panel
          extra={
            <Segmented
              aria-label={`${t('resources.map')} / ${t('resources.table')}`}
              value={asTable ? 'table' : 'map'}
              onChange={(view) => change({ view: view === 'table' ? 'table' : undefined })}
              options={[
                { value: 'map', label: t('resources.map') },
                { value: 'table', label: t('resources.table') },
              ]}
            />
          }
        >
          {nodes.data.items.length === 0 ? (
            <p className="muted">{t('chains.noNodes')}</p>
          ) : asTable ? (
            <NodeTable nodes={nodes.data.items} />
          ) : (
            <NodeMap nodes={nodes.data.items} />
          )}
        </Panel>
      )}
      <Gaps id={id} />
      {chain.data && <Reviews chain={chain.data} />}
      <Suspense fallback={null}>
        {chain.data && open === 'edit' && <ChainDialog chain={chain.data} onClose={() => setOpen(null)} />}
        {chain.data && open === 'review' && <ReviewDialog chain={chain.data} onClose={() => setOpen(null)} />}
        {chain.data && nodes.data && open === 'nodes' && (
          <NodesDialog
            chain={chain.data}
            nodes={nodes.data.items}
            version={nodes.data.version}
            onClose={() => setOpen(null)}
          />
        )}
      </Suspense>
    </Page>
  );
}

function Lead({ chain }: { chain: Chain }) {
  const { t } = useTranslation();
  return (
    <>
      {chain.coverage === undefined ? (
        t('chains.noNodes')
      ) : (
        <>
          <strong className="num">
            {t('chains.coverage')} {percentText(chain.coverage)}
          </strong>{' '}
          {t('chains.covered', { covered: chain.covered, nodes: chain.nodes })}
        </>
      )}
    </>
  );
}

function About({ chain }: { chain: Chain }) {
  const { t } = useTranslation();
  const unit = useUnitName();
  return (
    <Panel>
      <Facts
        items={[
          { label: t('chains.leader'), value: chain.leader?.name ?? t('common.none') },
          { label: t('chains.department'), value: chain.department ? unit(chain.department) : t('common.none') },
          {
            label: t('chains.masters'),
            value: chain.masters.length > 0 ? chain.masters.join(t('common.listSeparator')) : t('common.none'),
          },
          {
            label: t('chains.review'),
            value: chain.reviewOverdue ? (
              <span className="tag">{t('chains.overdue')}</span>
            ) : (
              t('chains.reviewDue', { date: chain.reviewDueOn })
            ),
          },
          chain.note !== undefined && { label: t('resources.note'), value: chain.note, wide: true },
        ]}
      />
    </Panel>
  );
}

function NodeMap({ nodes }: { nodes: ChainNode[] }) {
  const { t } = useTranslation();
  return (
    <div className="chain-map">
      {POSITIONS.map((position) => {
        const here = nodes.filter((node) => node.position === position);
        return (
          <section key={position} className="chain-column" aria-label={t(`nodePosition.${position}`)}>
            <h3>
              {t(`nodePosition.${position}`)} <span className="num muted">{here.length}</span>
            </h3>
            <ul className="chain-nodes">
              {here.map((node) => (
                <li key={node.id} className={`chain-node node-${node.state}`}>
                  <div className="split">
                    <h4>{node.name}</h4>
                    <NodeMark state={node.state} />
                  </div>
                  <p className="row-notes">
                    <NodeCounts node={node} />
                    {node.industryClasses.length > 0 && (
                      <span className="hint num"> {node.industryClasses.join(t('common.listSeparator'))}</span>
                    )}
                  </p>
                  <NodeProjects node={node} />
                  {node.note && <p className="hint">{node.note}</p>}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function NodeCounts({ node }: { node: ChainNode }) {
  const { t } = useTranslation();
  return (
    <span>
      {t('chains.landed', { count: node.landed })} · {t('chains.sought', { count: node.projects.length - node.landed })}
    </span>
  );
}

function NodeProjects({ node }: { node: ChainNode }) {
  if (node.projects.length === 0) return null;
  return (
    <ul>
      {node.projects.map((project) => (
        <li key={project.id}>
          <Link to={`/projects/${project.id}`}>{project.name}</Link>
        </li>
      ))}
    </ul>
  );
}

function NodeTable({ nodes }: { nodes: ChainNode[] }) {
  const { t } = useTranslation();
  return (
    <DataTable<ChainNode>
      caption={t('chains.node')}
      rows={nodes}
      rowKey={(node) => node.id}
      columns={[
        { key: 'name', title: t('chains.node'), heading: true, render: (node) => <strong>{node.name}</strong> },
        { key: 'position', title: t('chains.position'), render: (node) => t(`nodePosition.${node.position}`) },
        { key: 'state', title: t('chains.state'), render: (node) => <NodeMark state={node.state} /> },
        {
          key: 'classes',
          title: t('chains.classes'),
          render: (node) => <span className="num">{node.industryClasses.join(t('common.listSeparator'))}</span>,
        },
        {
          key: 'projects',
          title: t('chains.projects'),
          render: (node) => (
            <>
              <NodeCounts node={node} />
              <NodeProjects node={node} />
            </>
          ),
        },
      ]}
    />
  );
}

/** What the chain lacks, and which projects might fill it. */
function Gaps({ id }: { id: string }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['chains', 'gaps', id],
    queryFn: () => body(client.GET('/api/v1/chains/{id}/gaps', { params: { path: { id } } })),
  });
  return (
    <Panel title={t('chains.gaps')}>
      <p className="hint">{t('chains.gapsLead')}</p>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.data?.incomplete && <p role="status">{t('resources.incomplete')}</p>}
      {query.data?.items.length === 0 && <p className="muted">{t('chains.noGaps')}</p>}
      <ul className="plain-list">
        {query.data?.items.map((gap) => (
          <li key={gap.node.id}>
            <div className="split">
              <strong>{gap.node.name}</strong>
              <NodeMark state={gap.node.state} />
            </div>
            <p className="row-notes">
              {t('chains.candidates')}
              {': '}
              {gap.projects.length === 0 ? (
                <span className="muted">{t('chains.noCandidates')}</span>
              ) : (
                gap.projects.map((project, at) => (
                  <span key={project.id}>
                    {at > 0 && t('common.listSeparator')}
                    <Link to={`/projects/${project.id}`}>{project.name}</Link>
                  </span>
                ))
              )}
            </p>
            {gap.targets.length > 0 && (
              <p className="row-notes">
                {t('chains.seekTargets')}
                {': '}
                {gap.targets.map((target) => target.name).join(t('common.listSeparator'))}
              </p>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Reviews({ chain }: { chain: Chain }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('chains.reviews')}>
      {(chain.reviews ?? []).length === 0 && <p className="muted">{t('chains.noReviews')}</p>}
      <ul className="plain-list">
        {chain.reviews?.map((review) => (
          <li key={review.id}>
            <Day date={review.heldOn} /> {review.note} <span className="muted">{review.by.name}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
