import { Button, Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signIn } from '@/api/session';
import { ProblemAlert } from '@/shared/ProblemAlert';

interface Values { username: string; password: string }
interface Props {
  /** Fixed where a session that has ended is taken up again. */
  username?: string;
  filled?: Values | null;
  onSignedIn?: () => void;
}

export function SignInForm({ username, filled, onSignedIn }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    if (filled) form.setFieldsValue(filled);
  }, [filled, form]);

  async function submit(values: Values) {
    setBusy(true);
    setError(null);
    try {
      await signIn(values.username, values.password);
      form.resetFields(['password']);
      onSignedIn?.();
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Form form={form} name={username ? 'sign-in-again' : 'sign-in'} layout="vertical" requiredMark={false} initialValues={{ username }} onFinish={(values) => void submit(values)}>
      <ProblemAlert error={error} />
      <Form.Item name="username" label={t('signIn.username')} rules={[{ required: true, message: t('signIn.usernameRequired') }]}>
        <Input autoComplete="username" autoCapitalize="none" readOnly={username !== undefined} autoFocus={username === undefined} />
      </Form.Item>
      <Form.Item name="password" label={t('signIn.password')} rules={[{ required: true, message: t('signIn.passwordRequired') }]}>
        <Input.Password autoComplete="current-password" autoFocus={username !== undefined} />
      </Form.Item>
      <Button type="primary" htmlType="submit" block size="large" loading={busy}>{t('signIn.submit')}</Button>
    </Form>
  );
}
