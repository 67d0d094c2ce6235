import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { body, client, tagged } from '@/api/client';
import type { ApiKey } from '@/api/types';
import { DataTable, type Column } from '@/shared/DataTable';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading, Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useUnitName } from '@/shared/units';
import { When } from '@/shared/When';
import { KeyState } from './KeyState';
import { ScopeTags } from './ScopeTags';
import { unitKeysQuery } from './queries';

/** The keys that act for the own unit (to the centre: for any), and what waits for a second person. */
export function UnitKeysPage() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const unit = useUnitName();
  const queries = useQueryClient();
  const query = useInfiniteQuery(unitKeysQuery);
  const keys = query.data?.pages.flatMap((page) => page.items) ?? [];
  const confirm = useMutation({
    mutationFn: async (key: ApiKey) => {
      const { etag } = await tagged(client.GET('/api/v1/unit-keys/{id}', { params: { path: { id: key.id } } }));
      return body(
        client.POST('/api/v1/unit-keys/{id}/confirm', {
          params: { path: { id: key.id }, header: { 'If-Match': etag } },
        }),
      );
    },
    onSuccess: () => message.success(t('keys.confirmed')),
    onSettled: () => queries.invalidateQueries({ queryKey: ['unit-keys'] }),
  });
  const columns: Column<ApiKey>[] = [
    {
      key: 'name',
      title: t('keys.name'),
      heading: true,
      render: (key) => (
        <span className="name-cell">
          <strong>{key.name}</strong>
          <small>
            <code>{key.hint}…</code>
          </small>
        </span>
      ),
    },
    { key: 'unit', title: t('keys.unit'), render: (key) => key.jurisdiction && unit(key.jurisdiction) },
    { key: 'scopes', title: t('keys.scopes'), render: (key) => <ScopeTags scopes={key.scopes} /> },
    {
      key: 'created',
      title: t('keys.createdBy'),
      render: (key) => (
        <span className="two-lines">
          {key.createdBy.name}
          <small>
            <When at={key.createdAt} />
          </small>
        </span>
      ),
    },
    { key: 'state', title: t('keys.state'), render: (key) => <KeyState apiKey={key} /> },
    {
      key: 'actions',
      title: t('keys.actions'),
      render: (key) =>
        key.waiting && !key.revokedAt ? (
          <Button
            size="small"
            type="primary"
            loading={confirm.isPending && confirm.variables.id === key.id}
            aria-label={t('keys.confirmOf', { name: key.name })}
            onClick={() => confirm.mutate(key)}
          >
            {t('keys.confirm')}
          </Button>
        ) : (
          <span className="muted">{t('common.none')}</span>
        ),
    },
  ];
  return (
    <Page title={t('keys.unitTitle')} lead={t('keys.unitLead')} wide>
      <ProblemAlert error={query.error ?? confirm.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={4} />}
      {query.data && keys.length === 0 && <Empty title={t('keys.empty')}>{t('keys.unitEmptyHint')}</Empty>}
      {keys.length > 0 && (
        <DataTable caption={t('keys.unitTitle')} columns={columns} rows={keys} rowKey={(key) => key.id} />
      )}
      <LoadMore {...query} />
    </Page>
  );
}
