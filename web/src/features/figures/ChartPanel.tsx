import type { EChartsCoreOption } from 'echarts/core';
import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/shared/DataTable';
import { today } from '@/shared/dates';
import { useNarrow } from '@/shared/media';
import { Empty, Loading, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { saveTable } from './saveTable';

const Chart = lazy(async () => ({ default: (await import('./Chart')).Chart }));

interface Props<T> {
  title: string;
  /** What the chart says, in a sentence. */
  says: string;
  query: { isPending: boolean; error: unknown; refetch: () => unknown };
  rows: T[];
  rowKey: (row: T) => string;
  columns: Column<T>[];
  /** What the rows come to together, by the key of a column. */
  sums?: Record<string, ReactNode>;
  option: EChartsCoreOption;
  height?: number;
  note?: string;
  /** Whether the sentence alone tells that there is nothing to draw. */
  saysNothing?: boolean;
  /** What else belongs to it, below. */
  children?: ReactNode;
}

/** A chart, and the same figures as a table: for whoever wants the numbers, hears the page, or prints it. */
export function ChartPanel<T>({
  title,
  says,
  query,
  rows,
  rowKey,
  columns,
  sums,
  option,
  height = 300,
  note,
  saysNothing = false,
  children,
}: Props<T>) {
  const { t } = useTranslation();
  const [table, setTable] = useState(false);
  const narrow = useNarrow();
  const box = useRef<HTMLDivElement>(null);
  return (
    <Panel
      title={title}
      className="figure"
      extra={
        <div className="switch no-print" role="group" aria-label={t('figures.viewOf', { title })}>
          <button type="button" className="switch-item" aria-pressed={!table} onClick={() => setTable(false)}>
            {t('figures.chart')}
          </button>
          <button type="button" className="switch-item" aria-pressed={table} onClick={() => setTable(true)}>
            {t('figures.table')}
          </button>
        </div>
      }
    >
      <p className="hint figure-says">{says}</p>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {!query.isPending && !query.error && rows.length === 0 && !saysNothing && (
        <Empty title={t('figures.none')}>{t('figures.noneHint')}</Empty>
      )}
      {rows.length > 0 && (
        <>
          {!table && (
            <div className="figure-chart">
              <Suspense fallback={<Loading rows={6} />}>
                <Chart option={option} label={says} height={height} />
              </Suspense>
            </div>
          )}
          <div ref={box} className={table ? 'figure-table' : 'figure-table print-only'}>
            <DataTable caption={title} rows={rows} rowKey={rowKey} columns={columns} sums={sums} />
          </div>
          {table && !narrow && (
            <Button
              size="small"
              className="no-print"
              icon={<DownloadOutlined aria-hidden />}
              onClick={() => box.current && saveTable(box.current, `${title}-${today()}.csv`)}
            >
              {t('figures.save')}
            </Button>
          )}
        </>
      )}
      {note && rows.length > 0 && <p className="hint">{note}</p>}
      {children}
    </Panel>
  );
}
