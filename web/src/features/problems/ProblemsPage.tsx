import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ProblemStatistic } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { today } from '@/shared/dates';
import { ExportMenu } from '@/shared/ExportMenu';
import { Filter } from '@/shared/Filter';
import { JurisdictionSelect } from '@/shared/JurisdictionSelect';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading, Page, Panel } from '@/shared/Page';
import { PROBLEM_KINDS, PROBLEM_STATUSES } from '@/shared/problems/kinds';
import { ProblemCard } from '@/shared/problems/ProblemCard';
import { problemQuery, problemsQuery, problemStatisticsQuery } from '@/shared/problems/queries';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useMe } from '@/shared/queries';
import { useUnitName } from '@/shared/units';
import { useUrlState } from '@/shared/urlState';

const KEYS = ['status', 'kind', 'level', 'department', 'problem', 'by', 'year'] as const;
const LEVELS = ['1', '2', '3'] as const;

/** Problems, the one due first at first: a unit's own, a department's to answer, the city's. */
export function ProblemsPage() {
  const { t } = useTranslation();
  const me = useMe();
  const department = me?.role === 'department';
  const { values, change } = useUrlState(KEYS);
  const query = useInfiniteQuery(
    problemsQuery({
      status: PROBLEM_STATUSES.find((status) => status === values.status),
      kind: PROBLEM_KINDS.find((kind) => kind === values.kind),
      level: LEVELS.find((level) => level === values.level),
      departmentId: department ? undefined : values.department,
    }),
  );
  const one = useQuery({ ...problemQuery(values.problem ?? ''), enabled: values.problem !== undefined });
  const problems = (query.data?.pages.flatMap((page) => page.items) ?? []).filter(
    (problem) => problem.id !== one.data?.id,
  );
  return (
    <Page
      title={t('nav.problems')}
      lead={
        department ? t('problems.leadDepartment') : me?.role === 'officer' ? t('problems.leadUnit') : t('problems.lead')
      }
      actions={<ExportMenu name="problems" query={() => new URLSearchParams()} />}
    >
      <div className="filters" role="search" aria-label={t('lists.filters')}>
        <Filter id="problems-status" label={t('problems.status')}>
          <Select
            id="problems-status"
            allowClear
            value={values.status}
            placeholder={t('problems.anyStatus')}
            onChange={(status: string | undefined) => change({ status })}
            options={PROBLEM_STATUSES.map((status) => ({ value: status, label: t(`problemStatus.${status}`) }))}
          />
        </Filter>
        <Filter id="problems-kind" label={t('problems.kind')}>
          <Select
            id="problems-kind"
            allowClear
            value={values.kind}
            placeholder={t('problems.anyKind')}
            onChange={(kind: string | undefined) => change({ kind })}
            options={PROBLEM_KINDS.map((kind) => ({ value: kind, label: t(`problemKind.${kind}`) }))}
          />
        </Filter>
        <Filter id="problems-level" label={t('problems.levelLabel')}>
          <Select
            id="problems-level"
            allowClear
            value={values.level}
            placeholder={t('problems.anyLevel')}
            onChange={(level: string | undefined) => change({ level })}
            options={LEVELS.map((level) => ({ value: level, label: t(`problems.level.${level}`) }))}
          />
        </Filter>
        {!department && (
          <Filter id="problems-department" label={t('problems.department')}>
            <JurisdictionSelect
              id="problems-department"
              kind="department"
              value={values.department}
              placeholder={t('problems.anyDepartment')}
              onChange={(id) => change({ department: id })}
            />
          </Filter>
        )}
      </div>
      <ProblemAlert error={query.error ?? one.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {one.data && <ProblemCard problem={one.data} withProject chosen />}
      {query.data && problems.length === 0 && !one.data && (
        <Empty title={t('problems.empty')}>{t('problems.emptyHint')}</Empty>
      )}
      {problems.map((problem) => (
        <ProblemCard key={problem.id} problem={problem} withProject />
      ))}
      <LoadMore {...query} />
      <Statistics
        by={values.by === 'kind' ? 'kind' : 'department'}
        year={values.year ?? today().slice(0, 4)}
        onChange={change}
      />
    </Page>
  );
}

/** A ratio as the API sends it, in percent with two decimals. */
const percent = (ratio: string) => `${(Number(ratio) * 100).toFixed(2)} %`;

/** How long problems take to close, by department or kind. */
function Statistics({
  by,
  year,
  onChange,
}: {
  by: 'department' | 'kind';
  year: string;
  onChange: (next: { by?: string; year?: string }) => void;
}) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const query = useQuery(problemStatisticsQuery(by, year));
  const rows: (ProblemStatistic & { key: string })[] = query.data
    ? [
        ...query.data.items.map((row, i) => ({ ...row, key: String(i) })),
        ...(query.data.items.length > 1 ? [{ ...query.data.total, key: 'total' }] : []),
      ]
    : [];
  const first = Number(today().slice(0, 4));
  const nameOf = (row: ProblemStatistic & { key: string }) =>
    row.key === 'total'
      ? t('problems.total')
      : row.kind
        ? t(`problemKind.${row.kind}`)
        : row.department
          ? unit(row.department)
          : t('problems.noDepartment');
  return (
    <Panel
      title={t('problems.statistics')}
      extra={
        <>
          <Segmented
            aria-label={t('problems.by')}
            value={by}
            onChange={(next) => onChange({ by: next === 'kind' ? 'kind' : undefined })}
            options={[
              { value: 'department', label: t('problems.department') },
              { value: 'kind', label: t('problems.kind') },
            ]}
          />{' '}
          <Select
            aria-label={t('problems.year')}
            value={year}
            onChange={(next: string) => onChange({ year: next })}
            options={[0, 1, 2].map((back) => ({ value: String(first - back), label: String(first - back) }))}
          />
        </>
      }
    >
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.data && rows.length === 0 && <p className="muted">{t('problems.noStatistics')}</p>}
      {rows.length > 0 && (
        <DataTable
          caption={t('problems.statistics')}
          rows={rows}
          rowKey={(row) => row.key}
          busy={query.isPlaceholderData}
          columns={[
            { key: 'name', title: t(`problems.${by}`), heading: true, render: nameOf },
            { key: 'closed', title: t('problems.closedCount'), align: 'right', render: (row) => row.closed },
            {
              key: 'median',
              title: t('problems.median'),
              align: 'right',
              render: (row) => (row.medianDays === undefined ? t('common.none') : row.medianDays),
            },
            {
              key: 'inTime',
              title: t('problems.shareInTime'),
              align: 'right',
              render: (row) => (row.inTime === undefined ? t('common.none') : percent(row.inTime)),
            },
            { key: 'unresolved', title: t('problems.unresolved'), align: 'right', render: (row) => row.unresolved },
            { key: 'overdue', title: t('problems.overdue'), align: 'right', render: (row) => row.overdue },
          ]}
        />
      )}
    </Panel>
  );
}
