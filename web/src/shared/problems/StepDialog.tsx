import { App, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FileRef, ProjectProblem } from '@/api/types';
import { DateInput } from '@/shared/DateInput';
import { today } from '@/shared/dates';
import { FileInput } from '@/shared/FileInput';
import { FormDialog } from '@/shared/FormDialog';
import { JurisdictionSelect } from '@/shared/JurisdictionSelect';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useIdempotencyKey } from '@/shared/submission';
import { useDialogForm } from '@/shared/useDialogForm';
import { useProblemStep, type ProblemAct, type ProblemStep } from './queries';
import { limit } from '@/shared/limit';

interface Values {
  departmentId?: string;
  dueOn?: string;
  text?: string;
  files?: FileRef[];
}

/** Asks for what a step needs, and takes it. */
export function StepDialog({
  problem,
  step,
  onClose,
}: {
  problem: ProjectProblem;
  step: ProblemStep;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const take = useProblemStep();
  const key = useIdempotencyKey();
  const { busy, error, left, send } = useDialogForm(form);
  // What each step calls its text in the request.
  const field = step === 'answer' ? 'text' : step === 'close' ? 'outcome' : 'reason';
  const submit = (values: Values) =>
    send(async () => {
      const act = actOf(step, values);
      await take.mutateAsync({ id: problem.id, version: problem.version, act, key: key.keyFor(act) });
      message.success(t(`problems.done.${step}`));
      onClose();
    });
  return (
    <FormDialog form={form} title={t(`problems.step.${step}`)} busy={busy} onClose={onClose}>
      <p className="text">
        <strong>{problem.title}</strong>
      </p>
      <p className="hint">{t(`problems.ask.${step}`)}</p>
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="problem-step"
        layout="vertical"
        initialValues={{ departmentId: problem.department?.id, dueOn: step === 'due' ? problem.dueOn : undefined }}
        onFinish={(values) => void submit(values)}
      >
        {step === 'assign' && (
          <Form.Item
            name="departmentId"
            label={t('problems.department')}
            rules={[{ required: true, message: t('problems.departmentRequired') }]}
          >
            <JurisdictionSelect kind="department" placeholder={t('problems.department')} />
          </Form.Item>
        )}
        {(step === 'assign' || step === 'due') && (
          <Form.Item
            name="dueOn"
            label={step === 'due' ? t('problems.dueOn') : t('problems.otherDue')}
            rules={step === 'due' ? [{ required: true, message: t('form.dateRequired') }] : []}
          >
            <DateInput min={today()} />
          </Form.Item>
        )}
        {step !== 'assign' && (
          <Form.Item
            name="text"
            label={t(`problems.field.${field}`)}
            rules={[{ required: true, whitespace: true, message: t(`problems.fieldRequired.${field}`) }]}
          >
            <Input.TextArea rows={4} {...limit(2000)} />
          </Form.Item>
        )}
        {step === 'answer' && (
          <Form.Item name="files" label={t('problems.files')}>
            <FileInput label={t('problems.files')} />
          </Form.Item>
        )}
      </Form>
    </FormDialog>
  );
}

function actOf(step: ProblemStep, values: Values): ProblemAct {
  const text = values.text?.trim() ?? '';
  switch (step) {
    case 'assign':
      return { step, departmentId: values.departmentId ?? '', dueOn: values.dueOn };
    case 'answer':
      return { step, text, files: (values.files ?? []).map((file) => file.id) };
    case 'close':
      return { step, outcome: text };
    case 'due':
      return { step, dueOn: values.dueOn ?? '', reason: text };
    default:
      return { step, reason: text };
  }
}
