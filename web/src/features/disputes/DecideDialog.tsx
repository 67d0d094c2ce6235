import { useQuery } from '@tanstack/react-query';
import { App, Checkbox, Form, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DisputeOutcome } from '@/api/types';
import { FormDialog } from '@/shared/FormDialog';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ReasonField } from '@/shared/ReasonField';
import { useIdempotencyKey } from '@/shared/submission';
import { useDialogForm } from '@/shared/useDialogForm';
import { Loading } from '@/shared/Page';
import { possibleOutcomesQuery, useDisputeStep } from '@/shared/disputes/queries';

interface Values {
  outcome: DisputeOutcome;
  reason: string;
  falseReport?: boolean;
}

/** The centre's decision, with what each choice brings about. */
export function DecideDialog({
  id,
  asked,
  hasRespondent,
  onClose,
}: {
  id: string;
  /** What was chosen before; another can be. */
  asked: DisputeOutcome;
  hasRespondent: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const outcome = Form.useWatch('outcome', form);
  const take = useDisputeStep(id);
  const key = useIdempotencyKey();
  const { busy, error, left, send } = useDialogForm(form);
  const possible = useQuery(possibleOutcomesQuery(id));
  const chosen = possible.data?.items.find((each) => each.outcome === outcome);
  const ends = outcome === 'revoke' || outcome === 'reassign';

  const refusalOf = (which: DisputeOutcome) =>
    possible.data?.items.find((each) => each.outcome === which)?.problem?.detail ??
    (which === 'revoke' && !hasRespondent ? t('disputes.noneContested') : undefined);

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
      <ProblemAlert error={error ?? possible.error} fields={left} />
      {possible.isPending && <Loading rows={4} />}
      <Form
        form={form}
        name="decide"
        layout="vertical"
        initialValues={{ outcome: asked }}
        onFinish={(values) => void submit(values)}
      >
        <Form.Item
          name="outcome"
          label={t('disputes.outcomeLabel')}
          rules={[
            { required: true, message: t('disputes.outcomeRequired') },
            {
              validator: (_, value: DisputeOutcome) => {
                const reason = refusalOf(value);
                return reason ? Promise.reject(new Error(t('disputes.notPossible', { reason }))) : Promise.resolve();
              },
            },
          ]}
        >
          <Radio.Group className="choices">
            {possible.data?.items.map((each) => {
              const refusal = refusalOf(each.outcome);
              return (
                <Radio key={each.outcome} value={each.outcome} disabled={refusal !== undefined}>
                  <strong>{t(`disputes.outcome.${each.outcome}`)}</strong>
                  <span className="hint choice-hint">
                    {refusal
                      ? t('disputes.notPossible', { reason: refusal })
                      : t(`disputes.outcomeHint.${each.outcome}`)}
                    {each.onlyAsFalseReport && !refusal && ` ${t('disputes.onlyAsFalse')}`}
                  </span>
                </Radio>
              );
            })}
          </Radio.Group>
        </Form.Item>
        {ends && (
          <Form.Item
            name="falseReport"
            valuePropName="checked"
            extra={t('disputes.falseReportHint')}
            rules={[
              {
                validator: (_, value: boolean | undefined) =>
                  chosen?.onlyAsFalseReport && !value
                    ? Promise.reject(new Error(t('disputes.onlyAsFalse')))
                    : Promise.resolve(),
              },
            ]}
          >
            <Checkbox>{t('disputes.falseReport')}</Checkbox>
          </Form.Item>
        )}
        <ReasonField
          kind="dispute"
          rows={5}
          most={10_000}
          label={t('disputes.reason')}
          extra={t('disputes.reasonHint')}
        />
      </Form>
    </FormDialog>
  );
}
