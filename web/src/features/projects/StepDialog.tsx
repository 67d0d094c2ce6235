import { App, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Project, ReasonCode, Stage } from '@/api/types';
import { DateInput } from '@/shared/DateInput';
import { today } from '@/shared/dates';
import { FormDialog } from '@/shared/FormDialog';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useIdempotencyKey } from '@/shared/submission';
import { useSubmitMove } from '@/shared/moves/queries';
import { useDialogForm } from '@/shared/useDialogForm';
import { limit } from '@/shared/limit';

export type Step = 'back' | 'terminate' | 'reactivate';

const ORDER: readonly Stage[] = ['in-talks', 'signed', 'registered', 'started', 'in-production'];
const REASONS: readonly ReasonCode[] = [
  'policy',
  'market',
  'force-majeure',
  'land',
  'funding',
  'investor-withdrew',
  'weak-intent',
  'idle',
  'other',
];
const DATES = ['inTalks', 'signed', 'registered', 'started', 'inProduction'] as const;

interface Values {
  occurredOn: string;
  to?: Stage;
  reasonCode?: ReasonCode;
  note?: string;
}

/** A step that is not forward: back by one, an end, or a new beginning. Each has its reason. */
export function StepDialog({
  project,
  etag,
  step,
  onClose,
}: {
  project: Project;
  etag: string;
  step: Step;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const submitMove = useSubmitMove(project.id);
  const key = useIdempotencyKey();
  const { busy, error, left, send } = useDialogForm(form);
  const reached = ORDER.filter(
    (stage, i) => stage === 'in-talks' || Boolean(project.stageDates?.[DATES[i] ?? 'inTalks']),
  );
  const before = ORDER[ORDER.indexOf(project.stage) - 1] ?? 'in-talks';

  const submit = (values: Values) =>
    send(async () => {
      const move = {
        to: step === 'back' ? before : step === 'terminate' ? ('terminated' as const) : (values.to ?? 'in-talks'),
        occurredOn: values.occurredOn,
        evidence: {},
        reasonCode: values.reasonCode,
        note: values.note?.trim() || undefined,
      };
      const made = await submitMove.mutateAsync({ move, etag, key: key.keyFor({ move, etag }) });
      message.success(made.status === 'pending' ? t('move.submitted') : t('move.effective'));
      onClose();
    });

  return (
    <FormDialog
      form={form}
      title={t(`projectAct.${step}`)}
      action={t('move.submit')}
      busy={busy}
      danger={step === 'terminate'}
      onClose={onClose}
    >
      <p>{step === 'back' ? t('move.backText', { stage: t(`stage.${before}`) }) : t(`move.${step}Text`)}</p>
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="step"
        layout="vertical"
        initialValues={{ occurredOn: today(), to: reached.at(-1) }}
        onFinish={(values) => void submit(values)}
      >
        {step === 'reactivate' && (
          <Form.Item name="to" label={t('move.reactivateTo')}>
            <Select options={reached.map((stage) => ({ value: stage, label: t(`stage.${stage}`) }))} />
          </Form.Item>
        )}
        {step === 'terminate' && (
          <Form.Item
            name="reasonCode"
            label={t('move.reasonCode')}
            rules={[{ required: true, message: t('move.reasonCodeRequired') }]}
          >
            <Select options={REASONS.map((reason) => ({ value: reason, label: t(`reasonCode.${reason}`) }))} />
          </Form.Item>
        )}
        <Form.Item name="occurredOn" label={t('move.on')} rules={[{ required: true, message: t('form.dateRequired') }]}>
          <DateInput max={today()} />
        </Form.Item>
        <Form.Item
          name="note"
          label={t('reason.label')}
          rules={step === 'terminate' ? [] : [{ required: true, whitespace: true, message: t('reason.required') }]}
        >
          <Input.TextArea rows={3} {...limit(10_000)} />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}
