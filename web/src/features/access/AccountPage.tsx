import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import { signOut } from '@/api/session';
import type { Me, SessionEntry } from '@/api/types';
import { FormDialog } from '@/shared/FormDialog';
import { LinkButton } from '@/shared/LinkButton';
import { Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { meQuery } from '@/shared/queries';
import { Sessions } from '@/shared/Sessions';
import { useDialogForm } from '@/shared/useDialogForm';
import { Calendars } from './Calendars';
import { MailSettings } from './MailSettings';
import { PasswordForm } from './PasswordForm';
import { mySessionsQuery } from './queries';
import { SecondFactorSetUp } from './SecondFactorSetUp';

export function AccountPage() {
  const { t } = useTranslation();
  const query = useQuery(meQuery);
  const me = query.data;
  return (
    <Page
      title={t('account.title')}
      lead={me && t('account.lead', { name: me.user.displayName, username: me.user.username })}
    >
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={8} />}
      {me && (
        <>
          <SecondFactor me={me} />
          <Password me={me} />
          <MailSettings />
          <Calendars />
          <MySessions />
          {me.permissions.includes('confirm-keys') && (
            <Panel title={t('account.unitKeysTitle')}>
              <p className="hint">{t('account.unitKeysLead')}</p>
              <LinkButton to="/unit-keys">{t('account.unitKeys')}</LinkButton>
            </Panel>
          )}
        </>
      )}
    </Page>
  );
}

function Password({ me }: { me: Me }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  return (
    <Panel title={t('account.passwordTitle')}>
      {me.hasPassword ? (
        <PasswordForm me={me} onChanged={() => queries.invalidateQueries({ queryKey: ['me'] })} />
      ) : (
        <p className="muted">{t('password.none')}</p>
      )}
    </Panel>
  );
}

function SecondFactor({ me }: { me: Me }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [settingUp, setSettingUp] = useState(false);
  const [removing, setRemoving] = useState(false);
  async function done() {
    await queries.invalidateQueries({ queryKey: ['me'] });
    setSettingUp(false);
    message.success(t('factor.done'));
  }
  const on = me.secondFactor === true;
  return (
    <Panel
      title={
        <>
          {t('account.factorTitle')}{' '}
          <span className={on ? 'tag tag-ok' : 'tag'}>{on ? t('account.factorOn') : t('account.factorOff')}</span>
        </>
      }
    >
      {settingUp ? (
        <SecondFactorSetUp me={me} onDone={done} onCancel={() => setSettingUp(false)} />
      ) : (
        <>
          <p>{on ? t('account.factorOnText') : t('account.factorOffText')}</p>
          {!me.hasPassword ? (
            <p className="muted">{t('password.none')}</p>
          ) : on ? (
            <Button danger onClick={() => setRemoving(true)}>
              {t('account.remove')}
            </Button>
          ) : (
            <Button type="primary" onClick={() => setSettingUp(true)}>
              {t('account.setUp')}
            </Button>
          )}
        </>
      )}
      {removing && <RemoveDialog onClose={() => setRemoving(false)} />}
    </Panel>
  );
}

function RemoveDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<{ password: string }>();
  const { busy, error, left, send } = useDialogForm(form);
  const submit = ({ password }: { password: string }) =>
    send(async () => {
      await body(client.POST('/api/v1/me/second-factor/remove', { body: { password } }));
      await queries.invalidateQueries({ queryKey: ['me'] });
      message.success(t('account.removed'));
      onClose();
    });
  return (
    <FormDialog
      form={form}
      title={t('account.remove')}
      action={t('account.confirmRemove')}
      busy={busy}
      danger={true}
      onClose={onClose}
    >
      <p>{t('account.removeText')}</p>
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="factor-remove"
        layout="vertical"
        requiredMark={false}
        onFinish={(values) => void submit(values)}
      >
        <Form.Item
          name="password"
          label={t('factor.password')}
          rules={[{ required: true, message: t('password.currentRequired') }]}
        >
          <Input.Password autoComplete="current-password" autoFocus />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}

function MySessions() {
  const { t } = useTranslation();
  const query = useQuery(mySessionsQuery);
  async function end(session: SessionEntry) {
    if (session.current) return signOut();
    await body(client.POST('/api/v1/me/sessions/{id}/revoke', { params: { path: { id: session.id } } }));
    await query.refetch();
  }
  return (
    <Panel title={t('account.sessionsTitle')}>
      <p className="hint">{t('account.sessionsLead')}</p>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading />}
      {query.data && <Sessions sessions={query.data} onEnd={end} />}
    </Panel>
  );
}
