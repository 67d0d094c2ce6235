import { App, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Evidence, FileRef, Project, Stage } from '@/api/types';
import { useMoneyText } from '@/shared/Amount';
import { DateInput } from '@/shared/DateInput';
import { today } from '@/shared/dates';
import { useCodeText } from '@/shared/i18n';
import { amountToMoney, moneyToAmount, type AmountText } from '@/shared/money';
import { FormDialog } from '@/shared/FormDialog';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useIdempotencyKey } from '@/shared/submission';
import { EvidenceFields } from './EvidenceFields';
import { useSubmitMove } from './queries';
import { useDialogForm } from '@/shared/useDialogForm';
import { limit } from '@/shared/limit';

const ORDER: readonly Stage[] = ['in-talks', 'signed', 'registered', 'started', 'in-production'];

type EvidenceForm = Omit<Evidence, 'agreedAmount' | 'files'> & { agreedAmount?: AmountText; files?: FileRef[] };
interface Values {
  occurredOn: string;
  evidence?: EvidenceForm;
  note?: string;
}

export function toEvidence(form: EvidenceForm | undefined): Evidence {
  const { agreedAmount, files, ...rest } = form ?? {};
  const evidence: Record<string, unknown> = {
    ...rest,
    agreedAmount: amountToMoney(agreedAmount),
    files: files?.length ? files.map((file) => file.id) : undefined,
  };
  for (const [key, value] of Object.entries(evidence)) {
    const kept = typeof value === 'string' ? value.trim() : value;
    if (kept === '' || kept === undefined || kept === null) delete evidence[key];
    else evidence[key] = kept;
  }
  return evidence as Evidence;
}

/** Submits a move forward with the evidence of every stage it passes. */
export function MoveDialog({
  project,
  etag,
  to,
  onClose,
}: {
  project: Project;
  etag: string;
  to: Stage;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const code = useCodeText();
  const money = useMoneyText();
  const [form] = Form.useForm<Values>();
  const submitMove = useSubmitMove(project.id);
  const key = useIdempotencyKey();
  const { busy, error, left, send } = useDialogForm(form);
  const stages = ORDER.slice(ORDER.indexOf(project.stage) + 1, ORDER.indexOf(to) + 1);
  const given = toEvidence(Form.useWatch('evidence', form)) as Record<string, unknown>;
  const missing = (project.missing ?? [])
    .filter((each) => each.to === to)
    .map((each) => each.field.replace(/^evidence\./, ''))
    .filter((field) => given[field] === undefined);

  const submit = () =>
    send(async () => {
      const values = form.getFieldsValue(true) as Values;
      const move = {
        to,
        occurredOn: values.occurredOn,
        evidence: toEvidence(values.evidence),
        note: values.note?.trim() || undefined,
      };
      const made = await submitMove.mutateAsync({ move, etag, key: key.keyFor({ move, etag }) });
      message.success(made.status === 'pending' ? t('move.submitted') : t('move.effective'));
      onClose();
    });

  return (
    <FormDialog
      form={form}
      title={t('projectAct.moveTo', { stage: t(`stage.${to}`) })}
      action={t('move.submit')}
      busy={busy}
      width={720}
      onClose={onClose}
    >
      {missing.length > 0 && (
        <p className="notice">
          {t('move.missing', {
            fields: missing.map((field) => code('evidence', field)).join(t('common.listSeparator')),
          })}
        </p>
      )}
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="move"
        layout="vertical"
        onFinish={() => void submit()}
        initialValues={{
          evidence: stages.includes('signed')
            ? { agreementKind: 'formal', agreedAmount: moneyToAmount(project.totalInvestment, money.powers) }
            : {},
        }}
      >
        <Form.Item
          name="occurredOn"
          label={t('move.occurredOn')}
          rules={[{ required: true, message: t('form.dateRequired') }]}
        >
          <DateInput max={today()} />
        </Form.Item>
        <EvidenceFields stages={stages} />
        <Form.Item name="note" label={t('move.note')}>
          <Input.TextArea rows={2} {...limit(10_000)} />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}
