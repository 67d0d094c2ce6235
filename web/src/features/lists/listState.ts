import type { ExportQuery, Light, ListQuery, ListStage, ProjectQuery, Stage } from '@/api/types';
import type { UrlValues } from '@/shared/urlState';

export const LIST_STAGES: readonly ListStage[] = ['in-talks', 'signed', 'registered', 'started'];
export const ALL_STAGES: readonly Stage[] = [...LIST_STAGES, 'in-production', 'terminated'];
export const LIGHTS: readonly Light[] = ['green', 'yellow', 'red'];

export const LIST_KEYS = [
  'view',
  'month',
  'stage',
  'jurisdiction',
  'industry',
  'currency',
  'min',
  'max',
  'q',
  'light',
  'sort',
  'order',
  'where',
  'columns',
] as const;
export type ListKey = (typeof LIST_KEYS)[number];
export type ListValues = UrlValues<ListKey>;

/** How many rows are fetched at a time while one scrolls. */
export const PAGE_SIZE = 200;

export const SORTS = ['createdAt', 'updatedAt', 'totalInvestment', 'name', 'code'] as const;
export type Sort = (typeof SORTS)[number] | `-${(typeof SORTS)[number]}`;

function oneOf<T extends string>(value: string | undefined, allowed: readonly T[]): T | undefined {
  return allowed.find((each) => each === value);
}

/** The order of the table, always told to the server, so that what is marked is what was asked for. */
export function sortOf(values: ListValues): Sort {
  return (
    oneOf(
      values.sort,
      SORTS.flatMap((field): Sort[] => [field, `-${field}`]),
    ) ?? '-createdAt'
  );
}

const VIEW = 'pipeline.lists.view';

/** The table, unless the address or, without it, what was chosen last says the board. */
export function viewOf(values: ListValues): 'board' | 'table' {
  return (values.view ?? localStorage.getItem(VIEW)) === 'board' ? 'board' : 'table';
}

export function rememberView(view: 'board' | 'table'): void {
  localStorage.setItem(VIEW, view);
}

/** A month is asked of one of the four lists; another stage has none. */
export function listStageOf(values: ListValues): ListStage {
  return oneOf(values.stage, LIST_STAGES) ?? 'in-talks';
}

export function monthOf(values: ListValues): string | undefined {
  return values.month && /^\d{4}-(0[1-9]|1[0-2])$/.test(values.month) ? values.month : undefined;
}

type Narrowing = Pick<ProjectQuery, 'jurisdictionId' | 'industry' | 'currency' | 'minAmount' | 'maxAmount' | 'q'>;

function compact<T extends object>(query: T): T {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as T;
}

/** The values of a filter that takes several, as the address holds them: with commas between. */
export function severalOf(text: string | undefined): string[] | undefined {
  const values = text?.split(',').filter((each) => each.length > 0) ?? [];
  return values.length > 0 ? values : undefined;
}

/** What an address narrows by; what it holds of nonsense is left out. */
function narrowing(values: ListValues): Narrowing {
  const amount = (text: string | undefined) => (text && /^\d+(\.\d{1,2})?$/.test(text) ? Number(text) : undefined);
  return {
    jurisdictionId: severalOf(values.jurisdiction),
    industry: severalOf(values.industry),
    currency: severalOf(values.currency),
    minAmount: amount(values.min),
    maxAmount: amount(values.max),
    q: values.q,
  };
}

/** All projects that an address asks for, in its order. */
export function exportQuery(values: ListValues): ExportQuery {
  const stage = oneOf(values.stage, ALL_STAGES);
  return compact<ExportQuery>({
    stage: stage && [stage],
    ...narrowing(values),
    idle: oneOf(values.light, LIGHTS),
    sort: sortOf(values),
  });
}

/** What is asked to count the projects of each stage, or light, among what the other filters leave. */
export function countQuery(values: ListValues, by: { stage: [Stage] } | { idle: Light } | undefined): ProjectQuery {
  const { sort: _, ...query } = exportQuery({ ...values, sort: undefined });
  return compact<ProjectQuery>({ ...query, ...by, count: true, limit: 1 });
}

/** The query to one of the four lists, now or at a month's end; a list knows no lights. */
export function listQuery(values: ListValues): ListQuery {
  return compact<ListQuery>({ month: monthOf(values), ...narrowing(values) });
}

/** How many filters narrow what is shown, the unit, the view and the order aside. */
export function filterCount(values: ListValues): number {
  const shown =
    viewOf(values) === 'table' ? (monthOf(values) ? (['stage'] as const) : (['stage', 'light'] as const)) : [];
  return (['industry', 'currency', 'min', 'max', 'q', ...shown] as const).filter((key) => values[key]).length;
}
