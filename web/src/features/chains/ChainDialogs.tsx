import { useQuery } from '@tanstack/react-query';
import { App, Checkbox, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import type { Chain, ChainBody } from '@/api/types';
import { DateInput } from '@/shared/DateInput';
import { today } from '@/shared/dates';
import { FormDialog } from '@/shared/FormDialog';
import { JurisdictionSelect } from '@/shared/JurisdictionSelect';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { leadersQuery } from '@/shared/queries';
import { useIdempotencyKey } from '@/shared/submission';
import { ifMatch, useChange } from '@/shared/useChange';
import { useDialogForm } from '@/shared/useDialogForm';

interface Values {
  name: string;
  leaderId?: string;
  departmentId?: string;
  masters?: string;
  note?: string;
  active?: boolean;
}

/** Draws up a chain, or changes who leads it. */
export function ChainDialog({ chain, onClose }: { chain?: Chain; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const leaders = useQuery(leadersQuery);
  const [form] = Form.useForm<Values>();
  const key = useIdempotencyKey();
  const change = useChange('chains');
  const { busy, error, left, send } = useDialogForm(form);
  const nothing = (chain ? null : undefined) as undefined;
  const submit = (values: Values) =>
    send(async () => {
      const facts: ChainBody = {
        name: values.name.trim(),
        leaderId: values.leaderId ?? nothing,
        departmentId: values.departmentId ?? nothing,
        masters: (values.masters ?? '')
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean),
        note: values.note?.trim() || nothing,
        active: values.active ?? true,
      };
      await change.mutateAsync(() =>
        chain
          ? body(
              client.PATCH('/api/v1/chains/{id}', {
                params: { path: { id: chain.id }, header: ifMatch(chain.version) },
                body: facts,
              }),
            )
          : body(
              client.POST('/api/v1/chains', {
                params: { header: { 'Idempotency-Key': key.keyFor(facts) } },
                body: facts,
              }),
            ),
      );
      message.success(t('resources.saved'));
      onClose();
    });
  return (
    <FormDialog
      form={form}
      title={chain ? chain.name : t('chains.add')}
      action={t('resources.save')}
      busy={busy}
      onClose={onClose}
    >
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="chain"
        layout="vertical"
        initialValues={
          chain
            ? {
                name: chain.name,
                leaderId: chain.leader?.id,
                departmentId: chain.department?.id,
                masters: chain.masters.join('\n'),
                note: chain.note,
                active: chain.active,
              }
            : { active: true }
        }
        onFinish={(values) => void submit(values)}
      >
        <Form.Item
          name="name"
          label={t('chains.name')}
          extra={t('chains.nameHint')}
          rules={[{ required: true, whitespace: true, message: t('resources.nameRequired') }]}
        >
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="leaderId" label={t('chains.leader')}>
          <Select
            allowClear
            options={(leaders.data ?? []).map((leader) => ({ value: leader.id, label: leader.name }))}
          />
        </Form.Item>
        <Form.Item name="departmentId" label={t('chains.department')}>
          <JurisdictionSelect kind="department" />
        </Form.Item>
        <Form.Item name="masters" label={t('chains.masters')} extra={t('chains.mastersHint')}>
          <Input.TextArea rows={3} />
        </Form.Item>
        <Form.Item name="note" label={t('resources.note')}>
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
        <Form.Item name="active" valuePropName="checked">
          <Checkbox>{t('chains.active')}</Checkbox>
        </Form.Item>
      </Form>
    </FormDialog>
  );
}

interface Reviewed {
  reviewedOn?: string;
  note: string;
}

/** Records that the chain was reviewed. */
export function ReviewDialog({ chain, onClose }: { chain: Chain; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Reviewed>();
  const key = useIdempotencyKey();
  const change = useChange('chains');
  const { busy, error, left, send } = useDialogForm(form);
  const submit = (values: Reviewed) =>
    send(async () => {
      const review = { reviewedOn: values.reviewedOn || undefined, note: values.note.trim() };
      await change.mutateAsync(() =>
        body(
          client.POST('/api/v1/chains/{id}/reviews', {
            params: { path: { id: chain.id }, header: { 'Idempotency-Key': key.keyFor(review) } },
            body: review,
          }),
        ),
      );
      message.success(t('resources.saved'));
      onClose();
    });
  return (
    <FormDialog
      form={form}
      title={t('chains.reviewOf', { name: chain.name })}
      action={t('resources.save')}
      busy={busy}
      onClose={onClose}
    >
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="chain-review"
        layout="vertical"
        initialValues={{ reviewedOn: today() }}
        onFinish={(values) => void submit(values)}
      >
        <Form.Item name="reviewedOn" label={t('chains.heldOn')}>
          <DateInput max={today()} />
        </Form.Item>
        <Form.Item
          name="note"
          label={t('resources.note')}
          rules={[{ required: true, whitespace: true, message: t('resources.noteRequired') }]}
        >
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}
