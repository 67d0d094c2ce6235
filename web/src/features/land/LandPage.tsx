import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { body, client } from '@/api/client';
import type { Parcel } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { ExportMenu } from '@/shared/ExportMenu';
import { ImportLink } from '@/shared/ImportLink';
import { Filter, TextFilter } from '@/shared/Filter';
import { JurisdictionSelect } from '@/shared/JurisdictionSelect';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading, Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { useUnitName } from '@/shared/units';
import { asQuery, useUrlState } from '@/shared/urlState';
import { Day } from '@/shared/When';
import { LandSize, PARCEL_STATUSES, ParcelState } from '@/shared/land/fits';

const ParcelDialog = lazy(async () => ({ default: (await import('./ParcelDialog')).ParcelDialog }));

const KEYS = ['list', 'q', 'minMu', 'cleared', 'zone', 'status', 'unit'] as const;
const LISTS = ['offer', 'reserve'] as const;
const ZONES = ['provincial', 'other'] as const;

type Values = Partial<Record<(typeof KEYS)[number], string>>;

const parcelsQuery = (values: Values) =>
  infiniteQueryOptions({
    queryKey: ['parcels', 'list', values],
    queryFn: ({ pageParam }) =>
      body(
        client.GET('/api/v1/parcels', {
          params: {
            query: {
              list: LISTS.find((list) => list === values.list),
              q: values.q,
              minMu: values.minMu === undefined ? undefined : Number(values.minMu),
              cleared: values.cleared === undefined ? undefined : values.cleared === 'true',
              zone: ZONES.find((zone) => zone === values.zone),
              status: PARCEL_STATUSES.find((status) => status === values.status),
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

/** Land on offer and kept back, in m² and mu. */
export function LandPage() {
  const { t } = useTranslation();
  const can = useCan();
  const unit = useUnitName();
  const { values, change } = useUrlState(KEYS);
  const [adding, setAdding] = useState(false);
  const query = useInfiniteQuery(parcelsQuery(values));
  const parcels = query.data?.pages.flatMap((page) => page.items) ?? [];
  const choice = (key: 'zone' | 'cleared' | 'status', label: string, options: { value: string; label: string }[]) => (
    <Filter id={`land-${key}`} label={label}>
      <Select
        id={`land-${key}`}
        allowClear
        value={values[key]}
        placeholder={t('resources.any')}
        onChange={(next: string | undefined) => change({ [key]: next })}
        options={options}
      />
    </Filter>
  );
  return (
    <Page
      title={t('land.title')}
      lead={t('land.lead')}
      wide
      actions={
        <>
          <ImportLink kind="parcels" act="manage-land" />
          <ExportMenu
            name="parcels"
            query={() => asQuery({ ...values, unit: undefined, jurisdictionId: values.unit })}
          />
          {can('manage-land') && (
            <Button type="primary" onClick={() => setAdding(true)}>
              {t('land.add')}
            </Button>
          )}
        </>
      }
    >
      <div className="filters" role="search" aria-label={t('lists.filters')}>
        <Filter id="land-list" label={t('land.list')}>
          <Select
            id="land-list"
            value={values.list ?? ''}
            onChange={(list: string) => change({ list: list || undefined })}
            options={[
              { value: '', label: t('resources.all') },
              ...LISTS.map((list) => ({ value: list, label: t(`landList.${list}`) })),
            ]}
          />
        </Filter>
        <TextFilter
          key={values.q}
          id="land-q"
          label={t('land.search')}
          placeholder={t('land.searchHint')}
          value={values.q}
          onChange={(q) => change({ q })}
        />
        <TextFilter
          key={`mu ${values.minMu}`}
          id="land-mu"
          label={t('land.minMu')}
          value={values.minMu}
          onChange={(minMu) => change({ minMu: minMu && Number(minMu) > 0 ? minMu : undefined })}
        />
        {choice('cleared', t('land.cleared'), [
          { value: 'true', label: t('resources.yes') },
          { value: 'false', label: t('resources.no') },
        ])}
        {choice(
          'zone',
          t('land.zone'),
          ZONES.map((zone) => ({ value: zone, label: t(`zoneRank.${zone}`) })),
        )}
        {choice(
          'status',
          t('resources.status'),
          PARCEL_STATUSES.map((status) => ({ value: status, label: t(`parcelStatus.${status}`) })),
        )}
        <Filter id="land-unit" label={t('resources.unit')}>
          <JurisdictionSelect
            id="land-unit"
            reportingOnly
            value={values.unit}
            onChange={(next) => change({ unit: next })}
          />
        </Filter>
      </div>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {query.data && parcels.length === 0 && <Empty title={t('land.empty')}>{t('land.emptyHint')}</Empty>}
      {parcels.length > 0 && (
        <DataTable<Parcel>
          caption={t('land.title')}
          rows={parcels}
          rowKey={(parcel) => parcel.id}
          busy={query.isPlaceholderData}
          columns={[
            {
              key: 'place',
              title: t('land.place'),
              heading: true,
              render: (parcel) => <Link to={`/land/${parcel.id}`}>{parcel.place}</Link>,
            },
            { key: 'unit', title: t('resources.unit'), render: (parcel) => unit(parcel.jurisdiction) },
            {
              key: 'zone',
              title: t('land.zone'),
              render: (parcel) => (parcel.zone ? t(`zoneRank.${parcel.zone}`) : t('resources.unknown')),
            },
            { key: 'area', title: t('land.area'), render: (parcel) => <LandSize parcel={parcel} /> },
            {
              key: 'contiguous',
              title: t('land.contiguous'),
              render: (parcel) => (
                <span className="num nowrap">{t('land.mu', { mu: parcel.contiguousMu.toFixed(2) })}</span>
              ),
            },
            {
              key: 'cleared',
              title: t('land.cleared'),
              render: (parcel) =>
                parcel.cleared === undefined ? t('resources.unknown') : t(`resources.${parcel.cleared ? 'yes' : 'no'}`),
            },
            { key: 'from', title: t('land.from'), render: (parcel) => <Day date={parcel.from} /> },
            { key: 'status', title: t('resources.status'), render: (parcel) => <ParcelState parcel={parcel} /> },
          ]}
        />
      )}
      <LoadMore {...query} />
      {adding && (
        <Suspense fallback={null}>
          <ParcelDialog onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </Page>
  );
}
