import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Webhook } from '@/api/types';
import { DataTable, type Column } from '@/shared/DataTable';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading, Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useUnitName } from '@/shared/units';
import { When } from '@/shared/When';
import { webhooksQuery } from './queries';
import { WebhookState } from './WebhookState';

/** Where changes are sent to, by which key. */
export function WebhooksPage() {
  const { t } = useTranslation();
  const unit = useUnitName();
  const query = useInfiniteQuery(webhooksQuery);
  const webhooks = query.data?.pages.flatMap((page) => page.items) ?? [];
  const columns: Column<Webhook>[] = [
    {
      key: 'url',
      title: t('webhooks.url'),
      heading: true,
      render: (webhook) => (
        <span className="name-cell">
          <Link to={`/webhooks/${webhook.id}`} className="text">
            {webhook.url}
          </Link>
          {webhook.description && <small>{webhook.description}</small>}
        </span>
      ),
    },
    {
      key: 'key',
      title: t('webhooks.key'),
      render: (webhook) => (
        <span className="two-lines">
          {webhook.key.name}
          <small>{webhook.key.jurisdiction ? unit(webhook.key.jurisdiction) : t('keys.noUnit')}</small>
        </span>
      ),
    },
    { key: 'types', title: t('webhooks.types'), render: (webhook) => <code>{webhook.types.join(' ')}</code> },
    { key: 'state', title: t('webhooks.state'), render: (webhook) => <WebhookState webhook={webhook} /> },
    { key: 'created', title: t('webhooks.created'), render: (webhook) => <When at={webhook.createdAt} /> },
  ];
  return (
    <Page title={t('nav.webhooks')} lead={t('webhooks.lead')} wide>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={4} />}
      {query.data && webhooks.length === 0 && <Empty title={t('webhooks.empty')}>{t('webhooks.emptyHint')}</Empty>}
      {webhooks.length > 0 && (
        <DataTable caption={t('nav.webhooks')} columns={columns} rows={webhooks} rowKey={(webhook) => webhook.id} />
      )}
      <LoadMore {...query} />
    </Page>
  );
}
