import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { body, client } from '@/api/client';
import type { Chain } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { percentText } from '@/shared/figures';
import { Empty, Loading, Page } from '@/shared/Page';
import { ExportMenu } from '@/shared/ExportMenu';
import { ImportLink } from '@/shared/ImportLink';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan, useMe } from '@/shared/queries';
import { Day } from '@/shared/When';
import { NodeMark, NODE_STATES } from './nodes';

const ChainDialog = lazy(async () => ({ default: (await import('./ChainDialogs')).ChainDialog }));

/** The industry chains, how far they are covered, and whose review is overdue; to a department first those that it is in charge of. */
export function ChainsPage() {
  const { t } = useTranslation();
  const can = useCan();
  const [adding, setAdding] = useState(false);
  const query = useQuery({
    queryKey: ['chains', 'list'],
    queryFn: async () => (await body(client.GET('/api/v1/chains'))).items,
  });
  const me = useMe();
  const [params, setParams] = useSearchParams();
  const isDepartment = me?.role === 'department';
  const shows = isDepartment ? (params.get('show') ?? 'own') : 'all';
  const rows = query.data?.filter((chain) => shows === 'all' || chain.department?.id === me?.jurisdiction?.id);
  return (
    <Page
      title={t('chains.title')}
      lead={t('chains.lead')}
      wide
      actions={
        <>
          <ImportLink kind="chain-nodes" act="tend-chains" />
          <ExportMenu name="chain-nodes" query={() => new URLSearchParams()} label={t('chains.exportNodes')} />
          {can('manage-chains') && (
            <Button type="primary" onClick={() => setAdding(true)}>
              {t('chains.add')}
            </Button>
          )}
        </>
      }
    >
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={4} />}
      {isDepartment && (
        <Segmented
          aria-label={t('chains.show')}
          value={shows}
          options={(['own', 'all'] as const).map((each) => ({ value: each, label: t(`chains.showOf.${each}`) }))}
          onChange={(show) => setParams({ show }, { replace: true })}
        />
      )}
      {rows?.length === 0 && (
        <Empty title={t(shows === 'own' ? 'chains.noneOwn' : 'chains.empty')}>
          {t(shows === 'own' ? 'chains.noneOwnHint' : 'chains.emptyHint')}
        </Empty>
      )}
      {rows && rows.length > 0 && (
        <DataTable<Chain>
          caption={t('chains.title')}
          rows={rows}
          rowKey={(chain) => chain.id}
          columns={[
            {
              key: 'name',
              title: t('chains.chain'),
              heading: true,
              render: (chain) => <Link to={`/chains/${chain.id}`}>{chain.name}</Link>,
            },
            { key: 'leader', title: t('chains.leader'), render: (chain) => chain.leader?.name ?? t('common.none') },
            {
              key: 'department',
              title: t('chains.department'),
              render: (chain) => chain.department?.name ?? t('common.none'),
            },
            {
              key: 'coverage',
              title: t('chains.coverage'),
              render: (chain) =>
                chain.coverage === undefined ? (
                  <span className="muted">{t('chains.noNodes')}</span>
                ) : (
                  <span className="num nowrap">
                    {percentText(chain.coverage)} ({chain.covered}/{chain.nodes})
                  </span>
                ),
            },
            {
              key: 'states',
              title: t('chains.state'),
              render: (chain) => (
                <span className="chain-states">
                  {NODE_STATES.filter((state) => (chain.states[state] ?? 0) > 0).map((state) => (
                    <span key={state} className="nowrap">
                      <NodeMark state={state} /> {chain.states[state]}
                    </span>
                  ))}
                </span>
              ),
            },
            {
              key: 'review',
              title: t('chains.review'),
              render: (chain) =>
                chain.reviewOverdue ? (
                  <span className="tag">{t('chains.overdue')}</span>
                ) : (
                  <Day date={chain.reviewDueOn} />
                ),
            },
          ]}
        />
      )}
      {adding && (
        <Suspense fallback={null}>
          <ChainDialog onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </Page>
  );
}
