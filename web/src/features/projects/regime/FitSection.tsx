import { useQuery } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { body, client } from '@/api/client';
import type { ParcelFit, Project } from '@/api/types';
import { LandReasons, LandSize, Verdict } from '@/shared/land/fits';
import { DataTable } from '@/shared/DataTable';
import { LoadMore } from '@/shared/LoadMore';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { newKey } from '@/shared/submission';
import { useUnitName } from '@/shared/units';
import { ifMatch, useChange } from '@/shared/useChange';
import { Section } from './Section';

// So many are shown at a time, the best first.
const STEP = 10;

/** How the parcels that are free fit the project. */
export function FitSection({ project }: { project: Project }) {
  const { t } = useTranslation();
  const can = useCan();
  const unit = useUnitName();
  const [shown, setShown] = useState(STEP);
  const query = useQuery({
    queryKey: ['projects', project.id, 'fits'],
    queryFn: () => body(client.GET('/api/v1/projects/{id}/fits', { params: { path: { id: project.id } } })),
    enabled: can('read-fits'),
  });
  if (!query.data) return null;
  const fitting = query.data.items.filter((fit) => fit.fits);
  return (
    <Section
      title={t('land.fitsOfProject')}
      state={
        query.data.items.length === 0
          ? t('land.noFits')
          : `${t('land.verdict.yes')} ${fitting.length} / ${query.data.items.length}`
      }
    >
      <p className="hint">{t('land.fitsLead')}</p>
      {query.data.incomplete && <p role="status">{t('resources.incomplete')}</p>}
      {query.data.items.length > 0 && (
        <DataTable<ParcelFit>
          caption={t('land.fitsOfProject')}
          rows={query.data.items.slice(0, shown)}
          rowKey={(fit) => fit.parcel.id}
          columns={[
            {
              key: 'place',
              title: t('land.place'),
              heading: true,
              render: (fit) => <Link to={`/land/${fit.parcel.id}`}>{fit.parcel.place}</Link>,
            },
            { key: 'unit', title: t('resources.unit'), render: (fit) => unit(fit.parcel.jurisdiction) },
            { key: 'area', title: t('land.area'), render: (fit) => <LandSize parcel={fit.parcel} /> },
            { key: 'fit', title: t('land.fit'), render: (fit) => <Verdict fits={fit.fits} /> },
            { key: 'for', title: t('resources.for'), render: (fit) => <LandReasons of={fit.for} /> },
            { key: 'against', title: t('resources.against'), render: (fit) => <LandReasons of={fit.against} /> },
            {
              key: 'unknown',
              title: t('resources.neither'),
              render: (fit) => fit.unknown.map((by) => t(`landFitBy.${by}`)).join(t('common.listSeparator')),
            },
          ]}
        />
      )}
      <LoadMore
        hasNextPage={query.data.items.length > shown}
        isFetchingNextPage={false}
        fetchNextPage={() => setShown(shown + STEP)}
      />
    </Section>
  );
}

/** The nodes of industry chains on which the project is, and those suggested for it. */
export function ChainSection({ project }: { project: Project }) {
  const { t } = useTranslation();
  const can = useCan();
  const { message } = App.useApp();
  const change = useChange('projects', 'chains');
  const query = useQuery({
    queryKey: ['projects', project.id, 'chain-nodes'],
    queryFn: () => body(client.GET('/api/v1/projects/{id}/chain-nodes', { params: { path: { id: project.id } } })),
    enabled: can('read-fits'),
  });
  if (!query.data) return null;
  const { items, suggestions, allowedActions } = query.data;
  const may = allowedActions.includes('join');
  const join = (nodeId: string) =>
    void change
      .mutateAsync(() =>
        body(
          client.POST('/api/v1/projects/{id}/chain-nodes', {
            params: { path: { id: project.id }, header: { 'Idempotency-Key': newKey() } },
            body: { nodeId },
          }),
        ),
      )
      .then(() => message.success(t('chains.joined')))
      .catch(() => undefined);
  const leave = (nodeId: string) =>
    void change
      .mutateAsync(() =>
        body(
          client.DELETE('/api/v1/projects/{id}/chain-nodes/{nodeId}', {
            params: { path: { id: project.id, nodeId }, header: ifMatch(project.version) },
          }),
        ),
      )
      .then(() => message.success(t('chains.left')))
      .catch(() => undefined);
  return (
    <Section
      title={t('chains.ofProject')}
      state={
        items.length === 0 ? t('chains.ofProjectNone') : items.map((node) => node.name).join(t('common.listSeparator'))
      }
    >
      <ProblemAlert error={change.error} />
      <ul className="plain-list">
        {items.map((node) => (
          <li key={node.id}>
            <Link to={`/chains/${node.chainId}`}>{node.chainName}</Link> · {node.name}{' '}
            <span className="tag">{t(`nodeStateLong.${node.state}`)}</span>{' '}
            {may && (
              <Button
                size="small"
                aria-label={t('chains.leaveOf', { name: node.name })}
                loading={change.isPending}
                onClick={() => leave(node.id)}
              >
                {t('chains.leave')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <h3>{t('chains.suggestions')}</h3>
      {suggestions.length === 0 && <p className="muted">{t('chains.noSuggestions')}</p>}
      <ul className="plain-list">
        {suggestions.map((node) => (
          <li key={node.id}>
            <Link to={`/chains/${node.chainId}`}>{node.chainName}</Link> · {node.name}{' '}
            <span className="hint">
              {node.reasons.map((by) => t(`nodeReason.${by}`)).join(t('common.listSeparator'))}
            </span>{' '}
            {may && (
              <Button
                size="small"
                aria-label={t('chains.joinOf', { name: node.name })}
                loading={change.isPending}
                onClick={() => join(node.id)}
              >
                {t('chains.join')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
