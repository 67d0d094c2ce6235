import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { body, client } from '@/api/client';
import type { OfficeLead, OfficeLeadStatus } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { ExportMenu } from '@/shared/ExportMenu';
import { Filter } from '@/shared/Filter';
import { JurisdictionSelect } from '@/shared/JurisdictionSelect';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading, Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { jurisdictionsQuery, useCan, useMe } from '@/shared/queries';
import { useUnitName } from '@/shared/units';
import { asQuery, useUrlState } from '@/shared/urlState';
import { Day } from '@/shared/When';
import { only } from '@/shared/only';

const SubmitDialog = lazy(async () => ({ default: (await import('./LeadDialogs')).SubmitDialog }));

const STATUSES: readonly OfficeLeadStatus[] = [
  'submitted',
  'answered',
  'valid',
  'invalid',
  'assigned',
  'declined',
  'project',
  'ended',
];

const KEYS = ['status', 'officeId', 'overdue'] as const;
type Values = Partial<Record<(typeof KEYS)[number], string>>;

const leadsQuery = (values: Values) =>
  infiniteQueryOptions({
    queryKey: ['office-leads', 'list', values],
    queryFn: ({ pageParam }) =>
      body(
        client.GET('/api/v1/office-leads', {
          params: {
            query: {
              status: only(STATUSES.find((status) => status === values.status)),
              officeId: values.officeId,
              overdue: values.overdue === undefined ? undefined : values.overdue === 'true',
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

/** Leads of out-posted offices: an office's own, those a unit has, or all. */
export function LeadsPage() {
  const { t } = useTranslation();
  const unit = useUnitName();
  const can = useCan();
  const me = useMe();
  const { data: units } = useQuery(jurisdictionsQuery);
  const { values, change } = useUrlState(KEYS);
  const [adding, setAdding] = useState(false);
  const query = useInfiniteQuery(leadsQuery(values));
  const leads = query.data?.pages.flatMap((page) => page.items) ?? [];
  const own = units?.find((each) => each.id === me?.jurisdiction?.id);
  const mayAdd = can('submit-office-leads') && (me?.role === 'coordinator' || own?.kind === 'office');
  return (
    <Page
      title={t('officeLeads.title')}
      lead={t('officeLeads.lead')}
      wide
      actions={
        <>
          <ExportMenu name="office-leads" query={() => asQuery(values)} />
          {mayAdd && (
            <Button type="primary" onClick={() => setAdding(true)}>
              {t('officeLeads.add')}
            </Button>
          )}
        </>
      }
    >
      <div className="filters" role="search" aria-label={t('lists.filters')}>
        <Filter id="leads-status" label={t('resources.status')}>
          <Select
            id="leads-status"
            allowClear
            value={values.status}
            placeholder={t('resources.any')}
            onChange={(status: string | undefined) => change({ status })}
            options={STATUSES.map((status) => ({ value: status, label: t(`officeLeadStatus.${status}`) }))}
          />
        </Filter>
        <Filter id="leads-office" label={t('officeLeads.office')}>
          <JurisdictionSelect
            id="leads-office"
            kind="office"
            value={values.officeId}
            placeholder={t('resources.any')}
            onChange={(officeId) => change({ officeId })}
          />
        </Filter>
        <Filter id="leads-overdue" label={t('officeLeads.overdue')}>
          <Select
            id="leads-overdue"
            allowClear
            value={values.overdue}
            placeholder={t('resources.any')}
            onChange={(overdue: string | undefined) => change({ overdue })}
            options={[
              { value: 'true', label: t('resources.yes') },
              { value: 'false', label: t('resources.no') },
            ]}
          />
        </Filter>
      </div>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {query.data && leads.length === 0 && <Empty title={t('officeLeads.empty')}>{t('officeLeads.emptyHint')}</Empty>}
      {leads.length > 0 && (
        <DataTable<OfficeLead>
          caption={t('officeLeads.title')}
          rows={leads}
          rowKey={(lead) => lead.id}
          busy={query.isPlaceholderData}
          columns={[
            {
              key: 'title',
              title: t('officeLeads.name'),
              heading: true,
              render: (lead) => <Link to={`/office-leads/${lead.id}`}>{lead.title}</Link>,
            },
            { key: 'office', title: t('officeLeads.office'), render: (lead) => unit(lead.office) },
            {
              key: 'investor',
              title: t('officeLeads.investor'),
              render: (lead) => lead.investor ?? t('resources.unknown'),
            },
            {
              key: 'status',
              title: t('resources.status'),
              render: (lead) => <span className="tag">{t(`officeLeadStatus.${lead.status}`)}</span>,
            },
            {
              key: 'unit',
              title: t('officeLeads.unit'),
              render: (lead) => (lead.jurisdiction ? unit(lead.jurisdiction) : t('common.none')),
            },
            {
              key: 'submitted',
              title: t('officeLeads.submittedOn'),
              render: (lead) => <Day date={lead.submittedOn} />,
            },
            { key: 'due', title: t('officeLeads.dueOn'), render: (lead) => <Due lead={lead} /> },
          ]}
        />
      )}
      <LoadMore {...query} />
      {adding && (
        <Suspense fallback={null}>
          <SubmitDialog onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </Page>
  );
}

/** The last day for what is due next, and whether it is past. */
export function Due({ lead }: { lead: OfficeLead }) {
  const { t } = useTranslation();
  if (!lead.dueOn) return t('common.none');
  return (
    <>
      <Day date={lead.dueOn} /> {lead.overdue && <span className="light light-red">{t('officeLeads.isOverdue')}</span>}
    </>
  );
}
