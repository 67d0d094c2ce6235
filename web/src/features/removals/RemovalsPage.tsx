import { useInfiniteQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Removal, RemovalStatus } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { ExportMenu } from '@/shared/ExportMenu';
import { Filter } from '@/shared/Filter';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading, Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { RemovalActions } from '@/shared/removals/RemovalActions';
import { removalsQuery } from '@/shared/removals/queries';
import { useUnitName } from '@/shared/units';
import { useUrlState } from '@/shared/urlState';
import { Day, When } from '@/shared/When';

const KEYS = ['status'] as const;
const STATUSES: readonly RemovalStatus[] = ['proposed', 'confirmed', 'kept', 'cancelled'];

/** Projects in talks that stand still: proposed for removal, removed, kept. */
export function RemovalsPage() {
  const { t } = useTranslation();
  const unit = useUnitName();
  const { values, change } = useUrlState(KEYS);
  const query = useInfiniteQuery(removalsQuery({ status: STATUSES.find((status) => status === values.status) }));
  const removals = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page
      title={t('removals.title')}
      lead={t('removals.lead')}
      wide
      actions={
        <ExportMenu name="removals" query={() => new URLSearchParams(values.status ? { status: values.status } : {})} />
      }
    >
      <div className="filters" role="search" aria-label={t('lists.filters')}>
        <Filter id="removals-status" label={t('removals.status')}>
          <Select
            id="removals-status"
            allowClear
            value={values.status}
            placeholder={t('removals.anyStatus')}
            onChange={(status: string | undefined) => change({ status })}
            options={STATUSES.map((status) => ({ value: status, label: t(`removalStatus.${status}`) }))}
          />
        </Filter>
      </div>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {query.data && removals.length === 0 && <Empty title={t('removals.empty')}>{t('removals.emptyHint')}</Empty>}
      {removals.length > 0 && (
        <DataTable<Removal>
          caption={t('removals.title')}
          rows={removals}
          rowKey={(removal) => removal.id}
          busy={query.isPlaceholderData}
          columns={[
            {
              key: 'project',
              title: t('removals.project'),
              heading: true,
              render: (removal) => <Link to={`/projects/${removal.projectId}`}>{removal.projectName}</Link>,
            },
            { key: 'unit', title: t('lights.unit'), render: (removal) => unit(removal.jurisdiction) },
            { key: 'since', title: t('removals.idleSince'), render: (removal) => <Day date={removal.idleSince} /> },
            {
              key: 'status',
              title: t('removals.status'),
              render: (removal) => (
                <>
                  <span className="tag">{t(`removalStatus.${removal.status}`)}</span>{' '}
                  {removal.endedAt && <When at={removal.endedAt} precision="day" />}
                </>
              ),
            },
            {
              key: 'until',
              title: t('removals.contestUntil'),
              render: (removal) => <When at={removal.contestUntil} precision="day" />,
            },
            {
              key: 'reason',
              title: t('removals.reason'),
              render: (removal) => removal.endReason ?? t('common.none'),
            },
            { key: 'act', title: t('removals.act'), render: (removal) => <RemovalActions removal={removal} /> },
          ]}
        />
      )}
      <LoadMore {...query} />
    </Page>
  );
}
