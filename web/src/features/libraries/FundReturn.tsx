import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import type { FundInvestment, InvestedIn } from '@/api/types';
import { Amount } from '@/shared/Amount';
import { AmountInput } from '@/shared/AmountInput';
import { DateInput } from '@/shared/DateInput';
import { today } from '@/shared/dates';
import { percentText } from '@/shared/figures';
import { FormDialog } from '@/shared/FormDialog';
import { amountToMoney, isAmount, type AmountText } from '@/shared/money';
import { Facts } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { ReasonDialog } from '@/shared/ReasonDialog';
import { newKey } from '@/shared/submission';
import { useDialogForm } from '@/shared/useDialogForm';
import { Day } from '@/shared/When';

const PLACES: readonly InvestedIn[] = ['local', 'relocated', 'elsewhere'];
const TONES = { pending: 'tag-pending', verified: 'tag-ok', returned: 'tag-bad' } as const;

const investmentsQuery = (id: string) =>
  queryOptions({
    queryKey: ['libraries', 'funds', 'one', id, 'investments'],
    queryFn: () => body(client.GET('/api/v1/funds/{id}/investments', { params: { path: { id } } })),
  });

const returnQuery = (id: string) =>
  queryOptions({
    queryKey: ['libraries', 'funds', 'one', id, 'return'],
    queryFn: () => body(client.GET('/api/v1/funds/{id}/return-investment', { params: { path: { id } } })),
  });

/** What a fund has invested, and how much of what the city put in has come back. */
export function FundReturn({ id, mayEdit }: { id: string; mayEdit: boolean }) {
  const { t } = useTranslation();
  const can = useCan();
  const queries = useQueryClient();
  const [submitting, setSubmitting] = useState(false);
  const [returning, setReturning] = useState<FundInvestment | null>(null);
  const [error, setError] = useState<unknown>(null);
  const enabled = can('read-fund-investments');
  const investments = useQuery({ ...investmentsQuery(id), enabled, retry: false });
  const returned = useQuery({ ...returnQuery(id), enabled, retry: false });
  const refresh = () => queries.invalidateQueries({ queryKey: ['libraries', 'funds', 'one', id] });
  if (!enabled || !returned.data || !investments.data) return null;
  const told = returned.data;
  const verify = async (investment: FundInvestment) => {
    setError(null);
    try {
      await body(client.POST('/api/v1/fund-investments/{id}/verify', { params: { path: { id: investment.id } } }));
      await refresh();
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <section aria-label={t('funds.return')}>
      <h3>{t('funds.return')}</h3>
      <Facts
        items={[
          { label: t('funds.due'), value: told.due ? <Amount money={told.due} /> : t('funds.unknown') },
          { label: t('funds.returned'), value: <Amount money={told.returned} /> },
          {
            label: t('funds.share'),
            value: told.share === undefined ? t('funds.unknown') : <strong>{percentText(Number(told.share))}</strong>,
          },
          told.pending > 0 && { label: t('funds.pending'), value: told.pending },
          told.withoutRate > 0 && { label: t('funds.withoutRate'), value: told.withoutRate },
        ]}
      />
      <ProblemAlert error={error} />
      <ul className="plain-list">
        {investments.data.items.map((each) => (
          <li key={each.id}>
            <Day date={each.investedOn} /> <strong>{each.company}</strong> <Amount money={each.amount} />{' '}
            <span className="tag">{t(`funds.placeOf.${each.investedIn}`)}</span>{' '}
            <span className={`tag ${TONES[each.status]}`}>{t(`funds.statusOf.${each.status}`)}</span> {each.reason}{' '}
            {each.allowedActions.includes('verify') && (
              <Button size="small" onClick={() => void verify(each)}>
                {t('funds.verify')}
              </Button>
            )}{' '}
            {each.allowedActions.includes('return') && (
              <Button size="small" onClick={() => setReturning(each)}>
                {t('funds.returnIt')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayEdit && <Button onClick={() => setSubmitting(true)}>{t('funds.submit')}</Button>}
      {submitting && (
        <InvestmentDialog fundId={id} onClose={() => setSubmitting(false)} onSaved={() => void refresh()} />
      )}
      <ReasonDialog
        open={returning !== null}
        title={t('funds.returnIt')}
        confirm={t('funds.returnIt')}
        onConfirm={async (reason) => {
          await body(
            client.POST('/api/v1/fund-investments/{id}/return', {
              params: { path: { id: returning?.id ?? '' } },
              body: { reason },
            }),
          );
          await refresh();
        }}
        onClose={() => setReturning(null)}
      />
    </section>
  );
}

interface Values {
  company?: string;
  investedIn?: InvestedIn;
  investedOn?: string;
  amount?: AmountText;
  evidence?: string;
}

function InvestmentDialog({ fundId, onClose, onSaved }: { fundId: string; onClose: () => void; onSaved: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const { busy, error, left, send } = useDialogForm(form);
  const required = [{ required: true, message: t('funds.required') }];
  return (
    <FormDialog form={form} title={t('funds.submit')} busy={busy} onClose={onClose}>
      <ProblemAlert error={error} fields={left} />
      <Form<Values>
        form={form}
        name="investment"
        layout="vertical"
        requiredMark={false}
        onFinish={(values) =>
          void send(async () => {
            await body(
              client.POST('/api/v1/funds/{id}/investments', {
                params: { path: { id: fundId }, header: { 'Idempotency-Key': newKey() } },
                body: {
                  company: values.company?.trim() ?? '',
                  investedIn: values.investedIn ?? 'local',
                  investedOn: values.investedOn ?? '',
                  amount: amountToMoney(values.amount) ?? { amount: 0, currency: 'CNY' },
                  evidence: values.evidence?.trim() ?? '',
                },
              }),
            );
            onSaved();
            onClose();
          })
        }
      >
        <Form.Item name="company" label={t('funds.company')} rules={required}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="investedIn" label={t('funds.place')} rules={required}>
          <Select options={PLACES.map((value) => ({ value, label: t(`funds.placeOf.${value}`) }))} />
        </Form.Item>
        <Form.Item name="investedOn" label={t('funds.investedOn')} rules={required}>
          <DateInput max={today()} />
        </Form.Item>
        <Form.Item
          name="amount"
          label={t('funds.amount')}
          rules={[
            {
              validator: (_, value: AmountText | undefined) =>
                isAmount(value) ? Promise.resolve() : Promise.reject(new Error(t('libraries.amountWrong'))),
            },
          ]}
        >
          <AmountInput label={t('funds.amount')} />
        </Form.Item>
        <Form.Item name="evidence" label={t('libraries.detail.evidence')} rules={required}>
          <Input maxLength={200} />
        </Form.Item>
      </Form>
    </FormDialog>
  );
}
