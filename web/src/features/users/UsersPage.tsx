import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Role, UserAccount } from '@/api/types';
import { DataTable, type Column } from '@/shared/DataTable';
import { Filter, TextFilter } from '@/shared/Filter';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading, Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useUnitName } from '@/shared/units';
import { useUrlState } from '@/shared/urlState';
import { When } from '@/shared/When';
import { AccountTags } from './AccountTags';
import { usersQuery } from './queries';
import { ROLES } from './roles';
import { UserDialog } from './UserDialog';
import { UserDrawer } from './UserDrawer';

const KEYS = ['q', 'role', 'active', 'user', 'new'] as const;

export function UsersPage() {
  const { t } = useTranslation();
  const unit = useUnitName();
  const { values, change, clear } = useUrlState(KEYS);
  const adding = values.new !== undefined;
  const query = useInfiniteQuery(
    usersQuery({
      q: values.q,
      role: ROLES.find((role: Role) => role === values.role),
      active: values.active === 'true' || values.active === 'false' ? values.active : undefined,
    }),
  );
  const users = query.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Boolean(values.q || values.role || values.active);

  const columns: Column<UserAccount>[] = [
    {
      key: 'person',
      title: t('users.person'),
      heading: true,
      render: (user) => (
        <span className="name-cell">
          <button type="button" className="link" onClick={() => change({ user: user.id })}>
            {user.displayName}
          </button>
          <small>{user.username}</small>
        </span>
      ),
    },
    { key: 'role', title: t('users.role'), render: (user) => t(`role.${user.role}`) },
    {
      key: 'unit',
      title: t('users.unit'),
      render: (user) =>
        user.jurisdiction ? unit(user.jurisdiction) : <span className="muted">{t('common.none')}</span>,
    },
    { key: 'state', title: t('users.state'), render: (user) => <AccountTags user={user} /> },
    {
      key: 'last',
      title: t('users.lastSignIn'),
      align: 'right',
      render: (user) =>
        user.lastSignInAt ? <When at={user.lastSignInAt} /> : <span className="muted">{t('users.never')}</span>,
    },
  ];

  return (
    <Page
      title={t('users.title')}
      lead={t('users.lead')}
      wide
      actions={
        <Button type="primary" onClick={() => change({ new: '1' })}>
          {t('users.add')}
        </Button>
      }
    >
      <div className="filters" role="search" aria-label={t('lists.filters')}>
        <TextFilter
          key={values.q ?? ''}
          id="users-q"
          label={t('users.search')}
          placeholder={t('users.searchHint')}
          value={values.q}
          onChange={(q) => change({ q })}
        />
        <Filter id="users-role" label={t('users.role')}>
          <Select
            id="users-role"
            allowClear
            value={values.role}
            placeholder={t('users.allRoles')}
            onChange={(role: string | undefined) => change({ role })}
            options={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
          />
        </Filter>
        <Filter id="users-active" label={t('users.state')}>
          <Select
            id="users-active"
            allowClear
            value={values.active}
            placeholder={t('users.allStates')}
            onChange={(active: string | undefined) => change({ active })}
            options={[
              { value: 'true', label: t('users.active') },
              { value: 'false', label: t('users.inactive') },
            ]}
          />
        </Filter>
        {filtered && (
          <Button className="filters-clear" onClick={clear}>
            {t('lists.clear')}
          </Button>
        )}
      </div>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={8} />}
      {query.data && users.length === 0 && (
        <Empty title={t('users.empty')}>
          {filtered ? <Button onClick={clear}>{t('lists.clear')}</Button> : t('users.emptyHint')}
        </Empty>
      )}
      {users.length > 0 && (
        <DataTable
          caption={t('users.title')}
          columns={columns}
          rows={users}
          rowKey={(user) => user.id}
          busy={query.isPlaceholderData}
        />
      )}
      <LoadMore {...query} />
      {adding && <UserDialog onClose={() => change({ new: undefined })} />}
      {values.user && <UserDrawer key={values.user} id={values.user} onClose={() => change({ user: undefined })} />}
    </Page>
  );
}
