import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Checkbox, Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { FieldErrors } from '@/api/problem';
import type { RuleSet, RuleSetInput } from '@/api/types';
import { useMoneyText } from '@/shared/Amount';
import { AmountInput } from '@/shared/AmountInput';
import { DateInput } from '@/shared/DateInput';
import { addDays, today } from '@/shared/dates';
import { placeFieldErrors } from '@/shared/fieldErrors';
import { LinkButton } from '@/shared/LinkButton';
import { amountToMoney, moneyToAmount, type AmountText, type Power } from '@/shared/money';
import { Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useIdempotencyKey } from '@/shared/submission';
import { DurationInput } from './DurationText';
import { LIT } from './lit';
import { ruleSetsQuery, useCreateRuleSet } from './queries';

const STAGES = ['signed', 'registered', 'started', 'in-production'] as const;

type Values = Omit<
  RuleSet,
  | 'id'
  | 'effectiveTo'
  | 'startsAt'
  | 'version'
  | 'allowedActions'
  | 'reportThresholds'
  | 'rates'
  | 'extensionsMax'
  | 'maxTransfers'
> & {
  reportThresholds: AmountText[];
  rates: { year: string; currency: string; cny: string }[];
  extensionsMax: string;
  maxTransfers: string;
};

/** What the form does not ask for (coordination, leaders) is carried over from the rule set before. */
function toValues(from: RuleSet, powers: readonly Power[]): Values {
  const { id: _id, effectiveTo: _to, startsAt: _at, version: _version, allowedActions: _actions, ...carried } = from;
  return {
    ...carried,
    effectiveFrom: addDays(today(), 1),
    reportThresholds: from.reportThresholds
      .map((each) => moneyToAmount(each, powers))
      .filter((each) => each !== undefined),
    rates: from.rates.map((rate) => ({ year: String(rate.year), currency: rate.currency, cny: String(rate.cny) })),
    extensionsMax: String(from.extensionsMax),
    maxTransfers: String(from.maxTransfers),
  };
}

function toInput(values: Values): RuleSetInput {
  return {
    ...values,
    name: values.name.trim(),
    reportThresholds: values.reportThresholds.map((each) => amountToMoney(each)).filter((each) => each !== undefined),
    rates: values.rates.map((rate) => ({
      year: Number(rate.year),
      currency: rate.currency.trim().toUpperCase(),
      cny: Number(rate.cny),
    })),
    extensionsMax: Number(values.extensionsMax),
    maxTransfers: Number(values.maxTransfers),
  };
}

export function NewRuleSetPage() {
  const { t } = useTranslation();
  const query = useQuery(ruleSetsQuery);
  const last = [...(query.data ?? [])].sort((a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom)).at(-1);
  return (
    <Page title={t('rules.new')} lead={t('rules.newLead')}>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={8} />}
      {last && <RuleSetForm key={last.id} last={last} />}
    </Page>
  );
}

function RuleSetForm({ last }: { last: RuleSet }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const { powers } = useMoneyText();
  const [form] = Form.useForm<Values>();
  const create = useCreateRuleSet();
  const key = useIdempotencyKey();
  const [error, setError] = useState<unknown>(null);
  const [left, setLeft] = useState<FieldErrors>({});
  const [initial] = useState(() => toValues(last, powers));
  const whole = [{ required: true, pattern: /^\d+$/, message: t('form.wholeNumber') }];

  async function submit() {
    const ruleSet = toInput({ ...initial, ...(form.getFieldsValue(true) as Values) });
    setError(null);
    try {
      await create.mutateAsync({ ruleSet, key: key.keyFor(ruleSet) });
      message.success(t('rules.created'));
      await navigate('/rule-sets');
    } catch (problem) {
      setError(problem);
      setLeft(placeFieldErrors(form, problem));
    }
  }

  const duration = (
    field:
      | 'exclusivity'
      | 'extension'
      | 'contactMaxAge'
      | 'noticePeriod'
      | 'transferAcceptance'
      | 'transferDecision'
      | 'matchingHorizon'
      | 'reactivation',
  ) => (
    <Form.Item name={field} label={t(`rules.${field}`)}>
      <DurationInput label={t(`rules.${field}`)} />
    </Form.Item>
  );

  return (
    <Form
      form={form}
      name="rule-set"
      layout="vertical"
      initialValues={initial}
      scrollToFirstError={{ block: 'center', focus: true }}
      onFinish={() => void submit()}
    >
      <Panel>
        <div className="form-grid">
          <Form.Item
            name="name"
            label={t('rules.name')}
            rules={[{ required: true, whitespace: true, message: t('rules.nameRequired') }]}
          >
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item
            name="effectiveFrom"
            label={t('rules.effectiveFrom')}
            rules={[{ required: true, message: t('form.dateRequired') }]}
          >
            <DateInput min={today()} />
          </Form.Item>
        </div>
      </Panel>
      <Panel title={t('rules.claimTitle')}>
        <Form.List name="reportThresholds">
          {(fields) => (
            <div className="form-grid">
              {fields.map((field, i) => (
                <Form.Item key={field.key} name={field.name} label={t('rules.thresholdNth', { n: i + 1 })}>
                  <AmountInput label={t('rules.thresholdNth', { n: i + 1 })} />
                </Form.Item>
              ))}
            </div>
          )}
        </Form.List>
        <div className="form-grid">
          {duration('exclusivity')}
          {duration('contactMaxAge')}
          <Form.Item name="extensionsMax" label={t('rules.extensionsMax')} rules={whole}>
            <Input type="number" min={0} className="num" />
          </Form.Item>
          {duration('extension')}
          {duration('matchingHorizon')}
        </div>
      </Panel>
      <Panel title={t('rules.moveTitle')}>
        <Form.Item name="verification" label={t('rules.verification')}>
          <Checkbox.Group options={STAGES.map((stage) => ({ value: stage, label: t(`stage.${stage}`) }))} />
        </Form.Item>
        <div className="form-grid">
          {duration('noticePeriod')}
          <Form.Item name="noticeEnforcement" label={t('rules.noticeEnforcement')}>
            <Radio.Group
              options={(['flag', 'block'] as const).map((each) => ({
                value: each,
                label: t(`rules.enforcement.${each}`),
              }))}
            />
          </Form.Item>
          {duration('reactivation')}
        </div>
      </Panel>
      <Panel title={t('rules.lights')}>
        {LIT.map(({ key, stage }) => (
          <fieldset key={key} className="row-group">
            <legend>{t(`stage.${stage}`)}</legend>
            <div className="form-grid">
              {(['yellow', 'red', 'removal'] as const)
                .filter((limit) => last.lights[key][limit] !== undefined)
                .map((limit) => (
                  <Form.Item key={limit} name={['lights', key, limit]} label={t(`rules.light.${limit}`)}>
                    <DurationInput label={`${t(`stage.${stage}`)} ${t(`rules.light.${limit}`)}`} />
                  </Form.Item>
                ))}
            </div>
          </fieldset>
        ))}
      </Panel>
      <Panel title={t('rules.creditTitle')}>
        <div className="form-grid">
          <Form.Item name="creditMode" label={t('rules.creditMode')}>
            <Select
              options={(['both-full', 'split', 'first-talk', 'landing'] as const).map((each) => ({
                value: each,
                label: t(`rules.creditModes.${each}`),
              }))}
            />
          </Form.Item>
          <Form.Item name="creditStage" label={t('rules.creditStage')}>
            <Select
              options={(['signed', 'registered', 'started'] as const).map((stage) => ({
                value: stage,
                label: t(`stage.${stage}`),
              }))}
            />
          </Form.Item>
          <Form.Item name="maxTransfers" label={t('rules.maxTransfers')} rules={whole}>
            <Input type="number" min={0} className="num" />
          </Form.Item>
          {duration('transferAcceptance')}
          {duration('transferDecision')}
        </div>
      </Panel>
      <Panel title={t('rules.rates')}>
        <Form.List name="rates">
          {(fields, { add, remove }) => (
            <>
              {fields.map((field, i) => (
                <div key={field.key} className="rate-row">
                  <Form.Item
                    name={[field.name, 'year']}
                    label={t('rules.year')}
                    rules={[{ required: true, pattern: /^\d{4}$/, message: t('rules.yearRequired') }]}
                  >
                    <Input className="num" inputMode="numeric" />
                  </Form.Item>
                  <Form.Item
                    name={[field.name, 'currency']}
                    label={t('lists.currency')}
                    rules={[{ required: true, pattern: /^\s*[A-Za-z]{3}\s*$/, message: t('rules.currencyRequired') }]}
                  >
                    <Input />
                  </Form.Item>
                  <Form.Item
                    name={[field.name, 'cny']}
                    label={t('rules.cny')}
                    rules={[{ required: true, pattern: /^\d+(\.\d+)?$/, message: t('form.number') }]}
                  >
                    <Input className="num" inputMode="decimal" />
                  </Form.Item>
                  <Button
                    type="text"
                    icon={<DeleteOutlined aria-hidden />}
                    aria-label={t('rules.removeRate', { n: i + 1 })}
                    onClick={() => remove(field.name)}
                  />
                </div>
              ))}
              <Button
                icon={<PlusOutlined aria-hidden />}
                onClick={() => add({ year: today().slice(0, 4), currency: '', cny: '' })}
              >
                {t('rules.addRate')}
              </Button>
            </>
          )}
        </Form.List>
      </Panel>
      <ProblemAlert error={error} fields={left} />
      <div className="submit-bar">
        <LinkButton to="/rule-sets">{t('common.cancel')}</LinkButton>
        <Button type="primary" size="large" htmlType="submit" loading={create.isPending}>
          {t('rules.create')}
        </Button>
      </div>
    </Form>
  );
}
