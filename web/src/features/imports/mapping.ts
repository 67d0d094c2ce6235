import type { Import, ImportRow } from '@/api/types';
import type { Mapping } from './queries';

/** Header to field as an import took them; a column that means nothing maps to the empty field. */
export function mappingOf(each: Pick<Import, 'columns'>): Mapping {
  return Object.fromEntries(each.columns.map((column) => [column.header, column.field ?? '']));
}

/** The mapping to send: every column named, so that none is guessed anew. */
export function mappingRequest(mapping: Mapping): Mapping | undefined {
  return Object.keys(mapping).length > 0 ? mapping : undefined;
}

/** Fields that more than one column of one table is mapped to; the tables are told by the columns that rows have. */
export function doubled(mapping: Mapping, rows: readonly Pick<ImportRow, 'original'>[]): string[] {
  const tables = new Map(rows.map(({ original }) => [Object.keys(original).join('\n'), Object.keys(original)]));
  const twice = new Set<string>();
  for (const columns of tables.size > 0 ? tables.values() : [Object.keys(mapping)]) {
    const seen = new Set<string>();
    for (const field of columns.map((column) => mapping[column])) {
      if (field && seen.has(field)) twice.add(field);
      if (field) seen.add(field);
    }
  }
  return [...twice];
}
