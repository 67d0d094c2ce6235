import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { body, client } from '@/api/client';
import type { SigningNotice } from '@/api/types';
import { Amount } from '@/shared/Amount';
import { DataTable } from '@/shared/DataTable';
import { DateInput } from '@/shared/DateInput';
import { today } from '@/shared/dates';
import { ExportMenu } from '@/shared/ExportMenu';
import { Filter } from '@/shared/Filter';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading, Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useUnitName } from '@/shared/units';
import { useUrlState } from '@/shared/urlState';
import { Day } from '@/shared/When';

const KEYS = ['from', 'timely'] as const;

const signingsQuery = (from: string, timely: boolean | undefined) =>
  infiniteQueryOptions({
    queryKey: ['signing-notices', from, timely],
    queryFn: ({ pageParam }) =>
      body(
        client.GET('/api/v1/signing-notices', {
          params: { query: { status: ['open'], from, timely, limit: 50, cursor: pageParam } },
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

/** Signings to come, the next first. */
export function SigningsPage() {
  const { t } = useTranslation();
  const unit = useUnitName();
  const { values, change } = useUrlState(KEYS);
  const from = values.from ?? today();
  const timely = values.timely === undefined ? undefined : values.timely === 'true';
  const query = useInfiniteQuery(signingsQuery(from, timely));
  const notices = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page
      title={t('signings.title')}
      lead={t('signings.lead')}
      wide
      actions={
        <ExportMenu
          name="signing-notices"
          query={() =>
            new URLSearchParams({
              status: 'open',
              from,
              ...(values.timely === undefined ? {} : { timely: values.timely }),
            })
          }
        />
      }
    >
      <div className="filters" role="search" aria-label={t('lists.filters')}>
        <Filter id="signings-from" label={t('signings.from')}>
          <DateInput id="signings-from" value={from} onChange={(day) => change({ from: day })} />
        </Filter>
        <Filter id="signings-timely" label={t('signings.inTime')}>
          <Select
            id="signings-timely"
            allowClear
            value={values.timely}
            placeholder={t('signings.any')}
            onChange={(next: string | undefined) => change({ timely: next })}
            options={[
              { value: 'true', label: t('signings.timely') },
              { value: 'false', label: t('signings.late') },
            ]}
          />
        </Filter>
      </div>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {query.data && notices.length === 0 && <Empty title={t('signings.empty')}>{t('signings.emptyHint')}</Empty>}
      {notices.length > 0 && (
        <DataTable<SigningNotice>
          caption={t('signings.title')}
          rows={notices}
          rowKey={(notice) => notice.id}
          busy={query.isPlaceholderData}
          columns={[
            { key: 'on', title: t('signings.plannedOn'), render: (notice) => <Day date={notice.plannedSigningOn} /> },
            {
              key: 'project',
              title: t('signings.project'),
              heading: true,
              render: (notice) => <Link to={`/projects/${notice.projectId}`}>{notice.projectName}</Link>,
            },
            { key: 'unit', title: t('signings.unit'), render: (notice) => unit(notice.jurisdiction) },
            { key: 'parties', title: t('signings.parties'), render: (notice) => notice.parties },
            {
              key: 'amount',
              title: t('signings.amount'),
              align: 'right',
              render: (notice) => <Amount money={notice.agreedAmount} />,
            },
            { key: 'place', title: t('signings.place'), render: (notice) => notice.place ?? t('common.none') },
            {
              key: 'leaders',
              title: t('signings.leaders'),
              render: (notice) => notice.leadersWanted?.join(t('common.listSeparator')) ?? t('common.none'),
            },
            {
              key: 'timely',
              title: t('signings.inTime'),
              render: (notice) => (
                <span className={notice.timely || notice.waived ? 'tag' : 'tag flag'}>
                  {notice.waived
                    ? t('signings.waived')
                    : notice.timely
                      ? t('signings.daysAhead', { count: notice.daysAhead })
                      : t('signings.lateBy', { count: notice.daysAhead })}
                </span>
              ),
            },
          ]}
        />
      )}
      <LoadMore {...query} />
    </Page>
  );
}
