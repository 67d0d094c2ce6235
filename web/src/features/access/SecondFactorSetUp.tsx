import { PrinterOutlined } from '@ant-design/icons';
import { Button, Form, Input, Steps } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import type { Me, SecondFactorSecret } from '@/api/types';
import { CopyField } from '@/shared/CopyField';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useDialogForm } from '@/shared/useDialogForm';

const QrCode = lazy(() => import('@/shared/QrCode'));

/** Sets up the second factor: the password again, the secret into the phone, a code to prove it, the recovery codes to keep. */
export function SecondFactorSetUp({ me, onDone, onCancel }: { me: Me; onDone: () => unknown; onCancel?: () => void }) {
  const { t } = useTranslation();
  const [secret, setSecret] = useState<SecondFactorSecret | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  return (
    <div className="factor">
      <Steps
        size="small"
        responsive={false}
        current={codes ? 2 : secret ? 1 : 0}
        items={[{ title: t('factor.step1') }, { title: t('factor.step2') }, { title: t('factor.step3') }]}
      />
      {codes ? (
        <RecoveryCodes me={me} codes={codes} onKept={onDone} />
      ) : secret ? (
        <Confirm secret={secret} onConfirmed={setCodes} />
      ) : (
        <Begin me={me} onBegun={setSecret} onCancel={onCancel} />
      )}
    </div>
  );
}

function Begin({
  me,
  onBegun,
  onCancel,
}: {
  me: Me;
  onBegun: (secret: SecondFactorSecret) => void;
  onCancel?: () => void;
}) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ password: string }>();
  const { busy, error, left, send } = useDialogForm(form);
  return (
    <Form
      form={form}
      name="factor-password"
      layout="vertical"
      className="narrow-form"
      requiredMark={false}
      onFinish={({ password }) =>
        void send(async () => onBegun(await body(client.POST('/api/v1/me/second-factor', { body: { password } }))))
      }
    >
      <ProblemAlert error={error} fields={left} />
      <input type="text" name="username" autoComplete="username" value={me.user.username} readOnly hidden />
      <Form.Item
        name="password"
        label={t('factor.password')}
        rules={[{ required: true, message: t('password.currentRequired') }]}
      >
        <Input.Password autoComplete="current-password" autoFocus />
      </Form.Item>
      <div className="form-actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('factor.next')}
        </Button>
        {onCancel && <Button onClick={onCancel}>{t('common.cancel')}</Button>}
      </div>
    </Form>
  );
}

function Confirm({ secret, onConfirmed }: { secret: SecondFactorSecret; onConfirmed: (codes: string[]) => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ code: string }>();
  const { busy, error, left, send } = useDialogForm(form);
  return (
    <div className="factor-columns">
      <div className="qr">
        <Suspense fallback={null}>
          <QrCode value={secret.uri} label={t('factor.qr')} />
        </Suspense>
      </div>
      <div>
        <h3 className="factor-title">{t('factor.scan')}</h3>
        <p className="hint">{t('factor.scanHint')}</p>
        <details className="factor-secret">
          <summary>{t('factor.orType')}</summary>
          <CopyField label={t('factor.secret')} value={secret.secret} rows={2} />
        </details>
        <ProblemAlert error={error} fields={left} />
        <Form
          form={form}
          name="factor-code"
          layout="vertical"
          requiredMark={false}
          onFinish={({ code }) =>
            void send(async () =>
              onConfirmed(
                (await body(client.POST('/api/v1/me/second-factor/confirm', { body: { code } }))).recoveryCodes,
              ),
            )
          }
        >
          <Form.Item
            name="code"
            label={t('factor.code')}
            rules={[{ required: true, whitespace: true, message: t('access.codeRequired') }]}
          >
            <Input
              className="code-input"
              size="large"
              autoComplete="one-time-code"
              inputMode="numeric"
              maxLength={7}
              autoFocus
            />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('factor.confirm')}
          </Button>
        </Form>
      </div>
    </div>
  );
}

function RecoveryCodes({ me, codes, onKept }: { me: Me; codes: string[]; onKept: () => unknown }) {
  const { t } = useTranslation();
  return (
    <div className="recovery">
      <h3 className="print-only">
        {t('factor.printTitle', { name: me.user.displayName, username: me.user.username })}
      </h3>
      <p role="status">{t('factor.recoveryText')}</p>
      <CopyField label={t('factor.recoveryCodes')} value={codes.join('\n')} rows={codes.length} />
      <div className="form-actions no-print">
        <Button type="primary" onClick={() => void onKept()}>
          {t('factor.kept')}
        </Button>
        <Button icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
          {t('factor.print')}
        </Button>
      </div>
    </div>
  );
}
