import { App, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import type { OfficeLead, OfficeLeadBody, OfficeLeadStep } from '@/api/types';
import { FormDialog } from '@/shared/FormDialog';
import { JurisdictionSelect } from '@/shared/JurisdictionSelect';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ProjectSelect } from '@/shared/ProjectSelect';
import { useMe } from '@/shared/queries';
import { useIdempotencyKey } from '@/shared/submission';
import { ifMatch, useChange } from '@/shared/useChange';
import { useDialogForm } from '@/shared/useDialogForm';

interface Submission {
  officeId?: string;
  title: string;
  investor?: string;
  content?: string;
  scale?: string;
  contact?: string;
  phone?: string;
}

/** Submits a lead to the centre. What is not known yet may be left out; it is told as missing. */
export function SubmitDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const centre = useMe()?.role === 'coordinator';
  const [form] = Form.useForm<Submission>();
  const key = useIdempotencyKey();
  const change = useChange('office-leads');
  const { busy, error, left, send } = useDialogForm(form);
  const submit = (values: Submission) =>
    send(async () => {
      const person = { name: values.contact?.trim() || undefined, phone: values.phone?.trim() || undefined };
      const lead: OfficeLeadBody = {
        officeId: values.officeId,
        title: values.title.trim(),
        investor: values.investor?.trim() || undefined,
        content: values.content?.trim() || undefined,
        scale: values.scale?.trim() || undefined,
        contacts: person.name || person.phone ? [person] : undefined,
      };
      await change.mutateAsync(() =>
        body(
          client.POST('/api/v1/office-leads', {
            params: { header: { 'Idempotency-Key': key.keyFor(lead) } },
            body: lead,
          }),
        ),
      );
      message.success(t('resources.saved'));
      onClose();
    });
  return (
    <FormDialog form={form} title={t('officeLeads.add')} action={t('officeLeads.submit')} busy={busy} onClose={onClose}>
      <ProblemAlert error={error} fields={left} />
      <p className="hint">{t('officeLeads.validHint')}</p>
      <Form form={form} name="office-lead" layout="vertical" onFinish={(values) => void submit(values)}>
        {centre && (
          <Form.Item
            name="officeId"
            label={t('officeLeads.office')}
            rules={[{ required: true, message: t('officeLeads.officeRequired') }]}
          >
            <JurisdictionSelect kind="office" placeholder={t('officeLeads.officeRequired')} />
          </Form.Item>
        )}
        <Form.Item
          name="title"
          label={t('officeLeads.name')}
          rules={[{ required: true, whitespace: true, message: t('resources.nameRequired') }]}
        >
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="investor" label={t('officeLeads.investor')}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="content" label={t('officeLeads.content')}>
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
        <Form.Item name="scale" label={t('officeLeads.scale')} extra={t('officeLeads.scaleHint')}>
          <Input maxLength={500} />
        </Form.Item>
        <Form.Item name="contact" label={t('officeLeads.contactName')}>
          <Input maxLength={50} autoComplete="off" />
        </Form.Item>
        <Form.Item name="phone" label={t('officeLeads.contactPhone')}>
          <Input maxLength={50} autoComplete="off" />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}

interface StepValues {
  verdict?: 'valid' | 'invalid';
  outcome?: 'project' | 'ended';
  jurisdictionId?: string;
  projectId?: string;
  text?: string;
}

/** Sends a step with what it needs. */
function sendStep(lead: OfficeLead, step: OfficeLeadStep, values: StepValues) {
  const params = { path: { id: lead.id }, header: ifMatch(lead.version) };
  const text = values.text?.trim() || undefined;
  switch (step) {
    case 'answer':
      return body(client.POST('/api/v1/office-leads/{id}/answer', { params, body: { note: text } }));
    case 'judge':
      return body(
        client.POST('/api/v1/office-leads/{id}/judge', { params, body: { verdict: values.verdict, reason: text } }),
      );
    case 'assign':
      return body(
        client.POST('/api/v1/office-leads/{id}/assign', {
          params,
          body: { jurisdictionId: values.jurisdictionId, note: text },
        }),
      );
    case 'decline':
      return body(client.POST('/api/v1/office-leads/{id}/decline', { params, body: { reason: text } }));
    case 'report':
      return body(client.POST('/api/v1/office-leads/{id}/report', { params, body: { note: text } }));
    case 'close':
      return body(
        client.POST('/api/v1/office-leads/{id}/close', {
          params,
          body: {
            outcome: values.outcome,
            projectId: values.outcome === 'project' ? values.projectId : undefined,
            reason: text,
          },
        }),
      );
  }
}

/** Takes a lead one step on. */
export function StepDialog({ lead, step, onClose }: { lead: OfficeLead; step: OfficeLeadStep; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<StepValues>();
  const change = useChange('office-leads');
  const { busy, error, left, send } = useDialogForm(form);
  const verdict = Form.useWatch('verdict', form);
  const outcome = Form.useWatch('outcome', form);
  const needsText = step === 'decline' || step === 'report' || step === 'close' || verdict === 'invalid';
  const submit = (values: StepValues) =>
    send(async () => {
      await change.mutateAsync(() => sendStep(lead, step, values));
      message.success(t('resources.done'));
      onClose();
    });
  return (
    <FormDialog
      form={form}
      title={t('officeLeads.stepOf', { step: t(`officeLeadStep.${step}`), name: lead.title })}
      action={t(`officeLeadStep.${step}`)}
      busy={busy}
      onClose={onClose}
    >
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="office-lead-step"
        layout="vertical"
        initialValues={{ verdict: lead.missing.length > 0 ? 'invalid' : 'valid', outcome: 'project' }}
        onFinish={(values) => void submit(values)}
      >
        {step === 'judge' && (
          <Form.Item name="verdict" label={t('officeLeads.verdict')}>
            <Select
              options={(['valid', 'invalid'] as const).map((each) => ({
                value: each,
                label: t(`officeLeadStatus.${each}`),
              }))}
            />
          </Form.Item>
        )}
        {step === 'assign' && (
          <Form.Item
            name="jurisdictionId"
            label={t('officeLeads.unit')}
            rules={[{ required: true, message: t('officeLeads.unitRequired') }]}
          >
            <JurisdictionSelect reportingOnly placeholder={t('officeLeads.unitRequired')} />
          </Form.Item>
        )}
        {step === 'close' && (
          <Form.Item name="outcome" label={t('officeLeads.outcome')}>
            <Select
              options={(['project', 'ended'] as const).map((each) => ({
                value: each,
                label: t(`officeLeadStatus.${each}`),
              }))}
            />
          </Form.Item>
        )}
        {step === 'close' && outcome === 'project' && (
          <Form.Item
            name="projectId"
            label={t('officeLeads.project')}
            rules={[{ required: true, message: t('resources.pickProject') }]}
          >
            <ProjectSelect />
          </Form.Item>
        )}
        <Form.Item
          name="text"
          label={t('resources.note')}
          rules={[{ required: needsText, whitespace: needsText, message: t('resources.noteRequired') }]}
        >
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}
