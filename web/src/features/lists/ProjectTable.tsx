import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TotalsText } from '@/shared/Amount';
import { Empty, Loading } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { StageTag } from '@/shared/tags';
import { BulkBar } from './BulkBar';
import { MOST_HERE } from './arrange';
import type { ColumnKey, Layout } from './columns';
import type { ListProps } from './Filters';
import { useColumnTitle } from './gridColumns';
import { exportQuery, filterCount, listQuery, listStageOf, monthOf, sortOf, type Sort } from './listState';
import { ProjectGrid } from './ProjectGrid';
import { monthRowsQuery, projectRowsQuery } from './queries';
import { StageTabs } from './StageTabs';
import { useArranged, type Arranged } from './useArranged';

type Props = ListProps & { layout: Layout };

const DONE = { hasNextPage: false, isFetchingNextPage: false, fetchNextPage: () => undefined };

export function ProjectTable(props: Props) {
  return monthOf(props.values) ? <MonthEndTable {...props} /> : <LiveTable {...props} />;
}

function LiveTable({ values, change, clear, layout }: Props) {
  const { t } = useTranslation();
  const sort = sortOf(values);
  const query = useInfiniteQuery(projectRowsQuery(exportQuery(values)));
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const loaded = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const total = query.data?.pages[0]?.total ?? undefined;
  const here = useArranged({ values, layout, past: false, loaded, total, query });
  const rows = here.rows;
  const chosen = loaded.filter((row) => picked.has(row.id));
  return (
    <>
      <StageTabs values={values} onChange={(stage) => change({ stage })} />
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={8} />}
      {query.data && loaded.length === 0 && (
        <Empty title={t('lists.emptyTable')}>
          {filterCount(values) > 0 ? (
            <Button onClick={clear}>{t('lists.clear')}</Button>
          ) : (
            t('lists.emptyHint.in-talks')
          )}
        </Empty>
      )}
      {loaded.length > 0 && (
        <>
          <Status total={total} loaded={loaded.length} shown={rows.length} sort={sort} here={here} change={change} />
          {chosen.length > 0 && (
            <BulkBar rows={chosen} layout={layout} sort={sort} onClear={() => setPicked(new Set())} />
          )}
          <ProjectGrid
            rows={rows}
            total={here.isFiltered ? rows.length : total}
            layout={layout}
            past={false}
            sort={sort}
            onSort={(next) => change({ sort: next, order: undefined })}
            here={here}
            onArrange={change}
            busy={query.isPlaceholderData}
            picked={{ ids: picked, change: setPicked }}
            more={here.isWhole ? DONE : query}
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
  const loaded = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const here = useArranged({ values, layout, past: true, loaded, total: first?.count, query });
  const rows = here.rows;
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
      {first && loaded.length === 0 && <Empty title={t('lists.emptyTable')}>{t('lists.emptyMonth')}</Empty>}
      {loaded.length > 0 && (
        <>
          <Status
            total={first?.count}
            loaded={loaded.length}
            shown={rows.length}
            sort={sort}
            here={here}
            change={change}
          />
          <ProjectGrid
            rows={rows}
            total={here.isFiltered ? rows.length : first?.count}
            layout={layout}
            past
            sort={sort}
            onSort={(next) => change({ sort: next, order: undefined })}
            here={here}
            onArrange={change}
            busy={query.isPlaceholderData}
            more={here.isWhole ? DONE : query}
          />
        </>
      )}
    </>
  );
}

/** How many there are, how many of them have come, and in what order: even where the column of the order is not shown. */
function Status({
  total,
  loaded,
  shown,
  sort,
  here,
  change,
}: {
  total: number | undefined;
  loaded: number;
  shown: number;
  sort: Sort;
  here: Arranged;
  change: ListProps['change'];
}) {
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
      {here.isFiltered && <span>{t('grid.found', { n: shown })}</span>}
      <span>
        {(here.sorts.length > 0
          ? here.sorts.map((each) => ({ column: title(each.key as ColumnKey), descending: each.descending }))
          : [{ column, descending: sort.startsWith('-') }]
        )
          .map((each) =>
            t('grid.order', {
              column: each.column,
              direction: t(each.descending ? 'grid.directions.descending' : 'grid.directions.ascending'),
            }),
          )
          .join(t('common.listSeparator'))}
      </span>
      {here.isWhole ? (
        <>
          <Button size="small" aria-pressed={here.filtering} onClick={here.toggleFilters}>
            {t('grid.columnFilters')}
          </Button>
          {(here.isFiltered || here.sorts.length > 0) && (
            <Button size="small" type="text" onClick={() => change({ order: undefined, where: undefined })}>
              {t('grid.clearArranged')}
            </Button>
          )}
        </>
      ) : (
        (total ?? 0) > MOST_HERE && <span className="hint">{t('grid.tooManyHere', { n: MOST_HERE })}</span>
      )}
    </p>
  );
}
