import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Bulletin } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { Filter } from '@/shared/Filter';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading, Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { useUrlState } from '@/shared/urlState';
import { When } from '@/shared/When';
import { BULLETIN_KINDS, BULLETIN_STATUSES, bulletinsQuery } from './queries';

const DraftDialog = lazy(async () => ({ default: (await import('./DraftDialog')).DraftDialog }));

const KEYS = ['kind', 'status'] as const;

/** Bulletins, the newest first; whoever may drafts one. */
export function BulletinsPage() {
  const { t } = useTranslation();
  const can = useCan();
  const navigate = useNavigate();
  const { values, change } = useUrlState(KEYS);
  const [drafting, setDrafting] = useState(false);
  const query = useInfiniteQuery(
    bulletinsQuery({
      kind: BULLETIN_KINDS.find((kind) => kind === values.kind),
      status: BULLETIN_STATUSES.find((status) => status === values.status),
    }),
  );
  const bulletins = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page
      title={t('nav.bulletins')}
      lead={t('bulletins.lead')}
      actions={
        can('manage-bulletins') && (
          <Button type="primary" onClick={() => setDrafting(true)}>
            {t('bulletins.draft')}
          </Button>
        )
      }
    >
      <div className="filters" role="search" aria-label={t('lists.filters')}>
        <Filter id="bulletins-kind" label={t('bulletins.kind')}>
          <Select
            id="bulletins-kind"
            allowClear
            value={values.kind}
            placeholder={t('bulletins.anyKind')}
            onChange={(kind: string | undefined) => change({ kind })}
            options={BULLETIN_KINDS.map((kind) => ({ value: kind, label: t(`bulletins.kindOf.${kind}`) }))}
          />
        </Filter>
        <Filter id="bulletins-status" label={t('bulletins.status')}>
          <Select
            id="bulletins-status"
            allowClear
            value={values.status}
            placeholder={t('bulletins.anyStatus')}
            onChange={(status: string | undefined) => change({ status })}
            options={BULLETIN_STATUSES.map((status) => ({ value: status, label: t(`bulletins.statusOf.${status}`) }))}
          />
        </Filter>
      </div>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {query.data && bulletins.length === 0 && <Empty title={t('bulletins.empty')}>{t('bulletins.emptyHint')}</Empty>}
      {bulletins.length > 0 && (
        <DataTable<Bulletin>
          caption={t('nav.bulletins')}
          rows={bulletins}
          rowKey={(row) => row.id}
          busy={query.isPlaceholderData}
          columns={[
            {
              key: 'period',
              title: t('bulletins.period'),
              heading: true,
              render: (row) => (
                <Link to={`/bulletins/${row.id}`} className="num nowrap">
                  {row.period} {t(`bulletins.kindOf.${row.kind}`)}
                </Link>
              ),
            },
            {
              key: 'number',
              title: t('bulletins.number'),
              render: (row) =>
                row.number !== undefined && t('bulletins.numbered', { year: row.year, count: row.number }),
            },
            {
              key: 'status',
              title: t('bulletins.status'),
              render: (row) => <span className="tag">{t(`bulletins.statusOf.${row.status}`)}</span>,
            },
            {
              key: 'drafted',
              title: t('bulletins.drafted'),
              render: (row) => (
                <>
                  {row.draftedBy.name} · <When at={row.draftedAt} />
                </>
              ),
            },
            {
              key: 'issued',
              title: t('bulletins.issued'),
              render: (row) =>
                row.issuedAt &&
                row.issuedBy && (
                  <>
                    {row.issuedBy.name} · <When at={row.issuedAt} />
                  </>
                ),
            },
          ]}
        />
      )}
      <LoadMore {...query} />
      {drafting && (
        <Suspense fallback={null}>
          <DraftDialog onClose={() => setDrafting(false)} onDrafted={(id) => void navigate(`/bulletins/${id}`)} />
        </Suspense>
      )}
    </Page>
  );
}
