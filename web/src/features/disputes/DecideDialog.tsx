import { App, Checkbox, Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DisputeOutcome } from '@/api/types';
import { FormDialog } from '@/shared/FormDialog';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useIdempotencyKey } from '@/shared/submission';
import { useDialogForm } from '@/shared/useDialogForm';
import { useDisputeStep } from '@/shared/disputes/queries';
import { limit } from '@/shared/limit';

const OUTCOMES: readonly DisputeOutcome[] = ['uphold', 'reassign', 'co-negotiate', 'revoke'];

interface Values {
  outcome: DisputeOutcome;
  reason: string;
  falseReport?: boolean;
}

/** The centre's decision, with what each choice brings about. */
export function DecideDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const outcome = Form.useWatch('outcome', form);
  const take = useDisputeStep(id);
  const key = useIdempotencyKey();
  const { busy, error, left, send } = useDialogForm(form);
  const ends = outcome === 'revoke' || outcome === 'reassign';

  const submit = (values: Values) =>
    send(async () => {
      const step = {
        step: 'decide' as const,
        outcome: values.outcome,
        reason: values.reason,
        falseReport: ends && values.falseReport === true,
      };
      await take.mutateAsync({ step, key: key.keyFor(step) });
      message.success(t('disputes.decided'));
      onClose();
    });

  return (
    <FormDialog form={form} title={t('disputes.decide')} busy={busy} danger={ends} onClose={onClose}>
      <ProblemAlert error={error} fields={left} />
      <Form form={form} name="decide" layout="vertical" onFinish={(values) => void submit(values)}>
        <Form.Item
          name="outcome"
          label={t('disputes.outcomeLabel')}
          rules={[{ required: true, message: t('disputes.outcomeRequired') }]}
        >
          <Radio.Group className="choices">
            {OUTCOMES.map((each) => (
              <Radio key={each} value={each}>
                <strong>{t(`disputes.outcome.${each}`)}</strong>
                <span className="hint choice-hint">{t(`disputes.outcomeHint.${each}`)}</span>
              </Radio>
            ))}
          </Radio.Group>
        </Form.Item>
        {ends && (
          <Form.Item name="falseReport" valuePropName="checked" extra={t('disputes.falseReportHint')}>
            <Checkbox>{t('disputes.falseReport')}</Checkbox>
          </Form.Item>
        )}
        <Form.Item
          name="reason"
          label={t('disputes.reason')}
          extra={t('disputes.reasonHint')}
          rules={[{ required: true, whitespace: true, message: t('reason.required') }]}
        >
          <Input.TextArea rows={5} {...limit(10_000)} />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}
