import { App, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import type { Me } from '@/api/types';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useDialogForm } from '@/shared/useDialogForm';
import { NewPasswordFields } from './NewPasswordFields';

interface Values {
  currentPassword: string;
  newPassword: string;
}

export function PasswordForm({ me, onChanged }: { me: Me; onChanged: () => unknown }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const { busy, error, left, send } = useDialogForm(form);
  const submit = ({ currentPassword, newPassword }: Values) =>
    send(async () => {
      await body(client.POST('/api/v1/me/password', { body: { currentPassword, newPassword } }));
      form.resetFields();
      message.success(t('password.changed'));
      await onChanged();
    });
  return (
    <Form
      form={form}
      name="password"
      layout="vertical"
      className="narrow-form"
      requiredMark={false}
      onFinish={(values) => void submit(values)}
    >
      <ProblemAlert error={error} fields={left} />
      <input type="text" name="username" autoComplete="username" value={me.user.username} readOnly hidden />
      <Form.Item
        name="currentPassword"
        label={t('password.current')}
        rules={[{ required: true, message: t('password.currentRequired') }]}
      >
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <NewPasswordFields name="newPassword" minLength={me.passwordMinLength ?? 0} />
      <p className="hint">{t('password.others')}</p>
      <Button type="primary" htmlType="submit" loading={busy}>
        {t('password.change')}
      </Button>
    </Form>
  );
}
