import type { Import } from '@/api/types';
import type { Mapping } from './queries';

/** Header to field as an import took them; a column that means nothing maps to the empty field. */
export function mappingOf(each: Pick<Import, 'columns'>): Mapping {
  return Object.fromEntries(each.columns.map((column) => [column.header, column.field ?? '']));
}

/** The mapping to send: every column named, so that none is guessed anew. */
export function mappingRequest(mapping: Mapping): Mapping | undefined {
  return Object.keys(mapping).length > 0 ? mapping : undefined;
}

/** Fields that more than one column is mapped to. */
export function doubled(mapping: Mapping): string[] {
  const seen = new Map<string, number>();
  for (const field of Object.values(mapping)) if (field) seen.set(field, (seen.get(field) ?? 0) + 1);
  return [...seen].filter(([, n]) => n > 1).map(([field]) => field);
}
