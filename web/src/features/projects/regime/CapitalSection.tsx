import { useQuery } from '@tanstack/react-query';
import { App, Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Capital, CapitalKind, FileRef, Project, VoucherKind } from '@/api/types';
import { Amount, useMoneyText } from '@/shared/Amount';
import { AmountInput } from '@/shared/AmountInput';
import { DateInput } from '@/shared/DateInput';
import { today } from '@/shared/dates';
import { FileInput } from '@/shared/FileInput';
import { useCodeText } from '@/shared/i18n';
import { amountToMoney, isAmount, type AmountText } from '@/shared/money';
import { FormDialog } from '@/shared/FormDialog';
import { Facts } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { ReasonDialog } from '@/shared/ReasonDialog';
import { useIdempotencyKey } from '@/shared/submission';
import { useDialogForm } from '@/shared/useDialogForm';
import { Day } from '@/shared/When';
import { Section } from './Section';
import { capitalQuery, capitalSummaryQuery, useReverseCapital, useSubmitCapital } from './queries';
import { limit } from '@/shared/limit';

const KINDS: readonly CapitalKind[] = [
  'domestic-cash',
  'foreign-cash',
  'equipment',
  'reinvested-profit',
  'shareholder-loan',
  'intangible',
];
const VOUCHERS: readonly VoucherKind[] = [
  'bank-slip',
  'capital-verification',
  'fdi-registration',
  'mofcom-extract',
  'invoice',
  'customs-form',
  'audited-accounts',
  'foreign-debt-registration',
  'appraisal',
];

/** A ratio as the API sends it, in percent with two decimals. */
const percent = (ratio: string) => `${(Number(ratio) * 100).toFixed(2)} %`;

/** Capital paid in, and how far it is of contract and plan. */
export function CapitalSection({ project }: { project: Project }) {
  const { t } = useTranslation();
  const can = useCan();
  const money = useMoneyText();
  const enabled = can('read-capital') && project.stage !== 'in-talks' && !project.summary;
  const entries = useQuery({ ...capitalQuery(project.id), enabled });
  const sum = useQuery({ ...capitalSummaryQuery(project.id), enabled });
  const [adding, setAdding] = useState(false);
  const mayAdd = project.allowedActions?.includes('submit-capital') ?? false;
  if (!enabled || !sum.data) return null;
  const { total, unknown, foreignUsed, foreignUnknown, onPlan, onContract, pending, fixedInvestment, flags } = sum.data;
  return (
    <Section
      title={t('capital.section')}
      state={
        <>
          {entries.data?.length === 0 ? t('capital.empty') : money.format(total, 2)}
          {onPlan && entries.data?.length !== 0 && ` · ${t('capital.onPlan', { percent: percent(onPlan) })}`}
          {pending > 0 && ` · ${t('capital.pending', { count: pending })}`}{' '}
          {flags.includes('over-plan') && <span className="tag flag">{t('capital.overPlan')}</span>}
        </>
      }
    >
      <Facts
        items={[
          {
            label: t('capital.total'),
            value: (
              <>
                <Amount money={total} digits={2} />
                {unknown > 0 && <p className="hint">{t('capital.unknown', { count: unknown })}</p>}
              </>
            ),
          },
          {
            label: t('capital.foreignUsed'),
            value: (
              <>
                <Amount money={foreignUsed} digits={2} />
                {foreignUnknown > 0 && <p className="hint">{t('capital.unknown', { count: foreignUnknown })}</p>}
              </>
            ),
          },
          onContract
            ? { label: t('capital.onContractLabel'), value: <span className="num">{percent(onContract)}</span> }
            : null,
          ...fixedInvestment.map((each) => ({
            label: t('capital.fixedInvestment', { year: each.year }),
            value: (
              <>
                <Amount money={each.amount} /> <span className="hint">{each.source}</span>
              </>
            ),
          })),
        ]}
      />
      {(entries.data ?? []).map((entry) => (
        <Entry key={entry.id} entry={entry} />
      ))}
      {entries.data?.length === 0 && <p className="muted">{t('capital.empty')}</p>}
      {mayAdd && (
        <div className="actions">
          <Button onClick={() => setAdding(true)}>{t('capital.submit')}</Button>
        </div>
      )}
      {adding && <SubmitDialog project={project} onClose={() => setAdding(false)} />}
    </Section>
  );
}

function Entry({ entry }: { entry: Capital }) {
  const { t } = useTranslation();
  const code = useCodeText();
  const reverse = useReverseCapital();
  const key = useIdempotencyKey();
  const [asking, setAsking] = useState(false);
  return (
    <div className="regime-entry">
      <p>
        <Day date={entry.occurredOn} />{' '}
        <strong>
          <Amount money={entry.amount} />
        </strong>{' '}
        <span className="tag">{t(`capitalKind.${entry.kind}`)}</span>{' '}
        <span className={`tag capital-${entry.status}`}>{t(`capitalStatus.${entry.status}`)}</span>{' '}
        {entry.foreign && <span className="tag">{t('capital.foreign')}</span>}{' '}
        {(entry.doubts ?? []).map((doubt) => (
          <span key={doubt} className="tag flag">
            {code('capital.doubt', doubt)}
          </span>
        ))}
      </p>
      <p className="hint">
        {t(`voucherKind.${entry.voucherKind}`)} <span className="num">{entry.voucherNo}</span>
        {entry.payer && ` · ${entry.payer}`}
        {entry.period && ` · ${t('capital.period', { period: entry.period })}`}
        {entry.belongsTo && ` · ${t('capital.belongsTo', { period: entry.belongsTo })}`}
      </p>
      {entry.reason && <p className="hint text">{entry.reason}</p>}
      {entry.allowedActions.includes('reverse') && (
        <Button size="small" onClick={() => setAsking(true)}>
          {t('capital.reverse')}
        </Button>
      )}
      {asking && (
        <ReasonDialog
          kind="capital"
          open
          held
          danger
          title={t('capital.reverse')}
          confirm={t('capital.reverse')}
          onClose={() => setAsking(false)}
          onConfirm={(reason) =>
            reverse.mutateAsync({ id: entry.id, version: entry.version, reason, key: key.keyFor({ reason }) })
          }
        >
          <p>{t('capital.reverseText')}</p>
        </ReasonDialog>
      )}
    </div>
  );
}

interface Values {
  occurredOn: string;
  amount?: AmountText;
  kind: CapitalKind;
  payer?: string;
  voucherKind: VoucherKind;
  voucherNo: string;
  files?: FileRef[];
}

function SubmitDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const submitCapital = useSubmitCapital(project.id);
  const key = useIdempotencyKey();
  const { busy, error, left, send } = useDialogForm(form);
  const submit = (values: Values) =>
    send(async () => {
      const entry = {
        occurredOn: values.occurredOn,
        amount: amountToMoney(values.amount),
        kind: values.kind,
        payer: values.payer,
        voucherKind: values.voucherKind,
        voucherNo: values.voucherNo?.trim(),
        files: (values.files ?? []).map((file) => file.id),
      };
      await submitCapital.mutateAsync({ entry, key: key.keyFor(entry) });
      message.success(t('capital.submitted'));
      onClose();
    });
  return (
    <FormDialog form={form} title={t('capital.submit')} busy={busy} onClose={onClose}>
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="capital"
        layout="vertical"
        initialValues={{ occurredOn: today(), kind: 'domestic-cash', voucherKind: 'bank-slip' }}
        onFinish={(values) => void submit(values)}
      >
        <Form.Item
          name="occurredOn"
          label={t('capital.valueOn')}
          rules={[{ required: true, message: t('form.dateRequired') }]}
        >
          <DateInput max={today()} />
        </Form.Item>
        <Form.Item
          name="amount"
          label={t('capital.amount')}
          rules={[
            {
              validator: (_, value: AmountText | undefined) =>
                isAmount(value) ? Promise.resolve() : Promise.reject(new Error(t('amount.unreadable'))),
            },
          ]}
        >
          <AmountInput label={t('capital.amount')} />
        </Form.Item>
        <Form.Item name="kind" label={t('capital.kind')}>
          <Select options={KINDS.map((kind) => ({ value: kind, label: t(`capitalKind.${kind}`) }))} />
        </Form.Item>
        <Form.Item name="payer" label={t('capital.payer')}>
          <Select
            allowClear
            options={project.investors.map((investor) => ({ value: investor.name, label: investor.name }))}
          />
        </Form.Item>
        <Form.Item name="voucherKind" label={t('capital.voucherKind')}>
          <Select options={VOUCHERS.map((kind) => ({ value: kind, label: t(`voucherKind.${kind}`) }))} />
        </Form.Item>
        <Form.Item
          name="voucherNo"
          label={t('capital.voucherNo')}
          rules={[{ required: true, whitespace: true, message: t('capital.voucherNoRequired') }]}
        >
          <Input {...limit(100)} />
        </Form.Item>
        <Form.Item name="files" label={t('capital.voucherFile')}>
          <FileInput label={t('capital.voucherFile')} />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}
