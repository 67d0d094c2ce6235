import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Checkbox, Form, Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { body, client, type Tagged } from '@/api/client';
import { isProblem } from 'pipeline-client';
import type { NoticeKind, NoticeSettings } from '@/api/types';
import { useCodeText, type Language } from '@/shared/i18n';
import { Loading, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useDialogForm } from '@/shared/useDialogForm';
import { noticeSettingsQuery } from './queries';
import { limit } from '@/shared/limit';

interface Values {
  address?: string;
  language: Language;
  kinds: NoticeKind[];
  digest: boolean;
  digestHour: number;
  quiet: boolean;
  quietFrom?: string;
  quietTo?: string;
}

function valuesOf(settings: NoticeSettings): Values {
  return {
    address: settings.address ?? undefined,
    language: settings.language === 'en' ? 'en' : 'zh-CN',
    kinds: settings.kinds.filter((kind) => !settings.muted.includes(kind)),
    digest: settings.digestHour !== null,
    digestHour: settings.digestHour ?? 8,
    quiet: settings.quietFrom !== null,
    quietFrom: settings.quietFrom ?? '21:00',
    quietTo: settings.quietTo ?? '07:30',
  };
}

/** How the person is told by e-mail. */
export function MailSettings() {
  const { t } = useTranslation();
  const query = useQuery(noticeSettingsQuery);
  return (
    <Panel title={t('noticeSettings.title')} id="notices">
      <p className="hint">{t('noticeSettings.lead')}</p>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading />}
      {query.data && <Settings key={query.data.etag} current={query.data} />}
    </Panel>
  );
}

function Settings({ current: { value, etag } }: { current: Tagged<NoticeSettings> }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const code = useCodeText();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const { busy, error, left, send } = useDialogForm(form);
  const digest = Form.useWatch('digest', form) ?? value.digestHour !== null;
  const quiet = Form.useWatch('quiet', form) ?? value.quietFrom !== null;

  // What is not shown is not in the form's values: it is taken from what was read.
  const save = (typed: Values) =>
    send(async () => {
      const values = { ...valuesOf(value), ...typed };
      try {
        await body(
          client.PUT('/api/v1/me/notice-settings', {
            params: { header: { 'If-Match': etag } },
            body: {
              address: values.address?.trim() || undefined,
              language: values.language,
              muted: value.kinds.filter((kind) => !values.kinds.includes(kind)),
              digestHour: values.digest ? values.digestHour : undefined,
              quietFrom: values.quiet ? values.quietFrom : undefined,
              quietTo: values.quiet ? values.quietTo : undefined,
            },
          }),
        );
      } catch (problem) {
        if (!isProblem(problem, 'precondition-failed')) throw problem;
        await queries.invalidateQueries({ queryKey: noticeSettingsQuery.queryKey });
        message.warning(t('noticeSettings.stale'));
        return;
      }
      await queries.invalidateQueries({ queryKey: noticeSettingsQuery.queryKey });
      message.success(t('noticeSettings.saved'));
    });

  return (
    <>
      {!value.mailEnabled && <Alert type="info" showIcon title={t('noticeSettings.off')} className="form-alert" />}
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="notice-settings"
        layout="vertical"
        requiredMark={false}
        initialValues={valuesOf(value)}
        onFinish={(values) => void save(values)}
        className="narrow-form"
      >
        <Form.Item
          name="address"
          label={t('noticeSettings.address')}
          rules={[{ type: 'email', message: t('noticeSettings.addressWrong') }]}
          extra={
            value.accountAddress
              ? t('noticeSettings.addressHint', { address: value.accountAddress })
              : t('noticeSettings.addressNone')
          }
        >
          <Input type="email" {...limit(200)} autoComplete="email" />
        </Form.Item>
        <Form.Item name="language" label={t('noticeSettings.language')}>
          <Radio.Group
            options={[
              { value: 'zh-CN', label: '\u4e2d\u6587' },
              { value: 'en', label: 'English' },
            ]}
          />
        </Form.Item>
        <Form.Item name="kinds" label={t('noticeSettings.kinds')}>
          <Checkbox.Group
            className="choices"
            options={value.kinds.map((kind) => ({ value: kind, label: code('notices.kind', kind) }))}
          />
        </Form.Item>
        <Form.Item name="digest" label={t('noticeSettings.when')}>
          <Radio.Group
            options={[
              { value: false, label: t('noticeSettings.each') },
              { value: true, label: t('noticeSettings.digest') },
            ]}
          />
        </Form.Item>
        {digest && (
          <Form.Item name="digestHour" label={t('noticeSettings.hour')}>
            <Select
              options={Array.from({ length: 24 }, (_, hour) => ({
                value: hour,
                label: t('noticeSettings.hourOf', { hour }),
              }))}
            />
          </Form.Item>
        )}
        <Form.Item name="quiet" valuePropName="checked" extra={t('noticeSettings.quietHint')}>
          <Checkbox>{t('noticeSettings.quiet')}</Checkbox>
        </Form.Item>
        {quiet && (
          <div className="quiet-hours">
            <Form.Item name="quietFrom" label={t('noticeSettings.from')}>
              <Input type="time" required />
            </Form.Item>
            <Form.Item name="quietTo" label={t('noticeSettings.to')}>
              <Input type="time" required />
            </Form.Item>
          </div>
        )}
        <div className="form-actions">
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('noticeSettings.save')}
          </Button>
        </div>
      </Form>
    </>
  );
}
