import { Alert, Button, Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from 'pipeline-client';
import { signIn } from '@/api/session';
import { ProblemAlert } from '@/shared/ProblemAlert';

interface Values {
  username: string;
  password: string;
  code?: string;
}
interface Props {
  /** Fixed where a session that has ended is taken up again. */
  username?: string;
  filled?: Partial<Values> | null;
  onSignedIn?: () => void;
}

/** Name and password first; the second factor only where the server asks for it, with what was typed kept. */
export function SignInForm({ username, filled, onSignedIn }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const [asked, setAsked] = useState(false);
  const [recovery, setRecovery] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    if (filled) form.setFieldsValue(filled);
  }, [filled, form]);

  function back() {
    setAsked(false);
    setRecovery(false);
    form.resetFields(['code']);
  }

  async function submit(values: Values) {
    setBusy(true);
    setError(null);
    try {
      await signIn(values.username, values.password, asked ? values.code?.trim() : undefined);
      form.resetFields(['password', 'code']);
      onSignedIn?.();
    } catch (problem) {
      if (isProblem(problem, 'second-factor-required')) setAsked(true);
      else if (isProblem(problem, 'second-factor-invalid')) {
        form.setFields([{ name: 'code', value: '', errors: [problem.problem.detail ?? problem.problem.title] }]);
        form.getFieldInstance('code')?.focus?.();
      } else {
        back();
        setError(problem);
      }
    } finally {
      setBusy(false);
    }
  }

  const locked = isProblem(error, 'account-locked');
  return (
    <Form
      form={form}
      name={username ? 'sign-in-again' : 'sign-in'}
      layout="vertical"
      requiredMark={false}
      initialValues={{ username }}
      onFinish={(values) => void submit(values)}
    >
      {locked ? (
        <Alert
          className="sign-in-note"
          type="warning"
          showIcon
          role="alert"
          title={error.problem.title}
          description={error.problem.detail}
        />
      ) : (
        <ProblemAlert error={error} />
      )}
      <div hidden={asked}>
        <Form.Item
          name="username"
          label={t('signIn.username')}
          rules={[{ required: true, message: t('signIn.usernameRequired') }]}
        >
          <Input
            autoComplete="username"
            autoCapitalize="none"
            readOnly={username !== undefined}
            autoFocus={username === undefined}
          />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('signIn.password')}
          rules={[{ required: true, message: t('signIn.passwordRequired') }]}
        >
          <Input.Password autoComplete="current-password" autoFocus={username !== undefined} />
        </Form.Item>
      </div>
      {asked && (
        <>
          <h3 className="sign-in-step">{t('access.codeTitle')}</h3>
          <p>{recovery ? t('access.recoveryText') : t('access.codeText')}</p>
          <Form.Item
            name="code"
            label={recovery ? t('access.recoveryCode') : t('access.code')}
            rules={[{ required: true, whitespace: true, message: t('access.codeRequired') }]}
          >
            <Input
              key={recovery ? 'recovery' : 'code'}
              className="code-input"
              size="large"
              autoFocus
              autoComplete="one-time-code"
              autoCapitalize="none"
              inputMode={recovery ? 'text' : 'numeric'}
              maxLength={recovery ? 20 : 7}
            />
          </Form.Item>
        </>
      )}
      <Button type="primary" htmlType="submit" block size="large" loading={busy}>
        {asked ? t('access.confirm') : t('signIn.submit')}
      </Button>
      {asked && (
        <div className="sign-in-links">
          <Button
            type="link"
            onClick={() => {
              setRecovery(!recovery);
              form.resetFields(['code']);
            }}
          >
            {recovery ? t('access.useCode') : t('access.useRecovery')}
          </Button>
          <Button type="link" onClick={back}>
            {t('access.back')}
          </Button>
        </div>
      )}
    </Form>
  );
}
