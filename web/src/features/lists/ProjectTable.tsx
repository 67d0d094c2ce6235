import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TotalsText } from '@/shared/Amount';
import { Empty, Loading } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { StageTag } from '@/shared/tags';
import { BulkBar } from './BulkBar';
import type { Layout } from './columns';
import type { ListProps } from './Filters';
import { useColumnTitle } from './gridColumns';
import { exportQuery, filterCount, listQuery, listStageOf, monthOf, sortOf, type Sort } from './listState';
import { ProjectGrid } from './ProjectGrid';
import { monthRowsQuery, projectRowsQuery } from './queries';
import { StageTabs } from './StageTabs';

type Props = ListProps & { layout: Layout };

export function ProjectTable(props: Props) {
  return monthOf(props.values) ? <MonthEndTable {...props} /> : <LiveTable {...props} />;
}

function LiveTable({ values, change, clear, layout }: Props) {
  const { t } = useTranslation();
  const sort = sortOf(values);
  const query = useInfiniteQuery(projectRowsQuery(exportQuery(values)));
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages[0]?.total ?? undefined;
  const chosen = rows.filter((row) => picked.has(row.id));
  return (
    <>
      <StageTabs values={values} onChange={(stage) => change({ stage })} />
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={8} />}
      {query.data && rows.length === 0 && (
        <Empty title={t('lists.emptyTable')}>
          {filterCount(values) > 0 ? (
            <Button onClick={clear}>{t('lists.clear')}</Button>
          ) : (
            t('lists.emptyHint.in-talks')
          )}
        </Empty>
      )}
      {rows.length > 0 && (
        <>
          <Status total={total} loaded={rows.length} sort={sort} />
          {chosen.length > 0 && (
            <BulkBar rows={chosen} layout={layout} sort={sort} onClear={() => setPicked(new Set())} />
          )}
          <ProjectGrid
            rows={rows}
            total={total}
            layout={layout}
            past={false}
            sort={sort}
            onSort={(next) => change({ sort: next })}
            busy={query.isPlaceholderData}
            picked={{ ids: picked, change: setPicked }}
            more={query}
          />
        </>
      )}
    </>
  );
}

function MonthEndTable({ values, change, layout }: Props) {
  const { t } = useTranslation();
  const stage = listStageOf(values);
  const sort = sortOf(values);
  const query = useInfiniteQuery(monthRowsQuery(stage, listQuery(values), sort));
  const first = query.data?.pages[0];
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={8} />}
      {first && (
        <div className="table-summary">
          <StageTag stage={stage} /> <span className="num">{t('lists.count', { n: first.count })}</span>{' '}
          <TotalsText totals={first.totals} rateYear={first.rateYear} inline />
        </div>
      )}
      {first && rows.length === 0 && <Empty title={t('lists.emptyTable')}>{t('lists.emptyMonth')}</Empty>}
      {rows.length > 0 && (
        <>
          <Status total={first?.count} loaded={rows.length} sort={sort} />
          <ProjectGrid
            rows={rows}
            total={first?.count}
            layout={layout}
            past
            sort={sort}
            onSort={(next) => change({ sort: next })}
            busy={query.isPlaceholderData}
            more={query}
          />
        </>
      )}
    </>
  );
}

/** How many there are, how many of them have come, and in what order: even where the column of the order is not shown. */
function Status({ total, loaded, sort }: { total: number | undefined; loaded: number; sort: Sort }) {
  const { t } = useTranslation();
  const title = useColumnTitle();
  const field = sort.replace('-', '') as 'createdAt' | 'updatedAt' | 'totalInvestment' | 'name' | 'code';
  const column = title(
    (
      {
        createdAt: 'created-at',
        updatedAt: 'updated-at',
        totalInvestment: 'total-investment',
        name: 'name',
        code: 'code',
      } as const
    )[field],
  );
  return (
    <p className="grid-status num" role="status">
      <strong>{t('grid.rows', { n: total ?? loaded })}</strong>
      {total !== undefined && loaded < total && <span>{t('grid.loaded', { n: loaded })}</span>}
      <span>
        {t('grid.order', {
          column,
          direction: t(sort.startsWith('-') ? 'grid.directions.descending' : 'grid.directions.ascending'),
        })}
      </span>
    </p>
  );
}
