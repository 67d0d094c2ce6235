import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNarrow } from './media';

export interface Column<T> {
  key: string;
  title: string;
  render: (row: T) => ReactNode;
  align?: 'right';
  /** The field to sort by, where the API offers it. */
  sort?: string;
  /** On a phone: the card's heading. */
  heading?: boolean;
  /** On a phone: left out. */
  wideOnly?: boolean;
}

interface Props<T> {
  caption: string;
  columns: Column<T>[];
  rows: T[];
  rowKey: (row: T) => string;
  sort?: string;
  onSort?: (sort: string) => void;
  busy?: boolean;
  /** What the rows come to together, by the key of a column; a column without a sum stays empty. */
  sums?: Record<string, ReactNode>;
}

/** A table on a desk, a list of cards on a phone. */
export function DataTable<T>({ caption, columns, rows, rowKey, sort, onSort, busy, sums }: Props<T>) {
  const { t } = useTranslation();
  const narrow = useNarrow();

  if (narrow) {
    return (
      <ul className={busy ? 'cards busy' : 'cards'} aria-label={caption}>
        {rows.map((row) => (
          <li key={rowKey(row)} className="card">
            {columns
              .filter((column) => column.heading)
              .map((column) => (
                <div key={column.key} className="card-head">
                  {column.render(row)}
                </div>
              ))}
            <dl className="card-facts">
              {columns
                .filter((column) => !column.heading && !column.wideOnly)
                .map((column) => (
                  <div key={column.key}>
                    <dt>{column.title}</dt>
                    <dd>{column.render(row)}</dd>
                  </div>
                ))}
            </dl>
          </li>
        ))}
        {sums && (
          <li className="card">
            <div className="card-head">{t('table.total')}</div>
            <dl className="card-facts">
              {columns
                .filter((column) => sums[column.key] !== undefined)
                .map((column) => (
                  <div key={column.key}>
                    <dt>{column.title}</dt>
                    <dd>{sums[column.key]}</dd>
                  </div>
                ))}
            </dl>
          </li>
        )}
      </ul>
    );
  }

  return (
    <div className={busy ? 'table-wrap busy' : 'table-wrap'} tabIndex={0} role="region" aria-label={caption}>
      <table className="table">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => {
              const field = column.sort;
              const direction =
                field === undefined
                  ? undefined
                  : sort === field
                    ? 'ascending'
                    : sort === `-${field}`
                      ? 'descending'
                      : 'none';
              return (
                <th key={column.key} scope="col" className={column.align} aria-sort={direction}>
                  {field !== undefined && onSort ? (
                    <button
                      type="button"
                      className={`sort sort-${direction ?? 'none'}`}
                      onClick={() => onSort(sort === `-${field}` ? field : `-${field}`)}
                      title={t('table.sortBy', { column: column.title })}
                    >
                      {column.title}
                    </button>
                  ) : (
                    column.title
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) =>
                column.heading ? (
                  <th key={column.key} scope="row" className={column.align}>
                    {column.render(row)}
                  </th>
                ) : (
                  <td key={column.key} className={column.align}>
                    {column.render(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
        {sums && (
          <tfoot>
            <tr>
              {columns.map((column) =>
                column.heading ? (
                  <th key={column.key} scope="row">
                    {t('table.total')}
                  </th>
                ) : (
                  <td key={column.key} className={column.align}>
                    {sums[column.key]}
                  </td>
                ),
              )}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}
