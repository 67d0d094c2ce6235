import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { FigureFact, FigureIndicator } from '@/api/types';
import { Amount } from '@/shared/Amount';
import { DataTable } from '@/shared/DataTable';
import { useLanguage } from '@/shared/i18n';
import { LoadMore } from '@/shared/LoadMore';
import { Loading, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useUnitName } from '@/shared/units';
import { Day } from '@/shared/When';
import { indicatorName, useValueText } from '@/shared/figures';
import { explanationQuery } from './queries';
import { SubjectLink } from './SubjectLink';

/** A figure, opened: how it comes about, and the facts and projects that make it. */
export function Explanation({
  indicator,
  period,
  snapshot,
  unit,
  name,
  onClose,
}: {
  indicator: FigureIndicator;
  period: string;
  snapshot?: string;
  unit: string;
  name: string;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const valueText = useValueText();
  const language = useLanguage();
  const unitName = useUnitName();
  const rows = useInfiniteQuery(explanationQuery({ indicator: indicator.id, period, jurisdictionId: unit, snapshot }));
  const told = rows.data?.pages[0];
  const items = rows.data?.pages.flatMap((page) => page.items) ?? [];
  const box = useRef<HTMLDivElement>(null);
  // It opens below a long table: whoever opened it is taken there.
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'start' });
  }, [indicator.id, unit]);
  const title = t('figure.title', { unit: name, indicator: indicatorName(indicator, language), period });
  return (
    <div ref={box} className="board-explanation">
      <Panel title={title} extra={<Button onClick={onClose}>{t('common.close')}</Button>}>
        <ProblemAlert error={rows.error} onRetry={() => void rows.refetch()} />
        {rows.isPending && <Loading rows={4} />}
        {told && (
          <>
            <h3>{t('figure.formula')}</h3>
            <ul className="board-formula">
              {told.formula.map((line) => (
                <li key={line} className="num">
                  {line}
                </li>
              ))}
            </ul>
            {told.filter && (
              <p className="hint">
                {t('figure.filter')}: <code>{told.filter}</code>
                {told.part && (
                  <>
                    {' '}
                    · {t('figure.part')}: <code>{told.part}</code>
                  </>
                )}
              </p>
            )}
            {told.statements && told.statements.length > 0 && (
              <DataTable
                caption={t('figure.statements')}
                rows={told.statements}
                rowKey={(row) => `${row.unit?.id ?? 'city'}-${row.period}`}
                columns={[
                  {
                    key: 'unit',
                    title: t('boards.unit'),
                    heading: true,
                    render: (row) => (row.unit ? unitName(row.unit) : t('boards.city')),
                  },
                  {
                    key: 'period',
                    title: t('boards.period'),
                    render: (row) => <span className="num">{row.period}</span>,
                  },
                  {
                    key: 'value',
                    title: t('figure.value'),
                    align: 'right',
                    render: (row) => (
                      <span className="num">{valueText(row.value, indicator.unit) ?? t('boards.unknown')}</span>
                    ),
                  },
                  {
                    key: 'source',
                    title: t('figure.source'),
                    render: (row) => <span className="text">{row.source}</span>,
                  },
                  { key: 'by', title: t('figure.by'), render: (row) => row.statedBy.name },
                ]}
              />
            )}
            {!told.statements && (
              <p>
                {told.facts === 0
                  ? t('figure.none')
                  : t('figure.facts', { facts: told.facts, projects: told.projects })}
                {told.masked !== undefined && ` ${t('figure.maskedCount', { count: told.masked })}`}
              </p>
            )}
          </>
        )}
        {items.length > 0 && (
          <DataTable<FigureFact>
            caption={title}
            rows={items}
            rowKey={(row) =>
              `${row.project?.id}-${row.kind}-${row.cause?.id}-${row.recordedAt}-${row.reversal}-${row.count}-${items.indexOf(row)}`
            }
            columns={[
              {
                key: 'project',
                title: t('figure.fact'),
                heading: true,
                render: (row) =>
                  row.project ? (
                    <Link to={`/projects/${row.project.id}`}>{row.project.name}</Link>
                  ) : row.subject ? (
                    <SubjectLink subject={row.subject} />
                  ) : (
                    <span className="hint">{t('figure.masked')}</span>
                  ),
              },
              {
                key: 'kind',
                title: t('figure.kind'),
                render: (row) => (
                  <>
                    {t(`figure.kindOf.${row.kind}`)}
                    {row.reversal && ` (${t('figure.reversal')})`}
                    {row.counts === 'unknown' && ` (${t('figure.undecided')})`}
                  </>
                ),
              },
              { key: 'on', title: t('figure.on'), render: (row) => <Day date={row.occurredOn} /> },
              {
                key: 'period',
                title: t('figure.period'),
                render: (row) => (
                  <span className="num nowrap">
                    {row.period}
                    {row.belongsTo && ` (${t('figure.belongs', { month: row.belongsTo })})`}
                  </span>
                ),
              },
              {
                key: 'share',
                title: t('figure.share'),
                align: 'right',
                render: (row) => <span className="num">{(row.shareBp ?? 10_000) / 100} %</span>,
              },
              {
                key: 'adds',
                title: t('figure.adds'),
                align: 'right',
                render: (row) => <span className="num">{row.count}</span>,
              },
              {
                key: 'amount',
                title: t('figure.amount'),
                align: 'right',
                render: (row) =>
                  row.original ? <Amount money={row.original} /> : <span className="hint">{t('boards.unknown')}</span>,
              },
              { key: 'rules', title: t('figure.ruleSet'), wideOnly: true, render: (row) => row.ruleSet },
            ]}
          />
        )}
        <LoadMore {...rows} />
      </Panel>
    </div>
  );
}
