import { useInfiniteQuery, type InfiniteData, type UseInfiniteQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Project } from '@/api/types';
import { useMoneyText } from '@/shared/Amount';
import { monthName } from '@/shared/dates';
import { useLanguage } from '@/shared/i18n';
import { Loading } from '@/shared/Page';
import { Paper } from '@/shared/Paper';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useMe } from '@/shared/queries';
import { useUrlState } from '@/shared/urlState';
import { filterRows, readFilters, readSorts, sortRows } from './arrange';
import { readLayout, STANDARD, storedLayout } from './columns';
import { useGridColumns, type GridColumn } from './gridColumns';
import { exportQuery, LIST_KEYS, LIST_STAGES, listQuery, listStageOf, monthOf, sortOf, viewOf } from './listState';
import { monthRowsQuery, projectRowsQuery } from './queries';

type Pages = UseInfiniteQueryResult<InfiniteData<{ items: Project[] }>>;

/** What the list or the board shows, on paper: bordered, numbered, summed, with its head on every page. */
export function ListPaper() {
  const { values } = useUrlState(LIST_KEYS);
  return monthOf(values) ? <MonthPaper /> : <LivePaper />;
}

function LivePaper() {
  const { values } = useUrlState(LIST_KEYS);
  return <Sheet query={useInfiniteQuery(projectRowsQuery(exportQuery(values))) as unknown as Pages} past={false} />;
}

function MonthPaper() {
  const { values } = useUrlState(LIST_KEYS);
  const query = useInfiniteQuery(monthRowsQuery(listStageOf(values), listQuery(values), sortOf(values)));
  return <Sheet query={query as unknown as Pages} past />;
}

function Sheet({ query, past }: { query: Pages; past: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const me = useMe();
  const { powers } = useMoneyText();
  const { values } = useUrlState(LIST_KEYS);
  const layout = (readLayout(values.columns) ?? storedLayout(me?.user.id) ?? STANDARD).filter(
    ({ key }) => !['created-at', 'updated-at', 'claim', 'light'].includes(key) || values.columns !== undefined,
  );
  const columns = useGridColumns(layout, past);
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isError, fetchNextPage]);
  const all = query.data?.pages.flatMap((page) => page.items) ?? [];
  const rows = sortRows(filterRows(all, columns, readFilters(values.where)), columns, readSorts(values.order));
  const ready = query.data !== undefined && !hasNextPage;
  const month = monthOf(values);
  const stage = month ? listStageOf(values) : values.stage;
  const title = [
    month && t('lists.monthEnd', { month: monthName(month, language) }),
    stage ? t('paper.listOf', { stage: t(`stage.${stage as 'signed'}`) }) : t('paper.list'),
  ]
    .filter(Boolean)
    .join(' ');
  const board = viewOf(values) === 'board' && !month;
  return (
    <Paper title={title} unit={t(`unit.${powers[0] ?? 8}`, { currency: t('currency.CNY') })} wide ready={ready}>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {!ready && !query.error && <Loading rows={8} />}
      {ready &&
        (board ? (
          LIST_STAGES.map((each) => (
            <section key={each}>
              <h3>{t(`stage.${each}`)}</h3>
              <Rows rows={rows.filter((row) => row.stage === each)} columns={columns} />
            </section>
          ))
        ) : (
          <Rows rows={rows} columns={columns} />
        ))}
    </Paper>
  );
}

const NUMBER_WIDTH = 52;

function Rows({ rows, columns }: { rows: Project[]; columns: GridColumn[] }) {
  const { t } = useTranslation();
  const figure = (value: number) =>
    value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const cell = (column: GridColumn, row: Project) => {
    const value = column.value(row);
    if (column.money) {
      const money = column.money(row);
      if (!money) return '';
      // In a currency without a rate: as it is, and not in the sum.
      return typeof value === 'number' ? figure(value) : `${money.amount.toLocaleString('en-US')} ${money.currency}`;
    }
    return column.key === 'industry-code' ? column.render(row) : (value ?? '');
  };
  const sum = (column: GridColumn) =>
    figure(
      rows.reduce((all, row) => {
        const value = column.value(row);
        return typeof value === 'number' ? all + value : all;
      }, 0),
    );
  // Widths are shares of the paper's: however many columns are shown, none is cut off.
  const all = columns.reduce((sum, column) => sum + column.width, NUMBER_WIDTH);
  const share = (width: number) => ({ width: `${(100 * width) / all}%` });
  const uncounted = rows.filter((row) => columns.some((each) => each.money?.(row) && each.value(row) === undefined));
  return (
    <>
      <table className="paper-fixed">
        <colgroup>
          <col style={share(NUMBER_WIDTH)} />
          {columns.map((column) => (
            <col key={column.key} style={share(column.width)} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{t('grid.number')}</th>
            {columns.map((column) => (
              <th key={column.key} scope="col">
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={row.id}>
              <td className="centre">{i + 1}</td>
              {columns.map((column) => (
                <td key={column.key} className={column.align}>
                  {cell(column, row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" className="centre">
              {t('paper.total')}
            </th>
            {columns.map((column, i) => (
              <td key={column.key} className={column.align}>
                {column.money ? sum(column) : i === 0 ? t('lists.count', { n: rows.length }) : ''}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
      {uncounted.length > 0 && <p>{t('paper.uncounted', { n: uncounted.length })}</p>}
    </>
  );
}
