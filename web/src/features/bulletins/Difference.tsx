import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DifferenceItem } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { indicatorName, useValueText } from '@/shared/figures';
import { useLanguage } from '@/shared/i18n';
import { Loading, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { differenceQuery } from './queries';

const CAUSES = ['new', 'adjusting', 'reversed', 'rule'] as const;

/** Why a bulletin differs from the last of its kind, figure by figure, with the facts that the reader may know. */
export function Difference({ id }: { id: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const value = useValueText();
  const query = useQuery(differenceQuery(id));
  const told = query.data;
  return (
    <Panel title={t('bulletins.difference')} className="no-print">
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={4} />}
      {told && !told.against && <p>{t('bulletins.nothingBefore')}</p>}
      {told?.against && (
        <p className="hint">
          {t('bulletins.against', {
            period: told.against.period,
            number: told.against.number === undefined ? '' : told.against.number,
          })}
        </p>
      )}
      {told?.against && told.items.length === 0 && <p>{t('bulletins.noDifference')}</p>}
      {told && told.items.length > 0 && (
        <DataTable<DifferenceItem>
          caption={t('bulletins.difference')}
          rows={told.items}
          rowKey={(row) => `${row.indicator} ${row.unit?.id ?? 'city'}`}
          columns={[
            {
              key: 'figure',
              title: t('bulletins.figure'),
              heading: true,
              render: (row) => `${indicatorName(row, language)} · ${row.unit?.name ?? t('bulletins.city')}`,
            },
            ...(['before', 'after', 'change', ...CAUSES] as const).map((key) => ({
              key,
              title: t(`bulletins.column.${key}`),
              align: 'right' as const,
              render: (row: DifferenceItem) => <span className="num">{value(row[key], row.indicatorUnit) ?? '—'}</span>,
            })),
            {
              key: 'facts',
              title: t('bulletins.facts'),
              render: (row) =>
                row.factCount !== undefined && (
                  <>
                    {t('bulletins.factCount', { count: row.factCount })}
                    {row.facts && (
                      <ul className="plain-list">
                        {row.facts.map((fact, at) => (
                          <li key={at} className="hint">
                            {fact.projectName} · {fact.occurredOn} · {t(`bulletins.column.${fact.cause}`)}
                            {fact.belongsTo && ` (${fact.belongsTo})`}
                          </li>
                        ))}
                      </ul>
                    )}
                  </>
                ),
            },
          ]}
        />
      )}
    </Panel>
  );
}
