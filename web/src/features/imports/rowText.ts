import { useTranslation } from 'react-i18next';
import type { ImportRow } from '@/api/types';

export type Outcome = 'accepted' | 'doubtful' | 'rejected';

export function outcomeOf(row: ImportRow): Outcome {
  return row.outcome === 'rejected' ? 'rejected' : row.doubtful ? 'doubtful' : 'accepted';
}

/** What is said of the row as a whole, or of a column that is not shown. */
export function looseIssues(row: ImportRow, shown: readonly string[]): ImportRow['issues'] {
  return row.issues.filter((issue) => issue.column === undefined || !shown.includes(issue.column));
}

/** What is said of rows and cells, in words. */
export interface Told {
  /** Of a row as a whole; undefined where there is nothing to say. */
  row: (row: ImportRow) => string | undefined;
  /** Of a cell: what is wrong, and the file's own text. */
  cell: (row: ImportRow, column: string, correction: string | undefined) => string | undefined;
  /** A cell as it is read out. */
  cellLabel: (row: ImportRow | undefined, column: string | undefined, text: string | undefined) => string;
  isBad: (row: ImportRow | undefined, column: string | undefined) => boolean;
}

export function useTold(columns: readonly string[], placeOf: (row: ImportRow) => string): Told {
  const { t } = useTranslation();
  const issuesOf = (row: ImportRow, column: string) => row.issues.filter((issue) => issue.column === column);
  return {
    row(row) {
      const loose = looseIssues(row, columns);
      return loose.length > 0 ? loose.map((issue) => issue.message).join('\n') : undefined;
    },
    cell(row, column, correction) {
      const original = row.original[column];
      if (original === undefined) return t('imports.sheet.noCell');
      const lines = issuesOf(row, column).map((issue) => issue.message);
      return [
        ...lines,
        ...(original || correction !== undefined ? [t('imports.sheet.originalIs', { text: original })] : []),
      ].join('\n');
    },
    cellLabel(row, column, text) {
      if (!row || column === undefined) return t('imports.sheet.title');
      return [
        t('imports.sheet.cell', { column, place: placeOf(row) }),
        text === undefined ? t('imports.sheet.noCell') : text || t('imports.sheet.empty'),
        ...issuesOf(row, column).map((issue) => issue.message),
      ].join(t('common.listSeparator'));
    },
    isBad: (row, column) =>
      row !== undefined && column !== undefined && issuesOf(row, column).some((issue) => issue.severity === 'refusal'),
  };
}
