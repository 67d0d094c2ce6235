import { useQuery } from '@tanstack/react-query';
import { App, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Meeting, MeetingKind, MeetingPlan } from '@/api/types';
import { DateInput } from '@/shared/DateInput';
import { shanghaiInstant, shanghaiLocal } from '@/shared/dates';
import { MEETING_KINDS, useEditMeeting, usePlanMeeting } from '@/shared/meetings/queries';
import { FormDialog } from '@/shared/FormDialog';
import { MinuteInput } from '@/shared/MinuteInput';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { leadersQuery } from '@/shared/queries';
import { useIdempotencyKey } from '@/shared/submission';
import { useDialogForm } from '@/shared/useDialogForm';
import { limit } from '@/shared/limit';

interface Values {
  kind: MeetingKind;
  heldOn?: string;
  startsAt?: string;
  cutOffAt?: string;
  chair?: string;
  chairId?: string;
  place?: string;
  attendees?: string;
}

/** Plans a meeting, or changes the plan of one. */
export function PlanDialog({
  meeting,
  onClose,
  onPlanned,
}: {
  meeting?: Meeting;
  onClose: () => void;
  onPlanned?: (id: string) => void;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const leaders = useQuery(leadersQuery);
  const plan = usePlanMeeting();
  const edit = useEditMeeting();
  const key = useIdempotencyKey();
  const { busy, error, left, send } = useDialogForm(form);
  const submit = (values: Values) =>
    send(async () => {
      // What is emptied is removed from a plan that is there (null), and left out of a new one.
      const nothing = (meeting ? null : undefined) as undefined;
      const wanted: MeetingPlan = {
        kind: values.kind,
        heldOn: values.heldOn,
        startsAt: values.startsAt || nothing,
        cutOffAt: values.cutOffAt ? shanghaiInstant(values.cutOffAt) : undefined,
        chair: values.chair,
        chairId: values.chairId ?? nothing,
        place: values.place?.trim() || nothing,
        attendees: lines(values.attendees),
      };
      if (meeting) {
        await edit.mutateAsync({ id: meeting.id, version: meeting.version ?? 0, plan: wanted });
      } else {
        const planned = await plan.mutateAsync({ plan: wanted, key: key.keyFor(wanted) });
        onPlanned?.(planned.id);
      }
      message.success(t('meetings.saved'));
      onClose();
    });
  const required = (text: string) => [{ required: true, whitespace: true, message: text }];
  return (
    <FormDialog
      form={form}
      title={meeting ? t('meetings.edit') : t('meetings.plan')}
      action={t('meetings.save')}
      busy={busy}
      onClose={onClose}
    >
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="meeting-plan"
        layout="vertical"
        initialValues={
          meeting
            ? {
                ...meeting,
                cutOffAt: shanghaiLocal(meeting.cutOffAt),
                attendees: meeting.attendees?.join('\n'),
              }
            : { kind: 'monthly' }
        }
        onFinish={(values) => void submit(values)}
      >
        <Form.Item name="kind" label={t('meetings.kind')}>
          <Select options={MEETING_KINDS.map((kind) => ({ value: kind, label: t(`meetingKind.${kind}`) }))} />
        </Form.Item>
        <Form.Item name="heldOn" label={t('meetings.heldOn')} rules={required(t('form.dateRequired'))}>
          <DateInput />
        </Form.Item>
        <Form.Item name="startsAt" label={t('meetings.startsAt')}>
          <Input type="time" />
        </Form.Item>
        <Form.Item
          name="cutOffAt"
          label={t('meetings.cutOffAt')}
          extra={t('meetings.cutOffHint')}
          rules={required(t('form.dateRequired'))}
        >
          <MinuteInput />
        </Form.Item>
        <Form.Item name="chair" label={t('meetings.chair')} rules={required(t('meetings.chairRequired'))}>
          <Input {...limit(100)} />
        </Form.Item>
        <Form.Item name="chairId" label={t('meetings.chairUser')} extra={t('meetings.chairUserHint')}>
          <Select
            allowClear
            options={(leaders.data ?? []).map((leader) => ({ value: leader.id, label: leader.name }))}
          />
        </Form.Item>
        <Form.Item name="place" label={t('meetings.place')}>
          <Input {...limit(200)} />
        </Form.Item>
        <Form.Item name="attendees" label={t('meetings.attendees')} extra={t('meetings.attendeesHint')}>
          <Input.TextArea rows={3} />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}

/** One to a line. */
export const lines = (text: string | undefined): string[] =>
  (text ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
