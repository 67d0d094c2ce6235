/** What the table does with rows that are all here: order by any columns, keep those that the columns' filters find. */

export type CellValue = string | number | undefined;

export interface Arrangeable<Row> {
  key: string;
  /** What the column orders and filters by: a figure, or the text shown. */
  value: (row: Row) => CellValue;
}

export interface ColumnSort {
  key: string;
  descending: boolean;
}

/** As many rows as are fetched to the last for the sake of ordering and filtering here; beyond that the server orders alone. */
export const MOST_HERE = 2000;

/** `stage,-total-investment` → the columns to order by, the first counts most. */
export function readSorts(text: string | undefined): ColumnSort[] {
  return (text ?? '')
    .split(',')
    .filter((part) => /^-?[a-z0-9-]+$/.test(part) && part !== '-')
    .map((part) => ({ key: part.replace(/^-/, ''), descending: part.startsWith('-') }));
}

export function writeSorts(sorts: readonly ColumnSort[]): string | undefined {
  return sorts.map((each) => (each.descending ? `-${each.key}` : each.key)).join() || undefined;
}

/** A click on a head: that column alone, or, with `more`, besides those there are; again, the other way round; a third time, not at all. */
export function nextSorts(sorts: readonly ColumnSort[], key: string, more: boolean): ColumnSort[] {
  const now = sorts.find((each) => each.key === key);
  const next = now ? (now.descending ? undefined : { key, descending: true }) : { key, descending: false };
  if (!more) return next ? [next] : [];
  return now
    ? sorts.flatMap((each) => (each.key === key ? (next ? [next] : []) : [each]))
    : [...sorts, { key, descending: false }];
}

// Chinese by its sounds, figures within a text by their size.
const collator = new Intl.Collator(['zh-CN-u-co-pinyin', 'en'], { numeric: true });

function compare(a: CellValue, b: CellValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return collator.compare(String(a), String(b));
}

/** The rows in the order wanted; what is empty stands last in either direction, equals stay as they were. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Arrangeable<Row>[],
  sorts: readonly ColumnSort[],
): Row[] {
  const by = sorts.flatMap((sort) => {
    const column = columns.find((each) => each.key === sort.key);
    return column ? [{ value: column.value, descending: sort.descending }] : [];
  });
  return [...rows].sort((one, other) => {
    for (const { value, descending } of by) {
      const [a, b] = [value(one), value(other)];
      if (a === undefined || a === '' || b === undefined || b === '') {
        const empty = Number(a === undefined || a === '') - Number(b === undefined || b === '');
        if (empty !== 0) return empty;
        continue;
      }
      const order = compare(a, b);
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
}

const fold = (text: string) => text.normalize('NFKC').toLowerCase();
const BOUND = /^(>=|<=|>|<|=)\s*(-?\d+(?:\.\d+)?)$/;
const RANGE = /^(\d+(?:\.\d+)?)\s*(?:-|~|\.\.)\s*(\d+(?:\.\d+)?)$/;

/** Whether a cell is what a filter asks for: a text that holds the words, a figure that is within the bounds (`>=10`, `5-20`). */
export function fits(value: CellValue, filter: string): boolean {
  const wanted = fold(filter.trim());
  if (wanted === '') return true;
  if (value === undefined) return false;
  if (typeof value === 'number') {
    const bound = BOUND.exec(wanted);
    const range = RANGE.exec(wanted);
    if (range) return value >= Number(range[1]) && value <= Number(range[2]);
    if (!bound) return String(value).startsWith(wanted);
    const limit = Number(bound[2]);
    return { '>=': value >= limit, '<=': value <= limit, '>': value > limit, '<': value < limit, '=': value === limit }[
      bound[1] as '>='
    ];
  }
  // Days are compared by their first figures as well: >=2026-03 is from March on.
  const day = /^(>=|<=|>|<)\s*(\d{4}(?:-\d{2}){0,2})$/.exec(wanted);
  if (day && /^\d{4}-\d{2}-\d{2}/.test(value)) {
    const [, sign, from = ''] = day;
    const part = value.slice(0, from.length);
    return sign === '>=' ? part >= from : sign === '<=' ? part <= from : sign === '>' ? part > from : part < from;
  }
  return wanted.split(/\s+/).every((word) => fold(value).includes(word));
}

export type ColumnFilters = Readonly<Record<string, string>>;

export function filterRows<Row>(
  rows: readonly Row[],
  columns: readonly Arrangeable<Row>[],
  filters: ColumnFilters,
): Row[] {
  const wanted = Object.entries(filters).flatMap(([key, filter]) => {
    const column = columns.find((each) => each.key === key);
    return column && filter.trim() !== '' ? [{ value: column.value, filter }] : [];
  });
  return rows.filter((row) => wanted.every(({ value, filter }) => fits(value(row), filter)));
}

/** The filters of columns as an address keeps them. */
export function readFilters(text: string | undefined): ColumnFilters {
  return Object.fromEntries(
    (text ?? '').split('|').flatMap((pair) => {
      const at = pair.indexOf('~');
      return at > 0 && at < pair.length - 1 ? [[pair.slice(0, at), pair.slice(at + 1)]] : [];
    }),
  );
}

export function writeFilters(filters: ColumnFilters): string | undefined {
  return (
    Object.entries(filters)
      .filter(([, filter]) => filter.trim() !== '')
      .map(([key, filter]) => `${key}~${filter.replaceAll('|', ' ')}`)
      .join('|') || undefined
  );
}
