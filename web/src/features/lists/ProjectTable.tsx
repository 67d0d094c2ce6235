import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Project } from '@/api/types';
import { Amount, TotalsText } from '@/shared/Amount';
import { Countdown } from '@/shared/Countdown';
import { DataTable, type Column } from '@/shared/DataTable';
import { Empty, Loading } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { LightTag, StageTag } from '@/shared/tags';
import { When } from '@/shared/When';
import { filterCount, listQuery, listStageOf, monthOf, projectQuery } from './listState';
import type { ListProps } from './Filters';
import { monthEndQuery, projectsQuery } from './queries';

export function ProjectTable(props: ListProps) {
  return monthOf(props.values) ? <MonthEndTable {...props} /> : <LiveTable {...props} />;
}

function LiveTable({ values, change, clear }: ListProps) {
  const { t } = useTranslation();
  const query = useQuery(projectsQuery(projectQuery(values)));
  return (
    <>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={8} />}
      {query.data?.items.length === 0 && (
        <Empty title={t('lists.emptyTable')}>
          {filterCount(values) > 0 ? <Button onClick={clear}>{t('lists.clear')}</Button> : t('lists.emptyHint.in-talks')}
        </Empty>
      )}
      {query.data && query.data.items.length > 0 && (
        <Rows rows={query.data.items} sort={values.sort ?? '-updatedAt'} onSort={(sort) => change({ sort })} busy={query.isPlaceholderData} />
      )}
      <Pager cursor={values.cursor} next={query.data?.nextCursor} change={change} />
    </>
  );
}

function MonthEndTable({ values, change }: ListProps) {
  const { t } = useTranslation();
  const stage = listStageOf(values);
  const query = useQuery(monthEndQuery(stage, { ...listQuery(values), sort: values.sort, cursor: values.cursor }));
  return (
    <>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={8} />}
      {query.data && (
        <div className="table-summary">
          <StageTag stage={stage} /> <span className="num">{t('lists.count', { n: query.data.count })}</span> <TotalsText totals={query.data.totals} inline />
        </div>
      )}
      {query.data?.items.length === 0 && <Empty title={t('lists.emptyTable')}>{t('lists.emptyMonth')}</Empty>}
      {query.data && query.data.items.length > 0 && <Rows rows={query.data.items} sort={values.sort} onSort={(sort) => change({ sort })} busy={query.isPlaceholderData} past />}
      <Pager cursor={values.cursor} next={query.data?.nextCursor} change={change} />
    </>
  );
}

function primaryInvestor(project: Project): string {
  return (project.investors.find((each) => each.primary) ?? project.investors[0])?.name ?? '';
}

function Rows({ rows, past, ...rest }: { rows: Project[]; sort?: string; onSort?: (sort: string) => void; busy: boolean; past?: boolean }) {
  const { t } = useTranslation();
  const columns: Column<Project>[] = [
    {
      key: 'name', title: t('project.name'), heading: true, sort: 'name',
      render: (row) => <span className="name-cell"><Link to={`/projects/${row.id}`}>{row.name}</Link><small><span className="num">{row.code}</span> {primaryInvestor(row)}</small></span>,
    },
    { key: 'stage', title: t('project.stage'), render: (row) => <StageTag stage={row.stage} /> },
    { key: 'owner', title: t('project.owner'), render: (row) => row.owner.name },
    { key: 'amount', title: t('project.totalInvestment'), align: 'right', sort: 'totalInvestment', render: (row) => <Amount money={row.totalInvestment} /> },
    { key: 'industry', title: t('project.industryCode'), wideOnly: true, render: (row) => <span className="num">{row.industryCode}</span> },
  ];
  if (!past) {
    columns.push(
      { key: 'light', title: t('project.light'), render: (row) => <LightTag light={row.light} /> },
      {
        key: 'claim', title: t('project.claim'),
        render: (row) => (row.claim ? (row.claim.status === 'active' && row.claim.expiresAt ? <Countdown until={row.claim.expiresAt} /> : t(`claimStatus.${row.claim.status}`)) : <span className="muted">{t('common.none')}</span>),
      },
      { key: 'updated', title: t('project.updatedAt'), wideOnly: true, align: 'right', sort: 'updatedAt', render: (row) => <When at={row.updatedAt} precision="day" /> },
    );
  }
  return <DataTable caption={t('lists.title')} columns={columns} rows={rows} rowKey={(row) => row.id} {...rest} />;
}

function Pager({ cursor, next, change }: { cursor: string | undefined; next: string | null | undefined; change: ListProps['change'] }) {
  const { t } = useTranslation();
  if (!cursor && !next) return null;
  return (
    <nav className="pager" aria-label={t('lists.pages')}>
      <Button disabled={!cursor} onClick={() => change({ cursor: undefined })}>{t('lists.firstPage')}</Button>
      <Button disabled={!next} onClick={() => change({ cursor: next ?? undefined })}>{t('lists.nextPage')}</Button>
    </nav>
  );
}
