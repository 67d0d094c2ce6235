import { useQuery } from '@tanstack/react-query';
import { Button, Form } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { anonymous } from '@/api/client';
import { isProblem } from 'pipeline-client';
import { currentSession, signOut } from '@/api/session';
import type { SetUpCheck } from '@/api/types';
import { LinkButton } from '@/shared/LinkButton';
import { Facts, Loading } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useDialogForm } from '@/shared/useDialogForm';
import { When } from '@/shared/When';
import { NewPasswordFields } from './NewPasswordFields';
import { setUpQuery } from './queries';
import { Welcome } from './Welcome';

/** Where the one-time link leads: the person sets the password. The token is in the fragment, which no server and no log ever sees. */
export function SetUpPage() {
  const { t } = useTranslation();
  const [token] = useState(() => window.location.hash.slice(1));
  useEffect(() => {
    document.title = `${t('setUp.title')} · ${t('app.name')}`;
  }, [t]);
  useEffect(() => {
    if (window.location.hash) window.history.replaceState(window.history.state, '', window.location.pathname);
  }, []);
  const query = useQuery({ ...setUpQuery(token), enabled: token !== '' });
  const invalid = isProblem(query.error, 'link-invalid') || isProblem(query.error, 'validation-failed');
  return (
    <Welcome>
      <h2>{t('setUp.title')}</h2>
      {token === '' && <InvalidLink text={t('setUp.noToken')} />}
      {token !== '' && query.isPending && <Loading />}
      {invalid ? (
        <InvalidLink text={t('setUp.invalidText')} />
      ) : (
        <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data && <SetUpForm token={token} link={query.data} />}
    </Welcome>
  );
}

function InvalidLink({ text }: { text: string }) {
  const { t } = useTranslation();
  return (
    <div role="alert">
      <h3>{t('setUp.invalidTitle')}</h3>
      <p>{text}</p>
      <p>{t('setUp.invalidNext')}</p>
      <LinkButton to="/sign-in">{t('setUp.toSignIn')}</LinkButton>
    </div>
  );
}

function SetUpForm({ token, link }: { token: string; link: SetUpCheck }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [form] = Form.useForm<{ password: string }>();
  const { busy, error, left, send } = useDialogForm(form);
  const submit = ({ password }: { password: string }) =>
    send(async () => {
      await anonymous('/api/v1/auth/set-up', { token, password });
      // Somebody else may be signed in here: the one whose password this is goes on.
      if (currentSession().state !== 'anonymous') await signOut();
      await navigate('/sign-in', { state: { username: link.username } });
    });
  if (isProblem(error, 'link-invalid')) return <InvalidLink text={t('setUp.invalidText')} />;
  return (
    <>
      <Facts
        items={[
          { label: t('setUp.name'), value: link.displayName },
          { label: t('setUp.for'), value: <code>{link.username}</code> },
          { label: t('setUp.until'), value: <When at={link.expiresAt} /> },
        ]}
      />
      <p className="hint set-up-once">{t('setUp.once')}</p>
      <ProblemAlert
        error={
          isProblem(error) && Object.keys(error.errors).length > 0 && Object.keys(left).length === 0 ? null : error
        }
        fields={left}
      />
      <Form form={form} name="set-up" layout="vertical" requiredMark={false} onFinish={(values) => void submit(values)}>
        <input type="text" name="username" autoComplete="username" value={link.username} readOnly hidden />
        <NewPasswordFields name="password" minLength={link.minLength} />
        <Button type="primary" htmlType="submit" block size="large" loading={busy}>
          {t('setUp.submit')}
        </Button>
      </Form>
    </>
  );
}
