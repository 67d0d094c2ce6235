import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { body, client } from '@/api/client';
import type { FinancingNeed } from '@/api/types';
import { Amount, useMoneyText } from '@/shared/Amount';
import { DataTable } from '@/shared/DataTable';
import { percentText } from '@/shared/figures';
import { ExportMenu } from '@/shared/ExportMenu';
import { ImportLink } from '@/shared/ImportLink';
import { Filter } from '@/shared/Filter';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Facts, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { useUnitName } from '@/shared/units';
import { asQuery, useUrlState } from '@/shared/urlState';
import { Day } from '@/shared/When';
import { NEED_KINDS } from './needs';
import { only } from '@/shared/only';

const NeedDialog = lazy(async () => ({ default: (await import('./NeedDialogs')).NeedDialog }));

const KEYS = ['kind', 'financed'] as const;
type Values = Partial<Record<(typeof KEYS)[number], string>>;

const needsQuery = (values: Values) =>
  infiniteQueryOptions({
    queryKey: ['financing', 'needs', values],
    queryFn: ({ pageParam }) =>
      body(
        client.GET('/api/v1/financing-needs', {
          params: {
            query: {
              kind: only(NEED_KINDS.find((kind) => kind === values.kind)),
              financed: values.financed === undefined ? undefined : values.financed === 'true',
              limit: 50,
              cursor: pageParam,
            },
          },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

/** Needs of financing, and how many got money. */
export function FinancingPage() {
  const { t } = useTranslation();
  const can = useCan();
  const unit = useUnitName();
  const { values, change } = useUrlState(KEYS);
  const [adding, setAdding] = useState(false);
  const query = useInfiniteQuery(needsQuery(values));
  const needs = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page
      title={t('financing.title')}
      lead={t('financing.lead')}
      wide
      actions={
        <>
          <ImportLink kind="financing-needs" act="manage-needs" />
          <ExportMenu name="financing-needs" query={() => asQuery(values)} />
          {can('manage-needs') && (
            <Button type="primary" onClick={() => setAdding(true)}>
              {t('financing.add')}
            </Button>
          )}
        </>
      }
    >
      <Rates />
      <div className="filters" role="search" aria-label={t('lists.filters')}>
        <Filter id="needs-kind" label={t('financing.kind')}>
          <Select
            id="needs-kind"
            allowClear
            value={values.kind}
            placeholder={t('resources.any')}
            onChange={(kind: string | undefined) => change({ kind })}
            options={NEED_KINDS.map((kind) => ({ value: kind, label: t(`needKind.${kind}`) }))}
          />
        </Filter>
        <Filter id="needs-financed" label={t('matchState.financed')}>
          <Select
            id="needs-financed"
            allowClear
            value={values.financed}
            placeholder={t('resources.any')}
            onChange={(financed: string | undefined) => change({ financed })}
            options={[
              { value: 'true', label: t('resources.yes') },
              { value: 'false', label: t('resources.no') },
            ]}
          />
        </Filter>
      </div>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {query.data && needs.length === 0 && <Empty title={t('financing.empty')}>{t('financing.emptyHint')}</Empty>}
      {needs.length > 0 && (
        <DataTable<FinancingNeed>
          caption={t('financing.title')}
          rows={needs}
          rowKey={(need) => need.id}
          busy={query.isPlaceholderData}
          columns={[
            {
              key: 'of',
              title: t('financing.of'),
              heading: true,
              render: (need) => <Link to={`/financing/${need.id}`}>{need.project?.name ?? need.enterprise}</Link>,
            },
            { key: 'unit', title: t('resources.unit'), render: (need) => unit(need.jurisdiction) },
            { key: 'kind', title: t('financing.kind'), render: (need) => t(`needKind.${need.kind}`) },
            { key: 'amount', title: t('financing.amount'), render: (need) => <Amount money={need.amount} /> },
            {
              key: 'until',
              title: t('financing.validUntil'),
              render: (need) => (
                <>
                  <Day date={need.validUntil} /> {need.expired && <span className="tag">{t('financing.expired')}</span>}
                </>
              ),
            },
            {
              key: 'matches',
              title: t('financing.matches'),
              render: (need) =>
                need.retireReason
                  ? t('financing.retired', { reason: need.retireReason })
                  : t('financing.matchesOf', { matches: need.matches, financed: need.financed }),
            },
          ]}
        />
      )}
      <LoadMore {...query} />
      {adding && (
        <Suspense fallback={null}>
          <NeedDialog onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </Page>
  );
}

/** How many needs were financed, by count and by money. */
function Rates() {
  const { t } = useTranslation();
  const money = useMoneyText();
  const query = useQuery({
    queryKey: ['financing', 'rates'],
    queryFn: () => body(client.GET('/api/v1/financing-needs/rates')),
  });
  if (!query.data || query.data.needs === 0) return <ProblemAlert error={query.error} />;
  const rates = query.data;
  return (
    <Panel>
      <Facts
        items={[
          { label: t('financing.rateCount'), value: <strong className="num">{percentText(rates.byCount)}</strong> },
          { label: t('financing.rateMoney'), value: <strong className="num">{percentText(rates.byMoney)}</strong> },
          {
            label: t('financing.need'),
            value: t('financing.rates', {
              financed: rates.financed,
              needs: rates.needs,
              got: money.format(rates.financedAmount, 2),
              needed: money.format(rates.amount, 2),
            }),
          },
        ]}
      />
    </Panel>
  );
}
