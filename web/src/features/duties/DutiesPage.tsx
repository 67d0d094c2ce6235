import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import type { Duty, UnitDuties } from '@/api/types';
import { DataTable, type Column } from '@/shared/DataTable';
import { today } from '@/shared/dates';
import { percentText, weightText } from '@/shared/figures';
import { Filter } from '@/shared/Filter';
import { Empty, Loading, Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useUnitName } from '@/shared/units';
import { useUrlState } from '@/shared/urlState';
import { Day } from '@/shared/When';
import './duties.css';

const PeopleDialog = lazy(async () => ({ default: (await import('./PeopleDialog')).PeopleDialog }));

const KEYS = ['year'] as const;

const dutiesQuery = (year: number) =>
  queryOptions({
    queryKey: ['duties', year],
    queryFn: () => body(client.GET('/api/v1/duties', { params: { query: { year } } })),
    placeholderData: keepPreviousData,
  });

/** What each unit owes in a year, green or red; what nobody stated is unknown and says what is missing. */
export function DutiesPage() {
  const { t } = useTranslation();
  const unit = useUnitName();
  const { values, change } = useUrlState(KEYS);
  const thisYear = Number(today().slice(0, 4));
  const year = Number(values.year) || thisYear;
  const query = useQuery(dutiesQuery(year));
  const [people, setPeople] = useState<UnitDuties['unit']>();
  const page = query.data;
  const kinds = page?.items[0]?.duties.map((duty) => duty.kind) ?? [];
  const columns: Column<UnitDuties>[] = [
    {
      key: 'unit',
      title: t('duties.unit'),
      heading: true,
      render: (row) => <strong className="nowrap">{unit(row.unit)}</strong>,
    },
    {
      key: 'people',
      title: t('duties.people'),
      render: (row) => (
        <Button
          size="small"
          aria-label={t('duties.peopleOf', { unit: unit(row.unit) })}
          onClick={() => setPeople(row.unit)}
        >
          {t('duties.openPeople')}
        </Button>
      ),
    },
    ...kinds.map((kind, at): Column<UnitDuties> => ({
      key: kind,
      title: t(`duties.kind.${kind}`),
      render: (row) => {
        const duty = row.duties[at];
        return duty && <DutyCell duty={duty} />;
      },
    })),
  ];
  return (
    <Page title={t('duties.title')} lead={t('duties.lead')} wide>
      <div className="filters" role="search" aria-label={t('lists.filters')}>
        <Filter id="duties-year" label={t('duties.year')}>
          <Select
            id="duties-year"
            value={String(year)}
            onChange={(next: string) => change({ year: next })}
            options={[0, -1, -2, -3, -4].map((each) => ({
              value: String(thisYear + each),
              label: String(thisYear + each),
            }))}
          />
        </Filter>
      </div>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {page && (
        <p className="hint">
          {t('duties.asOf')} <Day date={page.on} />
          {page.withoutSecret && ` · ${t('duties.withoutSecret')}`}
        </p>
      )}
      {page?.incomplete && <p role="status">{t('duties.incomplete')}</p>}
      {page && page.items.length === 0 && <Empty title={t('duties.empty')}>{t('duties.emptyHint')}</Empty>}
      {page && page.items.length > 0 && (
        <DataTable<UnitDuties>
          caption={t('duties.title')}
          rows={page.items}
          rowKey={(row) => row.unit.id}
          busy={query.isPlaceholderData}
          columns={columns}
        />
      )}
      {people && (
        <Suspense fallback={null}>
          <PeopleDialog key={people.id} unit={people} onClose={() => setPeople(undefined)} />
        </Suspense>
      )}
    </Page>
  );
}

/** How a duty stands, its numbers and its limit; of an unknown one what is missing. */
function DutyCell({ duty }: { duty: Duty }) {
  const { t } = useTranslation();
  const land = duty.kind === 'land-to-zones';
  const number = (value: number) =>
    land ? t('duties.mu', { mu: weightText(Math.round((value * 3) / 20) / 100) }) : weightText(value);
  return (
    <span className="duty">
      <span className={`duty-state duty-${duty.state}`}>{t(`duties.state.${duty.state}`)}</span>
      {duty.part !== undefined && (
        <span className="num nowrap">
          {duty.share !== undefined && `${percentText(duty.share)} · `}
          {duty.whole === undefined
            ? weightText(duty.part)
            : t('duties.partOf', { part: number(duty.part), whole: number(duty.whole) })}
        </span>
      )}
      <span className="hint nowrap">
        {t('duties.limit', { limit: duty.limitShare ? percentText(duty.limitShare) : weightText(duty.limit ?? 0) })}
      </span>
      {duty.unknown > 0 && <span className="hint">{t('duties.unknownBeside', { number: number(duty.unknown) })}</span>}
      {duty.missing.map((gap) => (
        <span key={gap} className="hint">
          {t(`duties.gap.${gap}`)}
        </span>
      ))}
    </span>
  );
}
