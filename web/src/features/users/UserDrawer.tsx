import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body, client, mergePatchBody, type Tagged } from '@/api/client';
import { isProblem } from 'pipeline-client';
import type { SessionEntry, SetUpLink, UserAccount, UserInput } from '@/api/types';
import { ConfirmDialog } from '@/shared/ConfirmDialog';
import { Facts, Loading } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { Sessions } from '@/shared/Sessions';
import { useUnitName } from '@/shared/units';
import { When } from '@/shared/When';
import { AccountTags } from './AccountTags';
import { userQuery, userSessionsQuery } from './queries';
import { SetUpLinkNote } from './SetUpLinkNote';
import { UserDialog } from './UserDialog';

type Action = 'disable' | 'enable' | 'link' | 'unlock' | 'resetSecondFactor';

function actionsOn(user: UserAccount): Action[] {
  return [
    ...(user.lockedUntil ? (['unlock'] as const) : []),
    ...(user.active ? (['link'] as const) : []),
    ...(user.secondFactor ? (['resetSecondFactor'] as const) : []),
    user.active ? 'disable' : 'enable',
  ];
}

function act(action: Action, { value: { id }, etag }: Tagged<UserAccount>): Promise<UserAccount> {
  const params = { path: { id }, header: { 'If-Match': etag } };
  switch (action) {
    case 'link':
      return body(client.POST('/api/v1/users/{id}/set-up-link', { params }));
    case 'unlock':
      return body(client.POST('/api/v1/users/{id}/unlock', { params }));
    case 'resetSecondFactor':
      return body(client.POST('/api/v1/users/{id}/reset-second-factor', { params }));
    default:
      return body(
        client.PATCH('/api/v1/users/{id}', {
          params,
          body: mergePatchBody<UserInput>({ active: action === 'enable' }),
          headers: { 'Content-Type': 'application/merge-patch+json' },
        }),
      );
  }
}

/** An account: its facts, what can be done with it, and where it is signed in. */
export function UserDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const query = useQuery(userQuery(id));
  return (
    <Drawer
      open
      onClose={onClose}
      size={560}
      title={query.data?.value.displayName ?? t('users.title')}
      rootClassName="detail-drawer"
    >
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {query.data && <Account user={query.data} />}
    </Drawer>
  );
}

function Account({ user: tagged }: { user: Tagged<UserAccount> }) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [editing, setEditing] = useState(false);
  const [asking, setAsking] = useState<Action | null>(null);
  const [link, setLink] = useState<SetUpLink | null>(null);
  const user = tagged.value;

  async function go(action: Action) {
    try {
      const done = await act(action, tagged);
      setLink(done.setUpLink ?? null);
    } catch (problem) {
      if (isProblem(problem, 'precondition-failed')) await queries.invalidateQueries({ queryKey: ['users'] });
      throw problem;
    }
    await queries.invalidateQueries({ queryKey: ['users'] });
    message.success(t(`users.did.${action}`));
  }

  return (
    <>
      {link && <SetUpLinkNote link={link} name={user.displayName} />}
      <p>
        <AccountTags user={user} />
      </p>
      <Facts
        items={[
          { label: t('users.username'), value: <code>{user.username}</code> },
          { label: t('users.role'), value: t(`role.${user.role}`) },
          { label: t('users.unit'), value: user.jurisdiction ? unit(user.jurisdiction) : t('common.none') },
          { label: t('users.email'), value: user.email ?? <span className="muted">{t('common.notGiven')}</span> },
          {
            label: t('users.lastSignIn'),
            value: user.lastSignInAt ? (
              <When at={user.lastSignInAt} />
            ) : (
              <span className="muted">{t('users.never')}</span>
            ),
          },
          { label: t('users.createdAt'), value: <When at={user.createdAt} /> },
          { label: t('users.factor'), value: user.secondFactor ? t('users.yes') : t('users.no') },
        ]}
      />
      <h2 className="drawer-title">{t('users.actions')}</h2>
      <div className="actions">
        <Button type="primary" onClick={() => setEditing(true)}>
          {t('users.edit')}
        </Button>
        {actionsOn(user).map((action) => (
          <Button
            key={action}
            danger={action === 'disable' || action === 'resetSecondFactor'}
            onClick={() => setAsking(action)}
          >
            {t(`users.act.${action}`)}
          </Button>
        ))}
      </div>
      <h2 className="drawer-title">{t('users.sessions')}</h2>
      <UserSessions id={user.id} />
      {editing && <UserDialog current={tagged} onClose={() => setEditing(false)} />}
      {asking && (
        <ConfirmDialog
          title={t(`users.act.${asking}`)}
          confirm={t(`users.act.${asking}`)}
          danger={asking !== 'enable' && asking !== 'unlock'}
          onConfirm={() => go(asking)}
          onClose={() => setAsking(null)}
        >
          <p>{t(`users.ask.${asking}`, { name: user.displayName })}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

function UserSessions({ id }: { id: string }) {
  const query = useQuery(userSessionsQuery(id));
  async function end(session: SessionEntry) {
    await body(
      client.POST('/api/v1/users/{id}/sessions/{sessionId}/revoke', {
        params: { path: { id, sessionId: session.id } },
      }),
    );
    await query.refetch();
  }
  return (
    <>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={2} />}
      {query.data && <Sessions sessions={query.data} onEnd={end} />}
    </>
  );
}
