import { DownOutlined } from '@ant-design/icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUrlState } from '@/shared/urlState';
import type { ApiKey } from '@/api/types';
import { DataTable, type Column } from '@/shared/DataTable';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading, Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useUnitName } from '@/shared/units';
import { When } from '@/shared/When';
import { KeyDialog } from './KeyDialog';
import { KeyState } from './KeyState';
import { keysQuery } from './queries';
import { RevokeDialog } from './RevokeDialog';
import { RotateDialog } from './RotateDialog';
import { ScopeTags } from './ScopeTags';

type Doing = { what: 'edit' | 'rotate' | 'revoke'; key: ApiKey };

const KEYS = ['new'] as const;

export function KeysPage() {
  const { t } = useTranslation();
  const unit = useUnitName();
  const query = useInfiniteQuery(keysQuery);
  const [doing, setDoing] = useState<Doing | null>(null);
  const close = () => setDoing(null);
  const { values, change } = useUrlState(KEYS);
  const keys = query.data?.pages.flatMap((page) => page.items) ?? [];
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
    {
      key: 'scopes',
      title: t('keys.scopes'),
      render: (key) => <ScopeTags scopes={key.scopes} />,
    },
    {
      key: 'unit',
      title: t('keys.unit'),
      render: (key) => (key.jurisdiction ? unit(key.jurisdiction) : <span className="muted">{t('keys.noUnit')}</span>),
    },
    {
      key: 'expires',
      title: t('keys.expires'),
      render: (key) =>
        key.expiresAt ? (
          <When at={key.expiresAt} precision="day" />
        ) : (
          <span className="muted">{t('keys.noExpiry')}</span>
        ),
    },
    {
      key: 'used',
      title: t('keys.lastUsed'),
      render: (key) =>
        key.lastUsedAt ? (
          <span className="two-lines">
            <When at={key.lastUsedAt} />
            {key.lastUsedAddress && <small>{t('keys.from', { address: key.lastUsedAddress })}</small>}
          </span>
        ) : (
          <span className="muted">{t('keys.neverUsed')}</span>
        ),
    },
    { key: 'state', title: t('keys.state'), render: (key) => <KeyState apiKey={key} /> },
    {
      key: 'actions',
      title: t('keys.actions'),
      render: (key) =>
        key.revokedAt ? (
          <span className="muted">{t('common.none')}</span>
        ) : (
          <Dropdown
            trigger={['click']}
            menu={{
              items: [
                { key: 'edit', label: t('keys.edit') },
                { key: 'rotate', label: t('keys.rotate') },
                { key: 'revoke', label: t('keys.revoke'), danger: true },
              ],
              onClick: (item) => setDoing({ what: item.key as 'edit' | 'rotate' | 'revoke', key }),
            }}
          >
            <Button size="small" aria-label={t('keys.menuOf', { name: key.name })}>
              {t('keys.more')} <DownOutlined aria-hidden />
            </Button>
          </Dropdown>
        ),
    },
  ];
  return (
    <Page
      title={t('keys.title')}
      lead={t('keys.lead')}
      wide
      actions={
        <Button type="primary" onClick={() => change({ new: '1' })}>
          {t('keys.add')}
        </Button>
      }
    >
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {query.data && keys.length === 0 && <Empty title={t('keys.empty')}>{t('keys.emptyHint')}</Empty>}
      {keys.length > 0 && (
        <DataTable caption={t('keys.title')} columns={columns} rows={keys} rowKey={(key) => key.id} />
      )}
      <LoadMore {...query} />
      {values.new && <KeyDialog onClose={() => change({ new: undefined })} />}
      {doing?.what === 'edit' && <KeyDialog apiKey={doing.key} onClose={close} />}
      {doing?.what === 'rotate' && <RotateDialog apiKey={doing.key} onClose={close} />}
      {doing?.what === 'revoke' && <RevokeDialog apiKey={doing.key} onClose={close} />}
    </Page>
  );
}
