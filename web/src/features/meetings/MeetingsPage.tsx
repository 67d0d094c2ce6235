import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Meeting } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { Filter } from '@/shared/Filter';
import { LinkButton } from '@/shared/LinkButton';
import { LoadMore } from '@/shared/LoadMore';
import { MEETING_KINDS, MEETING_STATUSES, meetingGapsQuery, meetingsQuery } from '@/shared/meetings/queries';
import { Empty, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { useUrlState } from '@/shared/urlState';
import { Day, When } from '@/shared/When';
import { PlanDialog } from './PlanDialog';

const KEYS = ['kind', 'status'] as const;

/** Regular meetings, the latest first, and the times without one. */
export function MeetingsPage() {
  const { t } = useTranslation();
  const can = useCan();
  const navigate = useNavigate();
  const { values, change } = useUrlState(KEYS);
  const [planning, setPlanning] = useState(false);
  const query = useInfiniteQuery(
    meetingsQuery({
      kind: MEETING_KINDS.find((kind) => kind === values.kind),
      status: MEETING_STATUSES.find((status) => status === values.status),
    }),
  );
  const meetings = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page
      title={t('nav.meetings')}
      lead={can('read-meeting-gaps') ? t('meetings.lead') : t('meetings.leadOwn')}
      actions={
        <>
          <LinkButton to="/actions">{t('nav.actions')}</LinkButton>
          {can('manage-meetings') && (
            <Button type="primary" onClick={() => setPlanning(true)}>
              {t('meetings.plan')}
            </Button>
          )}
        </>
      }
    >
      {can('read-meeting-gaps') && <Gaps />}
      <div className="filters" role="search" aria-label={t('lists.filters')}>
        <Filter id="meetings-kind" label={t('meetings.kind')}>
          <Select
            id="meetings-kind"
            allowClear
            value={values.kind}
            placeholder={t('meetings.anyKind')}
            onChange={(kind: string | undefined) => change({ kind })}
            options={MEETING_KINDS.map((kind) => ({ value: kind, label: t(`meetingKind.${kind}`) }))}
          />
        </Filter>
        <Filter id="meetings-status" label={t('meetings.status')}>
          <Select
            id="meetings-status"
            allowClear
            value={values.status}
            placeholder={t('meetings.anyStatus')}
            onChange={(status: string | undefined) => change({ status })}
            options={MEETING_STATUSES.map((status) => ({ value: status, label: t(`meetingStatus.${status}`) }))}
          />
        </Filter>
      </div>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {query.data && meetings.length === 0 && <Empty title={t('meetings.empty')}>{t('meetings.emptyHint')}</Empty>}
      {meetings.length > 0 && (
        <DataTable<Meeting>
          caption={t('nav.meetings')}
          rows={meetings}
          rowKey={(meeting) => meeting.id}
          busy={query.isPlaceholderData}
          columns={[
            {
              key: 'meeting',
              title: t('meetings.kind'),
              heading: true,
              render: (meeting) => <Link to={`/meetings/${meeting.id}`}>{t(`meetingKind.${meeting.kind}`)}</Link>,
            },
            {
              key: 'on',
              title: t('meetings.heldOn'),
              render: (meeting) => (
                <>
                  <Day date={meeting.heldOn} /> {meeting.startsAt}
                </>
              ),
            },
            {
              key: 'status',
              title: t('meetings.status'),
              render: (meeting) => <span className="tag">{t(`meetingStatus.${meeting.status}`)}</span>,
            },
            { key: 'chair', title: t('meetings.chair'), render: (meeting) => meeting.chair },
            { key: 'cutOff', title: t('meetings.cutOffAt'), render: (meeting) => <When at={meeting.cutOffAt} /> },
          ]}
        />
      )}
      <LoadMore {...query} />
      {planning && (
        <PlanDialog onClose={() => setPlanning(false)} onPlanned={(id) => void navigate(`/meetings/${id}`)} />
      )}
    </Page>
  );
}

/** Months without a meeting, and more than a fortnight between fortnightly ones. */
function Gaps() {
  const { t } = useTranslation();
  const query = useQuery(meetingGapsQuery);
  if (query.error) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data?.length) return null;
  return (
    <Panel title={t('meetings.gaps')} className="panel-warn">
      <ul className="plain-list">
        {query.data.map((gap) => (
          <li key={`${gap.kind} ${gap.from}`}>
            {gap.kind === 'monthly'
              ? t('meetings.noMonthly', { month: gap.from.slice(0, 7) })
              : t('meetings.longFortnight', { from: gap.from, until: gap.until, count: gap.days })}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
