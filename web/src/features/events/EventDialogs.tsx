import { App, Checkbox, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import type { CityEvent, CityEventBody, EventResult, EventResultBody } from '@/api/types';
import { DateInput } from '@/shared/DateInput';
import { FormDialog } from '@/shared/FormDialog';
import { JurisdictionSelect } from '@/shared/JurisdictionSelect';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ProjectSelect } from '@/shared/ProjectSelect';
import { useMe } from '@/shared/queries';
import { useIdempotencyKey } from '@/shared/submission';
import { ifMatch, useChange } from '@/shared/useChange';
import { useDialogForm } from '@/shared/useDialogForm';
import { EVENT_KINDS } from './kinds';

type EventValues = Omit<CityEventBody, 'participants'> & { participants?: string };

/** Adds an event, or changes one. */
export function EventDialog({ event, onClose }: { event?: CityEvent; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const centre = useMe()?.role === 'coordinator';
  const [form] = Form.useForm<EventValues>();
  const key = useIdempotencyKey();
  const change = useChange('events');
  const { busy, error, left, send } = useDialogForm(form);
  const nothing = (event ? null : undefined) as undefined;
  const submit = (values: EventValues) =>
    send(async () => {
      const facts: CityEventBody = {
        organiserId: event ? (event.organiser?.id ?? nothing) : values.organiserId,
        kind: values.kind,
        technology: values.technology ?? false,
        name: values.name?.trim(),
        startsOn: values.startsOn,
        endsOn: values.endsOn || nothing,
        place: values.place?.trim() || nothing,
        participants: (values.participants ?? '')
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean),
        note: values.note?.trim() || nothing,
      };
      await change.mutateAsync(() =>
        event
          ? body(
              client.PATCH('/api/v1/events/{id}', {
                params: { path: { id: event.id }, header: ifMatch(event.version) },
                body: facts,
              }),
            )
          : body(
              client.POST('/api/v1/events', {
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
      title={event ? t('events.editOf', { name: event.name }) : t('events.add')}
      action={t('resources.save')}
      busy={busy}
      onClose={onClose}
    >
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="event"
        layout="vertical"
        initialValues={
          event ? { ...event, participants: event.participants.join('\n') } : { kind: 'promotion', technology: false }
        }
        onFinish={(values) => void submit(values)}
      >
        <Form.Item
          name="name"
          label={t('events.name')}
          rules={[{ required: true, whitespace: true, message: t('resources.nameRequired') }]}
        >
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="kind" label={t('events.kind')}>
          <Select options={EVENT_KINDS.map((kind) => ({ value: kind, label: t(`eventKind.${kind}`) }))} />
        </Form.Item>
        <Form.Item name="technology" valuePropName="checked">
          <Checkbox>{t('events.technology')}</Checkbox>
        </Form.Item>
        <Form.Item
          name="startsOn"
          label={t('events.startsOn')}
          rules={[{ required: true, message: t('resources.dateRequired') }]}
        >
          <DateInput />
        </Form.Item>
        <Form.Item name="endsOn" label={t('events.endsOn')} extra={t('events.endsHint')}>
          <DateInput />
        </Form.Item>
        <Form.Item name="place" label={t('events.place')}>
          <Input maxLength={200} />
        </Form.Item>
        {centre && !event && (
          <Form.Item name="organiserId" label={t('events.organiser')}>
            <JurisdictionSelect reportingOnly placeholder={t('events.centre')} />
          </Form.Item>
        )}
        <Form.Item name="participants" label={t('events.participants')} extra={t('events.participantsHint')}>
          <Input.TextArea rows={3} />
        </Form.Item>
        <Form.Item name="note" label={t('resources.note')}>
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}

const RESULT_KINDS = ['project', 'signing', 'prize'] as const;

/** Says what came of an event, or gives it unit, carrier and person. */
export function ResultDialog({
  event,
  result,
  onClose,
}: {
  event: CityEvent;
  result?: EventResult;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const centre = useMe()?.role === 'coordinator';
  const [form] = Form.useForm<EventResultBody>();
  const key = useIdempotencyKey();
  const change = useChange('events');
  const { busy, error, left, send } = useDialogForm(form);
  const nothing = (result ? null : undefined) as undefined;
  const submit = (values: EventResultBody) =>
    send(async () => {
      const facts: EventResultBody = {
        kind: values.kind,
        title: values.title?.trim(),
        projectId: values.projectId ?? nothing,
        unit: (centre ? values.unit : result?.unit?.id) ?? nothing,
        carrier: values.carrier?.trim() || nothing,
        person: values.person?.trim() || nothing,
      };
      await change.mutateAsync(() =>
        result
          ? body(
              client.PATCH('/api/v1/event-results/{id}', {
                params: { path: { id: result.id }, header: ifMatch(result.version) },
                body: facts,
              }),
            )
          : body(
              client.POST('/api/v1/events/{id}/results', {
                params: { path: { id: event.id }, header: { 'Idempotency-Key': key.keyFor(facts) } },
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
      title={result ? t('events.assignOf', { title: result.title }) : t('events.addResult')}
      action={t('resources.save')}
      busy={busy}
      onClose={onClose}
    >
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="event-result"
        layout="vertical"
        initialValues={
          result
            ? {
                kind: result.kind,
                title: result.title,
                projectId: result.project?.id,
                unit: result.unit?.id,
                carrier: result.carrier,
                person: result.person,
              }
            : { kind: 'project' }
        }
        onFinish={(values) => void submit(values)}
      >
        <Form.Item name="kind" label={t('events.kind')}>
          <Select options={RESULT_KINDS.map((kind) => ({ value: kind, label: t(`resultKind.${kind}`) }))} />
        </Form.Item>
        <Form.Item
          name="title"
          label={t('events.resultTitle')}
          rules={[{ required: true, whitespace: true, message: t('resources.nameRequired') }]}
        >
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="projectId" label={t('events.project')}>
          <ProjectSelect />
        </Form.Item>
        {centre && (
          <Form.Item name="unit" label={t('resources.unit')}>
            <JurisdictionSelect reportingOnly />
          </Form.Item>
        )}
        <Form.Item name="carrier" label={t('events.carrier')}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="person" label={t('events.person')}>
          <Input maxLength={100} />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}

interface Closed {
  outcome: 'landed' | 'dropped';
  note: string;
}

/** Says how a result without a project ended. */
export function CloseDialog({ result, onClose }: { result: EventResult; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Closed>();
  const change = useChange('events');
  const { busy, error, left, send } = useDialogForm(form);
  const submit = (values: Closed) =>
    send(async () => {
      await change.mutateAsync(() =>
        body(
          client.POST('/api/v1/event-results/{id}/close', {
            params: { path: { id: result.id }, header: ifMatch(result.version) },
            body: { outcome: values.outcome, note: values.note.trim() },
          }),
        ),
      );
      message.success(t('resources.done'));
      onClose();
    });
  return (
    <FormDialog
      form={form}
      title={t('events.closeOf', { title: result.title })}
      action={t('events.close')}
      busy={busy}
      onClose={onClose}
    >
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="event-result-close"
        layout="vertical"
        initialValues={{ outcome: 'landed' }}
        onFinish={(values) => void submit(values)}
      >
        <Form.Item name="outcome" label={t('events.outcome')}>
          <Select
            options={(['landed', 'dropped'] as const).map((one) => ({ value: one, label: t(`resultOutcome.${one}`) }))}
          />
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
