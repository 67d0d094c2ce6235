import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { body, client } from '@/api/client';
import type { Delivery, Webhook } from '@/api/types';
import { ConfirmDialog } from '@/shared/ConfirmDialog';
import { CopyField } from '@/shared/CopyField';
import { DataTable, type Column } from '@/shared/DataTable';
import { Filter } from '@/shared/Filter';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading, Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useUrlState } from '@/shared/urlState';
import { When } from '@/shared/When';
import { DeliveryDialog } from './DeliveryDialog';
import { DELIVERY_STATUSES, deliveriesQuery, webhookQuery } from './queries';
import { ReplayDialog } from './ReplayDialog';
import { WebhookState } from './WebhookState';

const TONES = { waiting: 'tag-pending', delivered: 'tag-ok', dead: 'tag-bad', withdrawn: '' } as const;

/** One webhook: how it stands, what was sent to it, and what can be done about it. */
export function WebhookPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const queries = useQueryClient();
  const { values, change } = useUrlState(['status', 'delivery'] as const);
  const [asking, setAsking] = useState<'rotate' | 'enable' | 'replay' | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const current = useQuery(webhookQuery(id));
  const status = DELIVERY_STATUSES.find((each) => each === values.status);
  const deliveries = useInfiniteQuery(deliveriesQuery(id, status));
  const rows = deliveries.data?.pages.flatMap((page) => page.items) ?? [];
  const refresh = () => queries.invalidateQueries({ queryKey: ['webhooks'] });
  const header = { 'If-Match': current.data?.etag ?? '' };
  const rotate = async () => {
    const made: Webhook = await body(
      client.POST('/api/v1/webhooks/{id}/rotate-secret', { params: { path: { id }, header }, body: {} }),
    );
    setSecret(made.secret ?? null);
    await refresh();
  };
  const enable = async () => {
    await body(client.POST('/api/v1/webhooks/{id}/enable', { params: { path: { id }, header } }));
    await refresh();
  };
  const columns: Column<Delivery>[] = [
    {
      key: 'type',
      title: t('webhooks.type'),
      heading: true,
      render: (row) => (
        <Button size="small" onClick={() => change({ delivery: row.id })}>
          <code>{row.type}</code>
        </Button>
      ),
    },
    {
      key: 'subject',
      title: t('webhooks.subject'),
      render: (row) => <code className="text">{row.subject}</code>,
    },
    {
      key: 'status',
      title: t('webhooks.state'),
      render: (row) => <span className={`tag ${TONES[row.status]}`}>{t(`webhooks.deliveryOf.${row.status}`)}</span>,
    },
    { key: 'tries', title: t('webhooks.tries'), render: (row) => <span className="num">{row.tries}</span> },
    { key: 'due', title: t('webhooks.next'), render: (row) => row.dueAt && <When at={row.dueAt} /> },
    { key: 'created', title: t('webhooks.created'), render: (row) => <When at={row.createdAt} /> },
  ];
  const webhook = current.data?.value;
  return (
    <Page
      title={t('webhooks.one')}
      lead={
        <>
          <Link to="/webhooks">{t('nav.webhooks')}</Link>
          {webhook && (
            <>
              {' '}
              · {webhook.url} <WebhookState webhook={webhook} />
            </>
          )}
        </>
      }
      wide
      actions={
        webhook && (
          <>
            {webhook.status === 'disabled' && (
              <Button type="primary" onClick={() => setAsking('enable')}>
                {t('webhooks.enable')}
              </Button>
            )}
            <Button onClick={() => setAsking('replay')}>{t('webhooks.replay')}</Button>
            <Button onClick={() => setAsking('rotate')}>{t('webhooks.rotate')}</Button>
          </>
        )
      }
    >
      <ProblemAlert error={current.error} onRetry={() => void current.refetch()} />
      {current.isPending && <Loading rows={2} />}
      {secret && (
        <div role="status">
          <p>{t('webhooks.secretOnce')}</p>
          <CopyField label={t('webhooks.secret')} value={secret} />
        </div>
      )}
      <div className="filters" role="search" aria-label={t('lists.filters')}>
        <Filter id="deliveries-status" label={t('webhooks.state')}>
          <Select
            id="deliveries-status"
            allowClear
            value={status}
            placeholder={t('webhooks.anyState')}
            onChange={(next: string | undefined) => change({ status: next })}
            options={DELIVERY_STATUSES.map((each) => ({ value: each, label: t(`webhooks.deliveryOf.${each}`) }))}
          />
        </Filter>
      </div>
      <ProblemAlert error={deliveries.error} onRetry={() => void deliveries.refetch()} />
      {deliveries.isPending && <Loading rows={4} />}
      {deliveries.data && rows.length === 0 && (
        <Empty title={t('webhooks.noDeliveries')}>{t('webhooks.noDeliveriesHint')}</Empty>
      )}
      {rows.length > 0 && (
        <DataTable
          caption={t('webhooks.deliveries')}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          busy={deliveries.isPlaceholderData}
        />
      )}
      <LoadMore {...deliveries} />
      {values.delivery && (
        <DeliveryDialog
          webhookId={id}
          deliveryId={values.delivery}
          onClose={() => change({ delivery: undefined })}
          onSent={() => void refresh()}
        />
      )}
      {asking === 'rotate' && (
        <ConfirmDialog
          title={t('webhooks.rotate')}
          confirm={t('webhooks.rotateConfirm')}
          onConfirm={rotate}
          onClose={() => setAsking(null)}
        >
          <p>{t('webhooks.rotateText')}</p>
        </ConfirmDialog>
      )}
      {asking === 'enable' && (
        <ConfirmDialog
          title={t('webhooks.enable')}
          confirm={t('webhooks.enable')}
          onConfirm={enable}
          onClose={() => setAsking(null)}
        >
          <p>{t('webhooks.enableText')}</p>
        </ConfirmDialog>
      )}
      {asking === 'replay' && (
        <ReplayDialog webhookId={id} onClose={() => setAsking(null)} onReplayed={() => void refresh()} />
      )}
    </Page>
  );
}
