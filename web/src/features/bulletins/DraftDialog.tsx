import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import type { BulletinKind, BulletinTemplate } from '@/api/types';
import { FormDialog } from '@/shared/FormDialog';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useIdempotencyKey } from '@/shared/submission';
import { useDialogForm } from '@/shared/useDialogForm';
import { tellable } from './periods';
import { BULLETIN_KINDS, BULLETIN_TEMPLATES, closedPeriodsQuery } from './queries';
import { limit } from '@/shared/limit';

interface Values {
  kind: BulletinKind;
  period?: string;
  template: BulletinTemplate;
  places: number;
  note?: string;
}

/** Drafts a bulletin of a closed period; its page shows what it says before anybody issues it. */
export function DraftDialog({ onClose, onDrafted }: { onClose: () => void; onDrafted: (id: string) => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const kind = Form.useWatch('kind', form) ?? 'monthly';
  const periods = useQuery(closedPeriodsQuery);
  const key = useIdempotencyKey();
  const { busy, error, left, send } = useDialogForm(form);
  const choices = tellable(kind, periods.data ?? []);
  const submit = (values: Values) =>
    send(async () => {
      const wanted = { ...values, note: values.note?.trim() || undefined };
      const drafted = await body(
        client.POST('/api/v1/bulletins', {
          params: { header: { 'Idempotency-Key': key.keyFor(wanted) } },
          body: wanted,
        }),
      );
      await queries.invalidateQueries({ queryKey: ['bulletins'] });
      onDrafted(drafted.id);
    });
  return (
    <FormDialog form={form} title={t('bulletins.draft')} busy={busy} onClose={onClose}>
      <ProblemAlert error={error ?? periods.error} fields={left} />
      <Form
        form={form}
        name="bulletin"
        layout="vertical"
        initialValues={{ kind: 'monthly', template: 'full', places: 3 }}
        onFinish={(values) => void submit(values)}
      >
        <Form.Item name="kind" label={t('bulletins.kind')} rules={[{ required: true }]}>
          <Select
            options={BULLETIN_KINDS.map((each) => ({ value: each, label: t(`bulletins.kindOf.${each}`) }))}
            onChange={() => form.setFieldValue('period', undefined)}
          />
        </Form.Item>
        <Form.Item
          name="period"
          label={t('bulletins.period')}
          extra={periods.data && choices.length === 0 ? t('bulletins.noPeriod') : t('bulletins.periodHint')}
          rules={[{ required: true, message: t('bulletins.periodRequired') }]}
        >
          <Select
            loading={periods.isPending}
            options={choices.map((each) => ({ value: each, label: each }))}
            placeholder={t('bulletins.choosePeriod')}
          />
        </Form.Item>
        <Form.Item name="template" label={t('bulletins.template')} rules={[{ required: true }]}>
          <Select
            options={BULLETIN_TEMPLATES.map((each) => ({ value: each, label: t(`bulletins.templateOf.${each}`) }))}
          />
        </Form.Item>
        <Form.Item name="places" label={t('bulletins.places')} rules={[{ required: true }]}>
          <InputNumber min={1} max={10} precision={0} />
        </Form.Item>
        <Form.Item name="note" label={t('bulletins.note')} extra={t('bulletins.noteHint')}>
          <Input.TextArea rows={4} {...limit(4000)} />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}
