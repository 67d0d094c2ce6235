import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, useParams } from 'react-router';
import { body, client } from '@/api/client';
import type { ForeignList, ForeignListRow, VisitOutcome } from '@/api/types';
import { Amount } from '@/shared/Amount';
import { DataTable, type Column } from '@/shared/DataTable';
import { DateInput } from '@/shared/DateInput';
import { recentMonths, today } from '@/shared/dates';
import { Filter } from '@/shared/Filter';
import { percentText } from '@/shared/figures';
import { FormDialog } from '@/shared/FormDialog';
import { Empty, Loading, Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { newKey } from '@/shared/submission';
import { useUnitName } from '@/shared/units';
import { useDialogForm } from '@/shared/useDialogForm';
import { useUrlState } from '@/shared/urlState';
import { Day } from '@/shared/When';
import './libraries.css';

const LISTS: readonly ForeignList[] = ['new', 'profit', 'paid-in'];
const OUTCOMES: readonly VisitOutcome[] = ['increase', 'reinvestment', 'paid-in'];
const MONTHS = 24;

const listQuery = (list: ForeignList, month: string | undefined) =>
  queryOptions({
    queryKey: ['libraries', 'foreign-lists', list, month],
    queryFn: () =>
      body(client.GET('/api/v1/foreign-enterprise-lists/{list}', { params: { path: { list }, query: { month } } })),
  });

/** The monthly lists of foreign enterprises: who is on each, what is not known, who was visited, who has left and why. */
export function ForeignListPage() {
  const { list = 'new' } = useParams();
  const known = LISTS.find((each) => each === list);
  return known ? <ListOf key={known} list={known} /> : null;
}

function ListOf({ list }: { list: ForeignList }) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const { values, change } = useUrlState(['month'] as const);
  const [visiting, setVisiting] = useState<ForeignListRow | null>(null);
  const query = useQuery(listQuery(list, values.month));
  const usd = (amount: number | undefined) =>
    amount === undefined ? t('foreignLists.unknown') : <Amount money={{ amount, currency: 'USD' }} />;
  const measured: Record<ForeignList, Column<ForeignListRow>[]> = {
    new: [{ key: 'total', title: t('libraries.detail.totalInvestment'), render: (row) => usd(row.total) }],
    profit: [
      {
        key: 'profit',
        title: t('libraries.detail.undistributedProfit'),
        render: (row) => usd(row.undistributedProfit),
      },
    ],
    'paid-in': [
      { key: 'contracted', title: t('libraries.detail.contracted'), render: (row) => usd(row.contracted) },
      { key: 'paid', title: t('libraries.detail.paidIn'), render: (row) => usd(row.paidIn) },
      {
        key: 'share',
        title: t('foreignLists.share'),
        render: (row) => (
          <span className="num">
            {row.paidInShare === undefined ? t('foreignLists.unknown') : percentText(Number(row.paidInShare))}
          </span>
        ),
      },
    ],
  };
  const columns: Column<ForeignListRow>[] = [
    {
      key: 'name',
      title: t('libraries.name'),
      heading: true,
      render: (row) => (
        <span className="name-cell">
          <Link to={`/libraries/foreign-enterprises?entry=${row.id}`}>{row.name}</Link>
          {row.standing !== 'on' && (
            <span className={row.standing === 'unknown' ? 'tag flag' : 'tag'}>
              {row.left ? t(`foreignLists.leftOf.${row.left}`) : t('foreignLists.missing')}
              {row.missing.length > 0 &&
                `: ${row.missing.map((each) => t(`libraries.detail.${each as 'contracted'}`)).join('、')}`}
            </span>
          )}
        </span>
      ),
    },
    { key: 'registered', title: t('libraries.detail.registeredOn'), render: (row) => <Day date={row.registeredOn} /> },
    ...measured[list],
    {
      key: 'keeper',
      title: t('libraries.keeper'),
      render: (row) => (row.keeper ? unit(row.keeper) : t('libraries.centre')),
    },
    {
      key: 'visits',
      title: t('foreignLists.visits'),
      render: (row) => (
        <>
          {row.visits.map((visit) => (
            <div key={visit.id}>
              <Day date={visit.visitedOn} />{' '}
              {visit.outcome && <span className="tag">{t(`foreignLists.outcomeOf.${visit.outcome}`)}</span>}{' '}
              {visit.note}
            </div>
          ))}
          {row.allowedActions.includes('visit') && (
            <Button
              size="small"
              aria-label={t('foreignLists.visitOf', { name: row.name })}
              onClick={() => setVisiting(row)}
            >
              {t('foreignLists.visit')}
            </Button>
          )}
        </>
      ),
    },
  ];
  return (
    <Page title={t('foreignLists.title')} lead={t(`foreignLists.leadOf.${list}`)} wide>
      <nav className="tab-links" aria-label={t('foreignLists.title')}>
        {LISTS.map((each) => (
          <NavLink key={each} to={`/foreign-lists/${each}${values.month ? `?month=${values.month}` : ''}`}>
            {t(`foreignLists.of.${each}`)}
          </NavLink>
        ))}
      </nav>
      <div className="filters" role="search" aria-label={t('lists.filters')}>
        <Filter id="foreign-month" label={t('foreignLists.month')}>
          <Select
            id="foreign-month"
            value={values.month ?? today().slice(0, 7)}
            onChange={(month: string) => change({ month: month === today().slice(0, 7) ? undefined : month })}
            options={recentMonths(MONTHS).map((month) => ({ value: month, label: month }))}
          />
        </Filter>
      </div>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={5} />}
      {query.data && query.data.items.length === 0 && (
        <Empty title={t('foreignLists.empty')}>{t('foreignLists.emptyHint')}</Empty>
      )}
      {query.data && query.data.items.length > 0 && (
        <>
          <p className="hint" role="status">
            {t('foreignLists.count', { count: query.data.on, day: query.data.asOf })}
          </p>
          <DataTable
            caption={t(`foreignLists.of.${list}`)}
            columns={columns}
            rows={query.data.items}
            rowKey={(row) => row.id}
          />
        </>
      )}
      {visiting && <VisitDialog list={list} row={visiting} onClose={() => setVisiting(null)} />}
    </Page>
  );
}

function VisitDialog({ list, row, onClose }: { list: ForeignList; row: ForeignListRow; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [form] = Form.useForm<{ visitedOn?: string; outcome?: VisitOutcome; note?: string }>();
  const { busy, error, left, send } = useDialogForm(form);
  return (
    <FormDialog form={form} title={t('foreignLists.visitOf', { name: row.name })} busy={busy} onClose={onClose}>
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="visit"
        layout="vertical"
        requiredMark={false}
        initialValues={{ visitedOn: today() }}
        onFinish={(values) =>
          void send(async () => {
            await body(
              client.POST('/api/v1/foreign-enterprise-lists/{list}/{enterpriseId}/visits', {
                params: { path: { list, enterpriseId: row.id }, header: { 'Idempotency-Key': newKey() } },
                body: { visitedOn: values.visitedOn ?? '', outcome: values.outcome, note: values.note?.trim() ?? '' },
              }),
            );
            await queries.invalidateQueries({ queryKey: ['libraries', 'foreign-lists'] });
            onClose();
          })
        }
      >
        <Form.Item name="visitedOn" label={t('foreignLists.visitedOn')}>
          <DateInput max={today()} />
        </Form.Item>
        <Form.Item name="outcome" label={t('foreignLists.outcome')}>
          <Select
            allowClear
            options={OUTCOMES.map((value) => ({ value, label: t(`foreignLists.outcomeOf.${value}`) }))}
          />
        </Form.Item>
        <Form.Item
          name="note"
          label={t('libraries.note')}
          rules={[{ required: true, whitespace: true, message: t('foreignLists.noteRequired') }]}
        >
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}
