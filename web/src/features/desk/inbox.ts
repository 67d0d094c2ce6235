import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/api/client';
import type { DueItem, Named } from '@/api/types';
import { addDays, today } from '@/shared/dates';

/** What waits for the centre, as the list of what is due tells it. */
export const WAITING = [
  'claim-to-resolve',
  'move-to-verify',
  'capital-to-verify',
  'transfer-to-decide',
  'dispute-to-decide',
  'removal-to-decide',
] as const satisfies readonly DueItem['kind'][];

/** What waits for a second person of the centre. */
export const SECOND = ['rule-set', 'indicator', 'score-model', 'bulletin', 'period'] as const;

export type InboxKind = (typeof WAITING)[number] | (typeof SECOND)[number];

export interface InboxItem {
  key: string;
  kind: InboxKind;
  title: string | undefined;
  unit: Named | undefined;
  /** Since when it waits; absent where that is not known. */
  since: string | undefined;
  /** By when it is to be decided; absent where no day is set. */
  until: string | undefined;
  overdue: boolean;
  link: string;
}

const isWaiting = (kind: string): kind is (typeof WAITING)[number] => WAITING.some((each) => each === kind);

/** The oldest first; what waits without a day stands by since when it does, the rest by its day. */
export const inOrder = (items: InboxItem[]): InboxItem[] =>
  [...items].sort((a, b) => (a.since ?? a.until ?? '9').localeCompare(b.since ?? b.until ?? '9'));

/** For how many days something has waited. */
export function daysSince(since: string): number {
  let days = 0;
  for (let day = since; day < today() && days < 3660; day = addDays(day, 1)) days++;
  return days;
}

const fromDue = (item: DueItem): InboxItem | null =>
  isWaiting(item.kind)
    ? {
        key: `${item.kind} ${item.subject.id}`,
        kind: item.kind,
        title: item.project.name ?? item.title,
        unit: item.jurisdiction,
        since: item.waits ? item.on : undefined,
        until: item.waits ? undefined : item.on,
        overdue: item.overdue,
        link: item.link,
      }
    : null;

async function due(): Promise<InboxItem[]> {
  const found: InboxItem[] = [];
  let cursor: string | undefined;
  do {
    const page = await body(client.GET('/api/v1/due', { params: { query: { within: 'P1M', limit: 200, cursor } } }));
    found.push(...page.items.map(fromDue).filter((item) => item !== null));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return found;
}

/** Drafts that another person of the centre wrote, or asked for: those that the reader may decide. */
async function seconds(): Promise<InboxItem[]> {
  const [rules, indicators, models, bulletins, periods] = await Promise.all([
    body(client.GET('/api/v1/rule-set-drafts')),
    body(client.GET('/api/v1/indicators')),
    body(client.GET('/api/v1/score-models')),
    body(client.GET('/api/v1/bulletins', { params: { query: { limit: 50 } } })),
    body(client.GET('/api/v1/periods')),
  ]);
  const item = (kind: (typeof SECOND)[number], id: string, title: string | undefined, link: string): InboxItem => ({
    key: `${kind} ${id}`,
    kind,
    title,
    unit: undefined,
    since: undefined,
    until: undefined,
    overdue: false,
    link,
  });
  return [
    ...rules.items
      .filter((each) => each.allowedActions.includes('publish'))
      .map((each) => item('rule-set', each.id, each.rules.name, `/rule-sets/drafts/${each.id}`)),
    ...indicators.items
      .filter((each) => each.allowedActions.includes('publish'))
      .map((each) => item('indicator', each.id, each.name, '/indicators')),
    ...models.items
      .filter((each) => each.allowedActions.includes('publish'))
      .map((each) => item('score-model', each.id, each.name, `/score-models/${each.id}`)),
    ...bulletins.items
      .filter((each) => each.allowedActions.includes('issue'))
      .map((each) => item('bulletin', each.id, each.period, `/bulletins/${each.id}`)),
    ...periods.items
      .filter((each) => each.allowedActions.includes('confirm'))
      .map((each) => item('period', each.period, each.period, '/periods')),
  ];
}

/** Everything that waits for the centre, the oldest first. */
export const inboxQuery = queryOptions({
  queryKey: ['claims', 'moves', 'inbox'],
  queryFn: async () => inOrder((await Promise.all([due(), seconds()])).flat()),
});
