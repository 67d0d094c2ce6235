import { useEffect, useMemo, useState } from 'react';
import type { Project } from '@/api/types';
import {
  filterRows,
  MOST_HERE,
  readFilters,
  readSorts,
  sortRows,
  type ColumnFilters,
  type ColumnSort,
} from './arrange';
import type { Layout } from './columns';
import { useGridColumns } from './gridColumns';
import type { ListValues } from './listState';

export interface Arranged {
  rows: Project[];
  /** Whether all there are have come, so that any column may order and filter them. */
  isWhole: boolean;
  isFiltered: boolean;
  sorts: ColumnSort[];
  filters: ColumnFilters;
  filtering: boolean;
  toggleFilters: () => void;
}

/** Fetches a list that is short enough to the end, and then orders and filters it by any of its columns. */
export function useArranged({
  values,
  layout,
  past,
  loaded,
  total,
  query,
}: {
  values: ListValues;
  layout: Layout;
  past: boolean;
  loaded: Project[];
  total: number | undefined;
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; isError: boolean; fetchNextPage: () => unknown };
}): Arranged {
  const columns = useGridColumns(layout, past);
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = query;
  const isShort = total !== undefined && total <= MOST_HERE;
  useEffect(() => {
    if (isShort && hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [isShort, hasNextPage, isFetchingNextPage, isError, fetchNextPage, loaded.length]);
  const isWhole = !hasNextPage && loaded.length > 0;
  const sorts = useMemo(() => (isWhole ? readSorts(values.order) : []), [isWhole, values.order]);
  const filters = useMemo(() => (isWhole ? readFilters(values.where) : {}), [isWhole, values.where]);
  const isFiltered = Object.keys(filters).length > 0;
  const [open, setOpen] = useState(false);
  const rows = useMemo(() => {
    const found = isFiltered ? filterRows(loaded, columns, filters) : loaded;
    return sorts.length > 0 ? sortRows(found, columns, sorts) : found;
  }, [loaded, columns, filters, isFiltered, sorts]);
  return {
    rows,
    isWhole,
    isFiltered,
    sorts,
    filters,
    filtering: isWhole && (open || isFiltered),
    toggleFilters: () => setOpen(!open),
  };
}
