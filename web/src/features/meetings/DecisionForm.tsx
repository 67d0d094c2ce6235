import { App, Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Meeting } from '@/api/types';
import { DateInput } from '@/shared/DateInput';
import { addDays, today } from '@/shared/dates';
import { JurisdictionSelect } from '@/shared/JurisdictionSelect';
import { useMeetingStep } from '@/shared/meetings/queries';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useIdempotencyKey } from '@/shared/submission';
import { useDialogForm } from '@/shared/useDialogForm';
import { limit } from '@/shared/limit';

const FORTNIGHT = 14;

interface Values {
  projectId?: string;
  text: string;
  ownerId: string;
  dueOn: string;
}

/** Records one decision there and then: what is to be done, by whom, until when. */
export function DecisionForm({
  meeting,
  projectId,
  projects,
}: {
  meeting: Meeting;
  /** The project that it is about; else one is chosen, or none. */
  projectId?: string;
  projects?: { value: string; label: string }[];
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const take = useMeetingStep();
  const key = useIdempotencyKey();
  const { busy, error, left, send } = useDialogForm(form);
  const submit = (values: Values) =>
    send(async () => {
      const decision = { ...values, projectId: projectId ?? values.projectId, text: values.text.trim() };
      await take.mutateAsync({
        id: meeting.id,
        version: meeting.version ?? 0,
        key: key.keyFor({ decision, version: meeting.version }),
        act: { step: 'minute', decisions: [decision] },
      });
      message.success(t('meetings.decided'));
      form.resetFields(['text']);
      form.focusField('text');
    });
  return (
    <Form
      form={form}
      name="decision"
      layout="vertical"
      className="decision-form"
      initialValues={{ dueOn: addDays(today(), FORTNIGHT) }}
      onFinish={(values) => void submit(values)}
    >
      <ProblemAlert error={error} fields={left} />
      {projects && projects.length > 0 && (
        <Form.Item name="projectId" label={t('meetings.project')}>
          <Select allowClear showSearch={{ optionFilterProp: 'label' }} options={projects} />
        </Form.Item>
      )}
      <Form.Item
        name="text"
        label={t('meetings.decision')}
        rules={[{ required: true, whitespace: true, message: t('meetings.decisionRequired') }]}
      >
        <Input.TextArea
          autoSize={{ minRows: 1, maxRows: 4 }}
          {...limit(1000)}
          onPressEnter={(event) => {
            if (event.ctrlKey || event.metaKey) form.submit();
          }}
        />
      </Form.Item>
      <Form.Item
        name="ownerId"
        label={t('actions.owner')}
        rules={[{ required: true, message: t('meetings.ownerRequired') }]}
      >
        <JurisdictionSelect placeholder={t('meetings.ownerRequired')} />
      </Form.Item>
      <Form.Item name="dueOn" label={t('actions.dueOn')} rules={[{ required: true, message: t('form.dateRequired') }]}>
        <DateInput min={today()} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy}>
        {t('meetings.record')}
      </Button>
    </Form>
  );
}
