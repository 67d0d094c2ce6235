import {
  keepPreviousData,
  queryOptions,
  infiniteQueryOptions,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query';
import { Button, Segmented, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { body, client } from '@/api/client';
import type { CreditItem, CreditRow, CreditTotal, CreditTotals } from '@/api/types';
import { CreditAmount, countText } from '@/shared/CreditAmount';
import { DataTable } from '@/shared/DataTable';
import { today } from '@/shared/dates';
import { Filter } from '@/shared/Filter';
import { INDICATORS, type IndicatorId } from '@/shared/indicators';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useUnitName } from '@/shared/units';
import { useUrlState } from '@/shared/urlState';
import { Day } from '@/shared/When';
import './credit.css';

const KEYS = ['period', 'indicator', 'by', 'unit', 'project'] as const;
const BY = ['unit', 'project', 'indicator'] as const;
/** The years, quarters and months that can be asked for, the newest first. */
function periods(): string[] {
  const [year = 2026, month = 1] = today().split('-').map(Number);
  const years = [year, year - 1, year - 2].flatMap((each) => [
    String(each),
    ...[4, 3, 2, 1].map((quarter) => `${each}-Q${quarter}`),
    ...Array.from({ length: 12 }, (_, at) => `${each}-${String(12 - at).padStart(2, '0')}`),
  ]);
  const now = `${year}-${String(month).padStart(2, '0')}`;
  return years.filter((each) => each.length < 7 || each.includes('Q') || each <= now);
}

const summaryQuery = (by: (typeof BY)[number], period: string, indicator: IndicatorId) =>
  queryOptions({
    queryKey: ['credit', 'summary', by, period, by === 'indicator' ? '' : indicator],
    queryFn: () =>
      body(
        client.GET('/api/v1/credit/summary', {
          params: { query: { by, period, indicator: by === 'indicator' ? undefined : indicator } },
        }),
      ),
    placeholderData: keepPreviousData,
  });

const rowsQuery = (query: { period: string; indicator: IndicatorId; jurisdictionId?: string; projectId?: string }) =>
  infiniteQueryOptions({
    queryKey: ['credit', 'rows', query],
    queryFn: ({ pageParam }) =>
      body(client.GET('/api/v1/credit', { params: { query: { ...query, limit: 50, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

/** Who is credited with what: every figure opens to the rows that make it. */
export function CreditPage() {
  const { t } = useTranslation();
  const unit = useUnitName();
  const { values, change } = useUrlState(KEYS);
  const period = values.period ?? today().slice(0, 4);
  const indicator: IndicatorId = INDICATORS.find((each) => each === values.indicator) ?? 'projects-registered';
  const by = BY.find((each) => each === values.by) ?? 'unit';
  const query = useQuery(summaryQuery(by, period, indicator));
  const opened = values.unit ?? values.project;
  const name = (item: CreditItem): ReactNode =>
    item.unit ? unit(item.unit) : item.project ? item.project.name : t(`indicator.${item.indicator as IndicatorId}`);
  const open = (item: CreditItem) =>
    item.unit
      ? change({ unit: item.unit.id, project: undefined })
      : item.project
        ? change({ project: item.project.id, unit: undefined })
        : change({ by: undefined, indicator: item.indicator });

  return (
    <Page title={t('credit.title')} lead={t('credit.lead')} wide>
      <div className="filters" role="search" aria-label={t('lists.filters')}>
        <Filter id="credit-period" label={t('credit.period')}>
          <Select
            id="credit-period"
            showSearch
            value={period}
            onChange={(next: string) => change({ period: next })}
            options={periods().map((each) => ({ value: each, label: each }))}
          />
        </Filter>
        <Filter id="credit-indicator" label={t('credit.indicator')}>
          <Select
            id="credit-indicator"
            disabled={by === 'indicator'}
            popupMatchSelectWidth={false}
            value={indicator}
            onChange={(next: string) => change({ indicator: next, unit: undefined, project: undefined })}
            options={INDICATORS.map((each) => ({ value: each, label: t(`indicator.${each}`) }))}
          />
        </Filter>
        <Segmented
          className="credit-by"
          aria-label={t('credit.by')}
          value={by}
          onChange={(next) => change({ by: next === 'unit' ? undefined : next, unit: undefined, project: undefined })}
          options={BY.map((each) => ({ value: each, label: t(`credit.byOf.${each}`) }))}
        />
      </div>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {query.data && query.data.items.length === 0 && <Empty title={t('credit.empty')}>{t('credit.emptyHint')}</Empty>}
      {query.data && query.data.items.length > 0 && (
        <>
          <DataTable<CreditItem>
            caption={t('credit.title')}
            rows={query.data.items}
            rowKey={(item) => item.unit?.id ?? item.project?.id ?? item.indicator ?? ''}
            busy={query.isPlaceholderData}
            columns={[
              {
                key: 'name',
                title: t(`credit.byOf.${by}`),
                heading: true,
                render: (item) => (
                  <Button type="link" className="credit-open" onClick={() => open(item)}>
                    {name(item)}
                  </Button>
                ),
              },
              {
                key: 'count',
                title: t('credit.count'),
                align: 'right',
                render: (item) => <span className="num">{countText(item.count)}</span>,
              },
              {
                key: 'amount',
                title: t('credit.amount'),
                align: 'right',
                render: (item) => <CreditAmount sum={item.amount} />,
              },
              {
                key: 'note',
                title: t('credit.note'),
                render: (item) =>
                  [
                    item.doubleCounted && t('credit.twice', { count: countText(item.doubleCounted.count) }),
                    item.unknown && t('credit.unknown', { count: item.unknown }),
                  ]
                    .filter(Boolean)
                    .join(' · '),
              },
            ]}
          />
          <Balance totals={query.data.totals} modes={query.data.modes} indicator={indicator} />
        </>
      )}
      {opened && by !== 'indicator' && (
        <Rows
          title={t('credit.rowsOf', {
            name: nameOf(query.data?.items, opened, name) ?? '',
            period,
          })}
          query={{ period, indicator, jurisdictionId: values.unit, projectId: values.project }}
          onClose={() => change({ unit: undefined, project: undefined })}
        />
      )}
    </Page>
  );
}

function nameOf(items: CreditItem[] | undefined, id: string, name: (item: CreditItem) => ReactNode) {
  const item = items?.find((each) => each.unit?.id === id || each.project?.id === id);
  return item && String(name(item));
}

/** The books balance: the units together less what is counted twice are the city (R47). */
function Balance({
  totals,
  modes,
  indicator,
}: {
  totals: CreditTotals;
  modes: { indicator: string; mode: string }[];
  indicator: IndicatorId;
}) {
  const { t } = useTranslation();
  const mode = modes.find((each) => each.indicator === indicator)?.mode;
  const parts: [string, CreditTotal | undefined][] = [
    [t('credit.sumOfUnits'), totals.units],
    [t('credit.doubleCounted'), totals.doubleCounted],
    [t('credit.city'), totals.city],
  ];
  return (
    <Panel className="credit-balance">
      <dl className="facts">
        {parts.map(
          ([label, total]) =>
            total && (
              <div key={label} className="fact">
                <dt>{label}</dt>
                <dd>
                  <span className="num">{countText(total.count)}</span> · <CreditAmount sum={total.amount} />
                  {total.unknown !== undefined && (
                    <p className="hint">{t('credit.unknown', { count: total.unknown })}</p>
                  )}
                </dd>
              </div>
            ),
        )}
      </dl>
      <p className="hint">
        {mode && t('credit.mode', { mode: t(`creditModeOf.${mode as 'both-full'}`) })}
        {totals.undecided !== undefined && ` ${t('credit.undecided', { count: totals.undecided })}`}
      </p>
    </Panel>
  );
}

/** The rows that make a figure, each in words. */
function Rows({
  title,
  query,
  onClose,
}: {
  title: string;
  query: { period: string; indicator: IndicatorId; jurisdictionId?: string; projectId?: string };
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const rows = useInfiniteQuery(rowsQuery(query));
  const items = rows.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Panel title={title} extra={<Button onClick={onClose}>{t('common.close')}</Button>}>
      <ProblemAlert error={rows.error} onRetry={() => void rows.refetch()} />
      {rows.isPending && <Loading rows={3} />}
      {items.length > 0 && (
        <DataTable<CreditRow>
          caption={title}
          rows={items}
          rowKey={(row) =>
            `${row.cause.id}-${row.period}-${row.reversal}-${row.unit.id}-${row.role}-${row.credited.amount?.cny ?? row.credited.amount?.usd}`
          }
          columns={[
            {
              key: 'project',
              title: t('credit.byOf.project'),
              heading: true,
              render: (row) => <Link to={`/projects/${row.project.id}`}>{row.project.name}</Link>,
            },
            {
              key: 'unit',
              title: t('credit.byOf.unit'),
              render: (row) => <span className="nowrap">{unit(row.unit)}</span>,
            },
            { key: 'on', title: t('credit.occurredOn'), render: (row) => <Day date={row.occurredOn} /> },
            {
              key: 'period',
              title: t('credit.period'),
              render: (row) => <span className="num nowrap">{row.period}</span>,
            },
            {
              key: 'share',
              title: t('credit.share'),
              align: 'right',
              render: (row) => <span className="num">{row.shareBp / 100} %</span>,
            },
            {
              key: 'credited',
              title: t('credit.credited'),
              align: 'right',
              render: (row) => (
                <>
                  {row.basis.count !== undefined && <span className="num">{countText(row.credited.count)} · </span>}
                  <CreditAmount sum={row.credited.amount} />
                </>
              ),
            },
            { key: 'why', title: t('credit.why'), render: (row) => <span className="text">{row.explanation}</span> },
          ]}
        />
      )}
      <LoadMore {...rows} />
    </Panel>
  );
}
