import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { body, client } from '@/api/client';
import type { CityEvent } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { ExportMenu } from '@/shared/ExportMenu';
import { ImportLink } from '@/shared/ImportLink';
import { Filter } from '@/shared/Filter';
import { JurisdictionSelect } from '@/shared/JurisdictionSelect';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { useUnitName } from '@/shared/units';
import { asQuery, useUrlState } from '@/shared/urlState';
import { Day } from '@/shared/When';
import { EVENT_KINDS } from './kinds';
import { only } from '@/shared/only';

const EventDialog = lazy(async () => ({ default: (await import('./EventDialogs')).EventDialog }));

const KEYS = ['kind', 'technology', 'unit'] as const;
type Values = Partial<Record<(typeof KEYS)[number], string>>;

const eventsQuery = (values: Values) =>
  infiniteQueryOptions({
    queryKey: ['events', 'list', values],
    queryFn: ({ pageParam }) =>
      body(
        client.GET('/api/v1/events', {
          params: {
            query: {
              kind: only(EVENT_KINDS.find((kind) => kind === values.kind)),
              technology: values.technology === undefined ? undefined : values.technology === 'true',
              jurisdictionId: values.unit,
              limit: 50,
              cursor: pageParam,
            },
          },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

/** Events by month, the latest first. */
export function EventsPage() {
  const { t } = useTranslation();
  const can = useCan();
  const unit = useUnitName();
  const { values, change } = useUrlState(KEYS);
  const [adding, setAdding] = useState(false);
  const query = useInfiniteQuery(eventsQuery(values));
  const events = query.data?.pages.flatMap((page) => page.items) ?? [];
  const months = [...new Set(events.map((event) => event.startsOn.slice(0, 7)))];
  return (
    <Page
      title={t('events.title')}
      lead={t('events.lead')}
      wide
      actions={
        <>
          <ImportLink kind="events" act="manage-events" />
          <ExportMenu
            name="events"
            query={() => asQuery({ ...values, unit: undefined, jurisdictionId: values.unit })}
          />
          <ExportMenu
            name="event-results"
            query={() => asQuery({ jurisdictionId: values.unit })}
            label={t('events.exportResults')}
          />
          {can('manage-events') && (
            <Button type="primary" onClick={() => setAdding(true)}>
              {t('events.add')}
            </Button>
          )}
        </>
      }
    >
      <div className="filters" role="search" aria-label={t('lists.filters')}>
        <Filter id="events-kind" label={t('events.kind')}>
          <Select
            id="events-kind"
            allowClear
            value={values.kind}
            placeholder={t('resources.any')}
            onChange={(kind: string | undefined) => change({ kind })}
            options={EVENT_KINDS.map((kind) => ({ value: kind, label: t(`eventKind.${kind}`) }))}
          />
        </Filter>
        <Filter id="events-technology" label={t('events.technology')}>
          <Select
            id="events-technology"
            allowClear
            value={values.technology}
            placeholder={t('resources.any')}
            onChange={(technology: string | undefined) => change({ technology })}
            options={[
              { value: 'true', label: t('resources.yes') },
              { value: 'false', label: t('resources.no') },
            ]}
          />
        </Filter>
        <Filter id="events-unit" label={t('events.organiser')}>
          <JurisdictionSelect
            id="events-unit"
            reportingOnly
            value={values.unit}
            onChange={(next) => change({ unit: next })}
          />
        </Filter>
      </div>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {query.data && events.length === 0 && <Empty title={t('events.empty')}>{t('events.emptyHint')}</Empty>}
      {months.map((month) => (
        <Panel key={month} title={<span className="num">{month}</span>}>
          <DataTable<CityEvent>
            caption={month}
            rows={events.filter((event) => event.startsOn.startsWith(month))}
            rowKey={(event) => event.id}
            busy={query.isPlaceholderData}
            columns={[
              {
                key: 'name',
                title: t('events.name'),
                heading: true,
                render: (event) => <Link to={`/events/${event.id}`}>{event.name}</Link>,
              },
              { key: 'kind', title: t('events.kind'), render: (event) => t(`eventKind.${event.kind}`) },
              {
                key: 'days',
                title: t('events.startsOn'),
                render: (event) => (
                  <>
                    <Day date={event.startsOn} />
                    {event.endsOn !== event.startsOn && (
                      <>
                        {' – '}
                        <Day date={event.endsOn} />
                      </>
                    )}
                  </>
                ),
              },
              { key: 'place', title: t('events.place'), render: (event) => event.place ?? t('common.none') },
              {
                key: 'organiser',
                title: t('events.organiser'),
                render: (event) => (event.organiser ? unit(event.organiser) : t('events.centre')),
              },
              {
                key: 'status',
                title: t('resources.status'),
                render: (event) => <span className="tag">{t(`eventStatus.${event.status}`)}</span>,
              },
            ]}
          />
        </Panel>
      ))}
      <LoadMore {...query} />
      {adding && (
        <Suspense fallback={null}>
          <EventDialog onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </Page>
  );
}
