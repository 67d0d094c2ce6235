import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { body, client } from '@/api/client';
import type { Period } from '@/api/types';
import { ConfirmDialog } from '@/shared/ConfirmDialog';
import { DataTable } from '@/shared/DataTable';
import { Loading, Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { ReasonDialog } from '@/shared/ReasonDialog';
import { newKey } from '@/shared/submission';
import { useUrlState } from '@/shared/urlState';
import { When } from '@/shared/When';
import { periodsQuery } from './queries';

const PeriodPanel = lazy(async () => ({ default: (await import('./PeriodPanel')).PeriodPanel }));
const Readiness = lazy(async () => ({ default: (await import('./Readiness')).Readiness }));

const KEYS = ['period'] as const;

/** The months of the books: which are closed, what they came to then, and who opened one again. */
export function PeriodsPage() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const can = useCan();
  const queries = useQueryClient();
  const query = useQuery(periodsQuery);
  const { values, change } = useUrlState(KEYS);
  const [closing, setClosing] = useState<Period>();
  const [reopening, setReopening] = useState<Period>();
  const [confirming, setConfirming] = useState<Period>();
  const refresh = () =>
    Promise.all(['periods', 'boards', 'credit'].map((each) => queries.invalidateQueries({ queryKey: [each] })));
  const heading = (period: Period) => ({
    path: { period: period.period },
    header: { 'If-Match': `"${period.version}"`, 'Idempotency-Key': newKey() },
  });
  const done = async (text: string) => {
    message.success(text);
    await refresh();
  };
  return (
    <Page title={t('periods.title')} lead={t('periods.lead')} wide>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={8} />}
      {query.data && (
        <DataTable<Period>
          caption={t('periods.title')}
          rows={query.data}
          rowKey={(row) => row.period}
          columns={[
            {
              key: 'period',
              title: t('periods.period'),
              heading: true,
              render: (row) => (
                <Button
                  type="link"
                  size="small"
                  aria-label={t('periods.open', { period: row.period })}
                  onClick={() => change({ period: row.period })}
                >
                  <span className="num nowrap">
                    {row.period}
                    {row.period.endsWith('-13') && ` (${t('periods.thirteenth')})`}
                  </span>
                </Button>
              ),
            },
            {
              key: 'status',
              title: t('periods.status'),
              render: (row) => (
                <>
                  {t(`periods.statusOf.${row.status}`)}
                  {row.status === 'open' && row.reopenedAt && ` · ${t('periods.reopened')}`}
                  {row.reopening && <span className="hint"> · {t('periods.waits')}</span>}
                </>
              ),
            },
            {
              key: 'closed',
              title: t('periods.closed'),
              render: (row) =>
                row.closedAt && row.closedBy ? (
                  <>
                    {row.closedBy.name} · <When at={row.closedAt} />
                  </>
                ) : (
                  row.status === 'closed' && <span className="hint">{t('periods.before')}</span>
                ),
            },
            {
              key: 'version',
              title: t('periods.version'),
              align: 'right',
              render: (row) => row.snapshotVersion && <span className="num">{row.snapshotVersion}</span>,
            },
            {
              key: 'board',
              title: t('periods.figures'),
              render: (row) =>
                row.snapshotId &&
                can('read-figures') && <Link to={`/boards?snapshot=${row.snapshotId}`}>{t('periods.board')}</Link>,
            },
            {
              key: 'actions',
              title: t('periods.actions'),
              render: (row) => (
                <span className="nowrap">
                  {row.allowedActions.includes('close') && (
                    <Button
                      size="small"
                      aria-label={t('periods.closeOne', { period: row.period })}
                      onClick={() => setClosing(row)}
                    >
                      {t('periods.close')}
                    </Button>
                  )}
                  {row.allowedActions.includes('reopen') && (
                    <Button size="small" danger onClick={() => setReopening(row)}>
                      {t('periods.reopen')}
                    </Button>
                  )}
                  {row.allowedActions.includes('confirm') && (
                    <Button size="small" danger onClick={() => setConfirming(row)}>
                      {t('periods.confirm')}
                    </Button>
                  )}
                </span>
              ),
            },
          ]}
        />
      )}
      {values.period && (
        <Suspense fallback={null}>
          <PeriodPanel period={values.period} onClose={() => change({ period: undefined })} />
        </Suspense>
      )}
      {closing && (
        <ConfirmDialog
          title={t('periods.closeOne', { period: closing.period })}
          confirm={t('periods.close')}
          onConfirm={async () => {
            await body(client.POST('/api/v1/periods/{period}/close', { params: heading(closing) }));
            await done(t('periods.closedNow', { period: closing.period }));
          }}
          onClose={() => setClosing(undefined)}
        >
          <p>{t('periods.closeText')}</p>
          <Suspense fallback={<Loading rows={3} />}>
            <Readiness period={closing.period} />
          </Suspense>
        </ConfirmDialog>
      )}
      <ReasonDialog
        open={reopening !== undefined}
        title={t('periods.reopenOne', { period: reopening?.period ?? '' })}
        confirm={t('periods.reopen')}
        danger
        onConfirm={async (reason) => {
          if (!reopening) return;
          await body(client.POST('/api/v1/periods/{period}/reopen', { params: heading(reopening), body: { reason } }));
          await done(t('periods.asked'));
        }}
        onClose={() => setReopening(undefined)}
      >
        <p>{t('periods.reopenText')}</p>
      </ReasonDialog>
      {confirming && (
        <ConfirmDialog
          title={t('periods.confirmOne', { period: confirming.period })}
          confirm={t('periods.confirm')}
          danger
          onConfirm={async () => {
            await body(client.POST('/api/v1/periods/{period}/confirm', { params: heading(confirming) }));
            await done(t('periods.openedNow', { period: confirming.period }));
          }}
          onClose={() => setConfirming(undefined)}
        >
          <p>
            {t('periods.askedBy', {
              name: confirming.reopening?.askedBy.name ?? '',
              reason: confirming.reopening?.reason ?? '',
            })}
          </p>
          <p>{t('periods.confirmText')}</p>
        </ConfirmDialog>
      )}
    </Page>
  );
}
