import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Pattern, PatternFact } from '@/api/types';
import { Amount, useMoneyText } from '@/shared/Amount';
import { DataTable, type Column } from '@/shared/DataTable';
import { recentMonths } from '@/shared/dates';
import { Filter } from '@/shared/Filter';
import { Empty, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useUnitName } from '@/shared/units';
import { useUrlState } from '@/shared/urlState';
import { Day } from '@/shared/When';
import { patternsQuery } from './queries';

const KINDS = ['voucher-twice', 'year-end', 'just-over', 'late-entry'] as const;
const YEARS = 6;

/** Where an auditor looks first in the facts of a year. */
export function PatternsPage() {
  const { t } = useTranslation();
  const unit = useUnitName();
  const money = useMoneyText();
  const { values, change } = useUrlState(['year'] as const);
  const present = Number((recentMonths(1)[0] ?? '').slice(0, 4));
  const year = Number(values.year ?? present);
  const query = useQuery(patternsQuery(year));
  const found = query.data;

  const says = (pattern: Pattern) =>
    t(`patterns.says.${pattern.kind}`, {
      unit: pattern.unit ? unit(pattern.unit) : t('patterns.city'),
      count: pattern.count,
      voucher: pattern.voucherNo ?? '',
      fact: pattern.factKind ? t(`patterns.factOf.${pattern.factKind}`) : '',
      usual: pattern.comparedWith ?? '',
      below: pattern.comparedWith ?? '',
      threshold: pattern.threshold ? money.format(pattern.threshold) : '',
    });
  const columns: Column<PatternFact>[] = [
    {
      key: 'project',
      title: t('patterns.project'),
      heading: true,
      render: (fact) => (
        <span className="name-cell">
          <Link to={`/projects/${fact.project.id}`}>{fact.project.name}</Link>
          <small className="num">{fact.project.code}</small>
        </span>
      ),
    },
    { key: 'unit', title: t('patterns.unit'), render: (fact) => unit(fact.unit) },
    { key: 'fact', title: t('patterns.fact'), render: (fact) => t(`patterns.factOf.${fact.kind}`) },
    { key: 'occurred', title: t('patterns.occurred'), render: (fact) => <Day date={fact.occurredOn} /> },
    { key: 'recorded', title: t('patterns.recorded'), render: (fact) => <Day date={fact.recordedOn} /> },
    {
      key: 'amount',
      title: t('patterns.amount'),
      align: 'right',
      render: (fact) => <Amount money={fact.amount} />,
    },
  ];

  return (
    <Page title={t('patterns.title')} lead={t('patterns.lead')} wide>
      <div className="filters">
        <Filter id="patterns-year" label={t('patterns.year')}>
          <Select
            id="patterns-year"
            value={year}
            onChange={(next: number) => change({ year: next === present ? undefined : String(next) })}
            options={Array.from({ length: YEARS }, (_, back) => present - back).map((each) => ({
              value: each,
              label: String(each),
            }))}
          />
        </Filter>
      </div>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={8} />}
      {found && found.items.length === 0 && <Empty title={t('patterns.empty')}>{t('patterns.emptyHint')}</Empty>}
      {found &&
        KINDS.map((kind) => {
          const patterns = found.items.filter((pattern) => pattern.kind === kind);
          return (
            <Panel key={kind} title={t(`patterns.kind.${kind}`)}>
              <p className="hint">
                {t(`patterns.rule.${kind}`, {
                  least: found.limits.leastFacts,
                  times: found.limits.times,
                  days: found.limits.lateAfterDays,
                  near: `${found.limits.nearThreshold * 100}%`,
                })}
              </p>
              {patterns.length === 0 && (
                <p>{kind === 'year-end' && !found.decemberBegun ? t('patterns.decemberAhead') : t('patterns.none')}</p>
              )}
              {patterns.map((pattern) => (
                <details key={says(pattern)}>
                  <summary>{says(pattern)}</summary>
                  {pattern.facts.length < pattern.count && (
                    <p className="hint">{t('patterns.facts', { shown: pattern.facts.length, count: pattern.count })}</p>
                  )}
                  <DataTable
                    caption={says(pattern)}
                    rows={pattern.facts}
                    rowKey={(fact) => `${fact.project.id}-${fact.kind}-${fact.capitalId ?? ''}`}
                    columns={columns}
                  />
                </details>
              ))}
            </Panel>
          );
        })}
      {found && found.left > 0 && <p className="hint">{t('patterns.left', { count: found.left })}</p>}
    </Page>
  );
}
