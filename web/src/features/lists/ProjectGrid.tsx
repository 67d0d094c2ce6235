import { Checkbox } from 'antd';
import { useEffect, useRef, useState, type CSSProperties, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import type { Project } from '@/api/types';
import { useNarrow } from '@/shared/media';
import { useVirtualRows } from '@/shared/useVirtualRows';
import type { Layout } from './columns';
import { nextSorts, writeFilters, writeSorts } from './arrange';
import { useGridColumns, type GridColumn } from './gridColumns';
import type { ListProps } from './Filters';
import type { Sort } from './listState';
import { SumCell } from './Sums';
import type { Arranged } from './useArranged';

const ROW = 40;
const SELECT = 44;
const NUMBER = 52;
const AHEAD = 60;

export interface Picked {
  ids: ReadonlySet<string>;
  change: (ids: ReadonlySet<string>) => void;
}

interface Props {
  rows: Project[];
  total: number | undefined;
  layout: Layout;
  past: boolean;
  sort: Sort;
  onSort: (sort: Sort) => void;
  here: Arranged;
  onArrange: ListProps['change'];
  busy: boolean;
  picked?: Picked;
  more: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
}

/** Projects row by row, however many: only those in sight are drawn, and further ones are fetched as one comes near them. */
export function ProjectGrid(props: Props) {
  const columns = useGridColumns(props.layout, props.past);
  return useNarrow() ? <Cards {...props} columns={columns} /> : <Table {...props} columns={columns} />;
}

function Table({
  rows,
  total,
  columns,
  sort,
  onSort,
  here,
  onArrange,
  busy,
  picked,
  more,
}: Props & { columns: GridColumn[] }) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const lastPicked = useRef<string>(undefined);
  // Room for all there are, so that the scroll bar tells the truth; what has not come yet is drawn as an empty row.
  const count = more.hasNextPage ? Math.max(total ?? 0, rows.length + 1) : rows.length;
  const place = usePlace(box);
  const virtual = useVirtualRows({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 12,
    initialOffset: place.initial,
  });
  const items = virtual.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  const near = (last?.index ?? 0) >= rows.length - AHEAD;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = more;
  useEffect(() => {
    if (near && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [near, hasNextPage, isFetchingNextPage, fetchNextPage, rows.length]);

  const selectable = (picked ? SELECT : 0) + NUMBER;
  const numberLeft = picked ? SELECT : 0;
  const chosenRows = picked ? rows.filter((row) => picked.ids.has(row.id)) : [];
  const arrange = (key: string, more: boolean) => onArrange({ order: writeSorts(nextSorts(here.sorts, key, more)) });
  const filter = (key: string, text: string) => onArrange({ where: writeFilters({ ...here.filters, [key]: text }) });
  const lefts = offsets(columns, selectable);
  const width = columns.reduce((sum, column) => sum + column.width, selectable);
  const pick = (at: number, on: boolean, range: boolean) => {
    if (!picked) return;
    // By id: in another order, or with other rows between, the range is what one sees between the two.
    const last = range ? rows.findIndex((row) => row.id === lastPicked.current) : -1;
    const from = last < 0 ? at : last;
    const next = new Set(picked.ids);
    for (const row of rows.slice(Math.min(from, at), Math.max(from, at) + 1)) {
      if (on) next.add(row.id);
      else next.delete(row.id);
    }
    lastPicked.current = rows[at]?.id;
    picked.change(next);
  };
  const all = picked !== undefined && rows.length > 0 && rows.every((row) => picked.ids.has(row.id));

  return (
    <div
      className={busy ? 'grid-box busy' : 'grid-box'}
      ref={box}
      tabIndex={0}
      role="region"
      aria-label={t('grid.region')}
    >
      <table className="grid" aria-rowcount={(total ?? rows.length) + 1} style={{ width: `max(100%, ${width}px)` }}>
        <caption className="visually-hidden">{t('lists.title')}</caption>
        <colgroup>
          {picked && <col style={{ width: SELECT }} />}
          <col style={{ width: NUMBER }} />
          {columns.map((column) => (
            <col key={column.key} style={{ width: column.width }} />
          ))}
          <col />
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {picked && (
              <th scope="col" className="grid-select grid-pinned" style={{ left: 0 }}>
                <Checkbox
                  aria-label={t('grid.selectAll')}
                  checked={all}
                  indeterminate={!all && picked.ids.size > 0}
                  onChange={(event) =>
                    picked.change(event.target.checked ? new Set(rows.map((row) => row.id)) : new Set())
                  }
                />
              </th>
            )}
            <th scope="col" className="grid-number grid-pinned" style={{ left: numberLeft }}>
              {t('grid.number')}
            </th>
            {columns.map((column) => (
              <Head
                key={column.key}
                column={column}
                left={lefts.get(column.key)}
                sort={sort}
                onSort={onSort}
                here={here}
                onArrange={arrange}
              />
            ))}
            <th aria-hidden className="grid-rest" />
          </tr>
          {here.filtering && (
            <tr className="grid-filters">
              {picked && <td className="grid-pinned" style={{ left: 0 }} />}
              <td className="grid-pinned" style={{ left: numberLeft }} />
              {columns.map((column) => (
                <td key={column.key} className={classOf(column)} style={{ left: lefts.get(column.key) }}>
                  <ColumnFilter
                    key={here.filters[column.key] ?? ''}
                    column={column}
                    value={here.filters[column.key] ?? ''}
                    onChange={(text) => filter(column.key, text)}
                  />
                </td>
              ))}
              <td aria-hidden className="grid-rest" />
            </tr>
          )}
        </thead>
        <tbody>
          <Gap height={first?.start ?? 0} span={columns.length + 3} />
          {items.map((item) => {
            const row = rows[item.index];
            if (!row)
              return (
                <tr key={item.key} className="grid-coming" aria-hidden style={{ height: ROW }}>
                  <td colSpan={columns.length + 3}>
                    <span className="loading-bar" />
                  </td>
                </tr>
              );
            const chosen = picked?.ids.has(row.id);
            return (
              <tr
                key={row.id}
                aria-rowindex={item.index + 2}
                className={chosen ? 'grid-chosen' : undefined}
                style={{ height: ROW }}
              >
                {picked && (
                  <td className="grid-select grid-pinned" style={{ left: 0 }}>
                    <Checkbox
                      aria-label={t('grid.select', { name: row.name })}
                      checked={chosen}
                      onChange={(event) =>
                        pick(
                          item.index,
                          event.target.checked,
                          event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey,
                        )
                      }
                    />
                  </td>
                )}
                <td className="grid-number grid-pinned num" style={{ left: numberLeft }}>
                  {item.index + 1}
                </td>
                {columns.map((column) => (
                  <Cell key={column.key} column={column} left={lefts.get(column.key)}>
                    {column.render(row)}
                  </Cell>
                ))}
                <td aria-hidden className="grid-rest" />
              </tr>
            );
          })}
          <Gap height={last ? virtual.getTotalSize() - last.end : 0} span={columns.length + 3} />
        </tbody>
        <tfoot>
          <tr>
            {picked && <td className="grid-pinned" style={{ left: 0 }} />}
            <td className="grid-number grid-pinned" style={{ left: numberLeft }} />
            {columns.map((column) => (
              <SumCell
                key={column.key}
                column={column}
                left={lefts.get(column.key)}
                className={classOf(column)}
                rows={chosenRows.length > 0 ? chosenRows : rows}
                of={chosenRows.length > 0 ? 'chosen' : here.isWhole ? 'all' : 'loaded'}
              />
            ))}
            <td aria-hidden className="grid-rest" />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

/** How far from the left each pinned column stays. */
function offsets(columns: GridColumn[], from: number): Map<string, number> {
  let left = from;
  const found = new Map<string, number>();
  for (const column of columns.filter((each) => each.pinned)) {
    found.set(column.key, left);
    left += column.width;
  }
  return found;
}

export function classOf(column: GridColumn): string | undefined {
  return [column.align, column.pinned && 'grid-pinned'].filter(Boolean).join(' ') || undefined;
}

function Head({
  column,
  left,
  sort,
  onSort,
  here,
  onArrange,
}: {
  column: GridColumn;
  left: number | undefined;
  sort: Sort;
  onSort: (sort: Sort) => void;
  here: Arranged;
  onArrange: (key: string, more: boolean) => void;
}) {
  const { t } = useTranslation();
  const field = column.sort;
  const own = here.sorts.find((each) => each.key === column.key);
  const direction = own
    ? own.descending
      ? 'descending'
      : 'ascending'
    : here.sorts.length > 0 || field === undefined
      ? here.isWhole || field !== undefined
        ? 'none'
        : undefined
      : sort === field
        ? 'ascending'
        : sort === `-${field}`
          ? 'descending'
          : 'none';
  const style: CSSProperties | undefined = left === undefined ? undefined : { left };
  return (
    <th scope="col" className={classOf(column)} style={style} aria-sort={direction}>
      {direction === undefined ? (
        column.title
      ) : (
        <button
          type="button"
          className={`sort sort-${direction ?? 'none'}`}
          title={t(here.isWhole ? 'grid.sortHint' : 'table.sortBy', { column: column.title })}
          onClick={(event) => {
            if (here.isWhole) onArrange(column.key, event.shiftKey || event.ctrlKey || event.metaKey);
            else if (field !== undefined) onSort(sort === `-${field}` ? field : `-${field}`);
          }}
        >
          {column.title}
          {own && here.sorts.length > 1 && <sup className="num">{here.sorts.indexOf(own) + 1}</sup>}
        </button>
      )}
    </th>
  );
}

/** What a column is filtered by: words, or for figures and days bounds; in force once one leaves the field or presses Enter. */
function ColumnFilter({
  column,
  value,
  onChange,
}: {
  column: GridColumn;
  value: string;
  onChange: (text: string) => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const commit = () => {
    if (text.trim() !== value) onChange(text.trim());
  };
  return (
    <input
      className="grid-filter"
      aria-label={t('grid.filterOf', { column: column.title })}
      title={t(column.align === 'right' ? 'grid.filterFigures' : 'grid.filterWords')}
      placeholder={column.align === 'right' ? '>=10' : undefined}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        if (event.key === 'Escape') setText(value);
      }}
    />
  );
}

const PLACES = new Map<string, number>();

/** Where the table was scrolled to at this address when it was left, so that who comes back from a project goes on there. */
function usePlace(box: RefObject<HTMLDivElement | null>): { initial: number } {
  const { pathname, search } = useLocation();
  const at = pathname + search;
  const [initial] = useState(() => PLACES.get(at) ?? 0);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    if (initial > 0) element.scrollTo({ top: initial });
    const keep = () => PLACES.set(at, element.scrollTop);
    element.addEventListener('scroll', keep, { passive: true });
    return () => element.removeEventListener('scroll', keep);
  }, [box, at, initial]);
  return { initial };
}

function Cell({ column, left, children }: { column: GridColumn; left: number | undefined; children: ReactNode }) {
  const style: CSSProperties | undefined = left === undefined ? undefined : { left };
  return column.key === 'name' ? (
    <th scope="row" className={classOf(column)} style={style}>
      {children}
    </th>
  ) : (
    <td className={classOf(column)} style={style}>
      {children}
    </td>
  );
}

function Gap({ height, span }: { height: number; span: number }) {
  return height > 0 ? (
    <tr aria-hidden className="grid-gap">
      <td colSpan={span} style={{ height }} />
    </tr>
  ) : null;
}

/** On a phone each project is a card; the browser leaves out what is not in sight. */
function Cards({ rows, columns, busy, more }: Props & { columns: GridColumn[] }) {
  const { t } = useTranslation();
  const end = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = more;
  useEffect(() => {
    if (!end.current || !hasNextPage || isFetchingNextPage) return;
    const watch = new IntersectionObserver(
      (seen) => {
        if (seen.some((each) => each.isIntersecting)) void fetchNextPage();
      },
      { rootMargin: '1200px' },
    );
    watch.observe(end.current);
    return () => watch.disconnect();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <>
      <ul className={busy ? 'cards busy' : 'cards'} aria-label={t('lists.title')}>
        {rows.map((row) => (
          <li key={row.id} className="card grid-card">
            {columns
              .filter((column) => column.key === 'name')
              .map((column) => (
                <div key={column.key} className="card-head">
                  {column.render(row)}
                </div>
              ))}
            <dl className="card-facts">
              {columns
                .filter((column) => column.key !== 'name')
                .map((column) => (
                  <div key={column.key}>
                    <dt>{column.title}</dt>
                    <dd>{column.render(row)}</dd>
                  </div>
                ))}
            </dl>
          </li>
        ))}
      </ul>
      <div ref={end} />
    </>
  );
}
