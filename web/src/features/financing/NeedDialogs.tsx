import { App, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import type { FinancingNeed, FinancingNeedBody, Match, MatchState, PartySuggestion } from '@/api/types';
import { useMoneyText } from '@/shared/Amount';
import { AmountInput } from '@/shared/AmountInput';
import { DateInput } from '@/shared/DateInput';
import { FormDialog } from '@/shared/FormDialog';
import { JurisdictionSelect } from '@/shared/JurisdictionSelect';
import { amountToMoney, isAmount, moneyToAmount, type AmountText } from '@/shared/money';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ProjectSelect } from '@/shared/ProjectSelect';
import { useMe } from '@/shared/queries';
import { useIdempotencyKey } from '@/shared/submission';
import { ifMatch, useChange } from '@/shared/useChange';
import { useDialogForm } from '@/shared/useDialogForm';
import { NEED_KINDS, STAGES } from './needs';

type Values = Omit<FinancingNeedBody, 'amount'> & { amount?: AmountText };

/** Puts a need on record, or changes one. */
export function NeedDialog({ need, onClose }: { need?: FinancingNeed; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { powers } = useMoneyText();
  const centre = useMe()?.role === 'coordinator';
  const [form] = Form.useForm<Values>();
  const key = useIdempotencyKey();
  const change = useChange('financing');
  const { busy, error, left, send } = useDialogForm(form);
  const nothing = (need ? null : undefined) as undefined;
  const submit = (values: Values) =>
    send(async () => {
      const facts: FinancingNeedBody = {
        jurisdictionId: need ? need.jurisdiction.id : values.jurisdictionId,
        projectId: need ? (need.project?.id ?? nothing) : values.projectId,
        enterprise: values.enterprise?.trim() || nothing,
        kind: values.kind,
        stage: values.stage ?? nothing,
        chain: values.chain?.trim() || nothing,
        amount: amountToMoney(values.amount),
        validUntil: values.validUntil || nothing,
        note: values.note?.trim() || nothing,
      };
      await change.mutateAsync(() =>
        need
          ? body(
              client.PATCH('/api/v1/financing-needs/{id}', {
                params: { path: { id: need.id }, header: ifMatch(need.version) },
                body: facts,
              }),
            )
          : body(
              client.POST('/api/v1/financing-needs', {
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
      title={need ? t('financing.editOf', { name: need.project?.name ?? need.enterprise }) : t('financing.addOf')}
      action={t('resources.save')}
      busy={busy}
      onClose={onClose}
    >
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="financing-need"
        layout="vertical"
        initialValues={need ? { ...need, amount: moneyToAmount(need.amount, powers) } : { kind: 'equity' }}
        onFinish={(values) => void submit(values)}
      >
        {!need && (
          <Form.Item name="projectId" label={t('financing.project')} extra={t('financing.oneOf')}>
            <ProjectSelect />
          </Form.Item>
        )}
        {!need?.project && (
          <Form.Item name="enterprise" label={t('financing.enterprise')}>
            <Input maxLength={200} />
          </Form.Item>
        )}
        {centre && !need && (
          <Form.Item name="jurisdictionId" label={t('resources.unit')}>
            <JurisdictionSelect reportingOnly />
          </Form.Item>
        )}
        <Form.Item name="kind" label={t('financing.kind')}>
          <Select options={NEED_KINDS.map((kind) => ({ value: kind, label: t(`needKind.${kind}`) }))} />
        </Form.Item>
        <Form.Item
          name="amount"
          label={t('financing.amount')}
          rules={[
            {
              validator: (_, value: AmountText | undefined) =>
                isAmount(value) ? Promise.resolve() : Promise.reject(new Error(t('financing.amountRequired'))),
            },
          ]}
        >
          <AmountInput label={t('financing.amount')} />
        </Form.Item>
        <Form.Item name="stage" label={t('financing.stage')}>
          <Select
            allowClear
            placeholder={t('resources.unknown')}
            options={STAGES.map((stage) => ({ value: stage, label: t(`financingStage.${stage}`) }))}
          />
        </Form.Item>
        <Form.Item name="chain" label={t('financing.chain')}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="validUntil" label={t('financing.validUntil')}>
          <DateInput />
        </Form.Item>
        <Form.Item name="note" label={t('resources.note')}>
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}

/** Brings a need together with an institution or a fund. */
export function ProposeDialog({
  need,
  party,
  onClose,
}: {
  need: FinancingNeed;
  party: PartySuggestion['party'];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ note: string }>();
  const key = useIdempotencyKey();
  const change = useChange('financing');
  const { busy, error, left, send } = useDialogForm(form);
  const submit = ({ note }: { note: string }) =>
    send(async () => {
      const match = { needId: need.id, partyId: party.id, note: note.trim() };
      await change.mutateAsync(() =>
        body(
          client.POST('/api/v1/matches', {
            params: { header: { 'Idempotency-Key': key.keyFor(match) } },
            body: match,
          }),
        ),
      );
      message.success(t('resources.done'));
      onClose();
    });
  return (
    <FormDialog
      form={form}
      title={t('financing.proposeTo', { name: party.name })}
      action={t('financing.propose')}
      busy={busy}
      onClose={onClose}
    >
      <ProblemAlert error={error} fields={left} />
      <Form form={form} name="match" layout="vertical" onFinish={(values) => void submit(values)}>
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

interface Step {
  to: MatchState;
  note: string;
  amount?: AmountText;
}

/** Takes a match a step on, to money, or out. */
export function AdvanceDialog({ match, onClose }: { match: Match; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Step>();
  const change = useChange('financing');
  const { busy, error, left, send } = useDialogForm(form);
  const to = Form.useWatch('to', form);
  const submit = (values: Step) =>
    send(async () => {
      await change.mutateAsync(() =>
        body(
          client.POST('/api/v1/matches/{id}/advance', {
            params: { path: { id: match.id }, header: ifMatch(match.version) },
            body: {
              to: values.to,
              note: values.note.trim(),
              amount: values.to === 'financed' ? amountToMoney(values.amount) : undefined,
            },
          }),
        ),
      );
      message.success(t('resources.done'));
      onClose();
    });
  return (
    <FormDialog
      form={form}
      title={t('financing.advanceOf', { name: match.party.name })}
      action={t('financing.advance')}
      busy={busy}
      onClose={onClose}
    >
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="match-step"
        layout="vertical"
        initialValues={{ to: match.next[0] }}
        onFinish={(values) => void submit(values)}
      >
        <Form.Item name="to" label={t('financing.to')}>
          <Select options={match.next.map((state) => ({ value: state, label: t(`matchState.${state}`) }))} />
        </Form.Item>
        {to === 'financed' && (
          <Form.Item
            name="amount"
            label={t('financing.got')}
            rules={[
              {
                validator: (_, value: AmountText | undefined) =>
                  isAmount(value) ? Promise.resolve() : Promise.reject(new Error(t('financing.amountRequired'))),
              },
            ]}
          >
            <AmountInput label={t('financing.got')} />
          </Form.Item>
        )}
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
