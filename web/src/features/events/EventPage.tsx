import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { body, client } from '@/api/client';
import type { CityEvent, EventResult } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { LinkButton } from '@/shared/LinkButton';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Facts, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { ReasonDialog } from '@/shared/ReasonDialog';
import { useUnitName } from '@/shared/units';
import { ifMatch, useChange } from '@/shared/useChange';
import { Day } from '@/shared/When';

const dialogs = () => import('./EventDialogs');
const EventDialog = lazy(async () => ({ default: (await dialogs()).EventDialog }));
const ResultDialog = lazy(async () => ({ default: (await dialogs()).ResultDialog }));
const CloseDialog = lazy(async () => ({ default: (await dialogs()).CloseDialog }));

/** An event, and what came of it as far as the reader may know. */
export function EventPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const can = useCan();
  const unit = useUnitName();
  const change = useChange('events');
  const [open, setOpen] = useState<'edit' | 'cancel' | null>(null);
  const query = useQuery({
    queryKey: ['events', 'one', id],
    queryFn: () => body(client.GET('/api/v1/events/{id}', { params: { path: { id } } })),
  });
  const event = query.data;
  return (
    <Page
      title={event?.name ?? t('events.title')}
      lead={
        event && (
          <>
            <span className="tag">{t(`eventStatus.${event.status}`)}</span> {t(`eventKind.${event.kind}`)}
          </>
        )
      }
      wide
      actions={
        <>
          <LinkButton to="/events">{t('events.title')}</LinkButton>
          {event?.allowedActions.includes('edit') && (
            <Button onClick={() => setOpen('edit')}>{t('resources.edit')}</Button>
          )}
          {event?.allowedActions.includes('cancel') && (
            <Button danger onClick={() => setOpen('cancel')}>
              {t('events.cancel')}
            </Button>
          )}
        </>
      }
    >
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {event && (
        <Panel>
          <Facts
            items={[
              { label: t('events.startsOn'), value: <Day date={event.startsOn} /> },
              { label: t('events.endsOn'), value: <Day date={event.endsOn} /> },
              { label: t('events.place'), value: event.place ?? t('common.none') },
              {
                label: t('events.organiser'),
                value: event.organiser ? unit(event.organiser) : t('events.centre'),
              },
              { label: t('events.technology'), value: t(`resources.${event.technology ? 'yes' : 'no'}`) },
              {
                label: t('events.participants'),
                value:
                  event.participants.length > 0 ? event.participants.join(t('common.listSeparator')) : t('common.none'),
                wide: true,
              },
              event.note !== undefined && { label: t('resources.note'), value: event.note, wide: true },
            ]}
          />
          {event.cancelReason && <p>{t('events.cancelled', { reason: event.cancelReason })}</p>}
        </Panel>
      )}
      {event && can('read-results') && <Results event={event} />}
      {event && (
        <Suspense fallback={null}>
          {open === 'edit' && <EventDialog event={event} onClose={() => setOpen(null)} />}
          <ReasonDialog
            open={open === 'cancel'}
            title={t('events.cancelOf', { name: event.name })}
            confirm={t('events.cancel')}
            danger
            onConfirm={(reason) =>
              change.mutateAsync(() =>
                body(
                  client.POST('/api/v1/events/{id}/cancel', {
                    params: { path: { id }, header: ifMatch(event.version) },
                    body: { reason },
                  }),
                ),
              )
            }
            onClose={() => setOpen(null)}
          />
        </Suspense>
      )}
    </Page>
  );
}

function Results({ event }: { event: CityEvent }) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const [editing, setEditing] = useState<EventResult | 'new' | null>(null);
  const [closing, setClosing] = useState<EventResult | null>(null);
  const query = useInfiniteQuery({
    queryKey: ['events', 'results', event.id],
    queryFn: ({ pageParam }) =>
      body(
        client.GET('/api/v1/event-results', {
          params: { query: { eventId: event.id, limit: 50, cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  const results = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Panel
      title={t('events.results')}
      extra={
        event.allowedActions.includes('add-result') && (
          <Button onClick={() => setEditing('new')}>{t('events.addResult')}</Button>
        )
      }
    >
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={3} />}
      {query.data && results.length === 0 && <Empty title={t('events.noResults')}>{t('events.noResultsHint')}</Empty>}
      {results.length > 0 && (
        <DataTable<EventResult>
          caption={t('events.results')}
          rows={results}
          rowKey={(result) => result.id}
          columns={[
            {
              key: 'title',
              title: t('events.result'),
              heading: true,
              render: (result) => (
                <>
                  <strong>{result.title}</strong> <span className="tag">{t(`resultKind.${result.kind}`)}</span>
                </>
              ),
            },
            {
              key: 'project',
              title: t('events.project'),
              render: (result) =>
                result.project ? (
                  <Link to={`/projects/${result.project.id}`}>{result.project.name}</Link>
                ) : (
                  t('common.none')
                ),
            },
            {
              key: 'unit',
              title: t('resources.unit'),
              render: (result) => (result.unit ? unit(result.unit) : t('common.none')),
            },
            { key: 'carrier', title: t('events.carrier'), render: (result) => result.carrier ?? t('common.none') },
            { key: 'person', title: t('events.person'), render: (result) => result.person ?? t('common.none') },
            {
              key: 'assignBy',
              title: t('events.assignBy'),
              render: (result) => (
                <>
                  <Day date={result.assignBy} /> {result.overdue && <span className="tag">{t('events.late')}</span>}
                </>
              ),
            },
            {
              key: 'outcome',
              title: t('events.outcome'),
              render: (result) => (
                <>
                  <span className="tag">{t(`resultOutcome.${result.outcome}`)}</span> {result.outcomeNote}
                </>
              ),
            },
            {
              key: 'act',
              title: t('resources.act'),
              render: (result) => (
                <>
                  {result.allowedActions.includes('edit') && (
                    <Button
                      size="small"
                      aria-label={t('events.assignOf', { title: result.title })}
                      onClick={() => setEditing(result)}
                    >
                      {t('events.assign')}
                    </Button>
                  )}{' '}
                  {result.allowedActions.includes('close') && (
                    <Button
                      size="small"
                      aria-label={t('events.closeOf', { title: result.title })}
                      onClick={() => setClosing(result)}
                    >
                      {t('events.close')}
                    </Button>
                  )}
                </>
              ),
            },
          ]}
        />
      )}
      <LoadMore {...query} />
      <Suspense fallback={null}>
        {editing && (
          <ResultDialog
            event={event}
            result={editing === 'new' ? undefined : editing}
            onClose={() => setEditing(null)}
          />
        )}
        {closing && <CloseDialog result={closing} onClose={() => setClosing(null)} />}
      </Suspense>
    </Panel>
  );
}
