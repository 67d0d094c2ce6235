import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RehearsedCredit, RehearsedIndicator, RehearsedRow, RehearsedUnit, RuleSetDraft } from '@/api/types';
import { CreditAmount, countText } from '@/shared/CreditAmount';
import { DataTable } from '@/shared/DataTable';
import { today } from '@/shared/dates';
import { Filter } from '@/shared/Filter';
import { useCodeText } from '@/shared/i18n';
import type { IndicatorId } from '@/shared/indicators';
import { LoadMore } from '@/shared/LoadMore';
import { Loading, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useUnitName } from '@/shared/units';
import { Day } from '@/shared/When';
import { rehearsalQuery, rehearsedRowsQuery } from './queries';

interface Opened {
  indicator: IndicatorId;
  unit: RehearsedUnit['unit'];
}

/** What the draft would have changed of a year's credit; every difference opens to the facts that make it. */
export function RehearsalPanel({ draft }: { draft: RuleSetDraft }) {
  const { t } = useTranslation();
  const thisYear = Number(today().slice(0, 4));
  const [year, setYear] = useState(thisYear - 1);
  const [opened, setOpened] = useState<Opened | null>(null);
  const query = useQuery({ ...rehearsalQuery(draft.id, draft.version, year), placeholderData: keepPreviousData });
  const differing = query.data?.indicators.filter((each) => each.differs) ?? [];
  const members = query.data?.notRehearsed ?? [];
  const code = useCodeText();
  return (
    <Panel title={t('drafts.rehearsal')}>
      <p className="lead">{t('drafts.rehearsalText')}</p>
      <div className="filters">
        <Filter id="rehearsal-year" label={t('drafts.year')}>
          <Select
            id="rehearsal-year"
            value={year}
            onChange={(next: number) => {
              setYear(next);
              setOpened(null);
            }}
            options={[thisYear, thisYear - 1, thisYear - 2, thisYear - 3].map((each) => ({
              value: each,
              label: String(each),
            }))}
          />
        </Filter>
      </div>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={3} />}
      {query.data && differing.length === 0 && <p role="status">{t('drafts.nothingDiffers', { year })}</p>}
      {differing.map((each) => (
        <Indicator
          key={each.indicator}
          of={each}
          onOpen={(unit) => setOpened({ indicator: each.indicator as IndicatorId, unit })}
        />
      ))}
      {opened && (
        <Rows
          key={`${opened.indicator}-${opened.unit.id}-${year}`}
          draft={draft}
          year={year}
          opened={opened}
          onClose={() => setOpened(null)}
        />
      )}
      {members.length > 0 && (
        <p className="hint">
          {t('drafts.notRehearsed', {
            members: members.map((each) => code('ruleForm.member', each)).join(t('common.listSeparator')),
          })}
        </p>
      )}
    </Panel>
  );
}

function Total({ of }: { of: RehearsedUnit['figures']['inForce'] }) {
  return (
    <span className="nowrap">
      <span className="num">{countText(of.count)}</span> · <CreditAmount sum={of.amount} />
    </span>
  );
}

/** One indicator: unit by unit, and the city. */
function Indicator({ of, onOpen }: { of: RehearsedIndicator; onOpen: (unit: RehearsedUnit['unit']) => void }) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const name = t(`indicator.${of.indicator as IndicatorId}`);
  const rows: { key: string; name: string; unit?: RehearsedUnit['unit']; figures: RehearsedUnit['figures'] }[] = [
    ...of.units
      .filter((each) => each.differs)
      .map((each) => ({ key: each.unit.id, name: unit(each.unit), unit: each.unit, figures: each.figures })),
    { key: 'sum', name: t('credit.sumOfUnits'), figures: of.sumOfUnits },
    { key: 'twice', name: t('credit.doubleCounted'), figures: of.doubleCounted },
    { key: 'city', name: t('credit.city'), figures: of.city },
  ];
  return (
    <section aria-label={name}>
      <h3>{name}</h3>
      {of.modes.inForce !== of.modes.draft && (
        <p className="hint">
          {t('drafts.modes', { now: t(`creditModeOf.${of.modes.inForce}`), then: t(`creditModeOf.${of.modes.draft}`) })}
        </p>
      )}
      <DataTable
        caption={name}
        rows={rows}
        rowKey={(row) => row.key}
        columns={[
          {
            key: 'name',
            title: t('credit.byOf.unit'),
            heading: true,
            render: (row) =>
              row.unit ? (
                <Button type="link" className="credit-open" onClick={() => row.unit && onOpen(row.unit)}>
                  {row.name}
                </Button>
              ) : (
                row.name
              ),
          },
          {
            key: 'now',
            title: t('drafts.inForce'),
            align: 'right',
            render: (row) => <Total of={row.figures.inForce} />,
          },
          { key: 'then', title: t('drafts.then'), align: 'right', render: (row) => <Total of={row.figures.draft} /> },
          {
            key: 'difference',
            title: t('drafts.difference'),
            align: 'right',
            render: (row) => <Total of={row.figures.difference} />,
          },
        ]}
      />
      {(of.undecidedInForce ?? 0) !== (of.undecidedDraft ?? 0) && (
        <p className="hint">{t('drafts.undecided', { now: of.undecidedInForce ?? 0, then: of.undecidedDraft ?? 0 })}</p>
      )}
    </section>
  );
}

function Part({ of }: { of: RehearsedCredit | undefined }) {
  const { t } = useTranslation();
  if (!of) return <>{t('ruleForm.none')}</>;
  return (
    <span className="nowrap">
      <span className="num">{of.shareBp / 100} %</span> · <CreditAmount sum={of.credited.amount} />
    </span>
  );
}

/** The facts that a unit would be credited otherwise for. */
function Rows({
  draft,
  year,
  opened,
  onClose,
}: {
  draft: RuleSetDraft;
  year: number;
  opened: Opened;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const rows = useInfiniteQuery(
    rehearsedRowsQuery(draft.id, { year, indicator: opened.indicator, jurisdictionId: opened.unit.id }),
  );
  const items = rows.data?.pages.flatMap((page) => page.items) ?? [];
  const title = t('drafts.rowsOf', { name: unit(opened.unit), indicator: t(`indicator.${opened.indicator}`) });
  return (
    <section aria-label={title}>
      <div className="panel-head">
        <h3>{title}</h3>
        <Button onClick={onClose}>{t('common.close')}</Button>
      </div>
      <ProblemAlert error={rows.error} onRetry={() => void rows.refetch()} />
      {rows.isPending && <Loading rows={2} />}
      {items.length > 0 && (
        <DataTable<RehearsedRow>
          caption={title}
          rows={items}
          rowKey={(row) => String(row.seq ?? `${row.project.id}-${row.kind}-${row.period}-${row.reversal}`)}
          columns={[
            {
              key: 'project',
              title: t('credit.byOf.project'),
              heading: true,
              render: (row) => (
                <>
                  <Link to={`/projects/${row.project.id}`}>{row.project.name}</Link>
                  {row.reversal && <span className="tag"> {t('drafts.reversal')}</span>}
                </>
              ),
            },
            { key: 'on', title: t('credit.occurredOn'), render: (row) => <Day date={row.occurredOn} /> },
            {
              key: 'period',
              title: t('credit.period'),
              render: (row) => <span className="num nowrap">{row.period}</span>,
            },
            { key: 'now', title: t('drafts.inForce'), align: 'right', render: (row) => <Part of={row.inForce} /> },
            { key: 'then', title: t('drafts.then'), align: 'right', render: (row) => <Part of={row.draft} /> },
          ]}
        />
      )}
      <LoadMore {...rows} />
    </section>
  );
}
