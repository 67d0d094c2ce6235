import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, Checkbox, Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { FieldErrors } from 'pipeline-client';
import type { RuleSetDraft, RuleSetNumbers } from '@/api/types';
import { useMoneyText } from '@/shared/Amount';
import { AmountInput } from '@/shared/AmountInput';
import { DateInput } from '@/shared/DateInput';
import { today } from '@/shared/dates';
import { ErrorLinks, useErrorLinks } from '@/shared/ErrorLinks';
import { placeFieldErrors } from '@/shared/fieldErrors';
import { PlacedErrors } from '@/shared/PlacedErrors';
import { INDICATORS } from '@/shared/indicators';
import { LinkButton } from '@/shared/LinkButton';
import { Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useIdempotencyKey } from '@/shared/submission';
import { AmountList } from './AmountList';
import { CreditSharesInput } from './CreditSharesInput';
import { DurationInput } from './DurationText';
import { KeptForInput } from './KeptForInput';
import { LeaderTierList } from './LeaderTierList';
import { LIT } from './lit';
import { useSaveDraft } from './queries';
import { ReferralFields } from './ReferralFields';
import { STAGES, toInput, toValues, type RuleSetValues } from './ruleSetValues';
import { ThresholdInput } from './ThresholdInput';
import { limit } from '@/shared/limit';

const MODES = ['both-full', 'split', 'first-talk', 'landing'] as const;
const KINDS = [
  'domestic-cash',
  'foreign-cash',
  'equipment',
  'reinvested-profit',
  'shareholder-loan',
  'intangible',
] as const;
const ESCALATION = ['department', 'meeting', 'leader'] as const;
const DISPUTE_TIMES = ['fileWithin', 'answerWithin', 'decideWithin', 'appealWithin'] as const;

/** Every number of a rule set, to be drafted from those of another or changed. */
export function RuleSetForm({ from, draft }: { from: RuleSetNumbers; draft?: RuleSetDraft }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const { powers } = useMoneyText();
  const [form] = Form.useForm<RuleSetValues>();
  const save = useSaveDraft();
  const key = useIdempotencyKey();
  const [error, setError] = useState<unknown>(null);
  const [left, setLeft] = useState<FieldErrors>({});
  const [initial] = useState(() => toValues(from, powers, draft !== undefined));
  const links = useErrorLinks(form, 'rule-set');
  const whole = [{ required: true, pattern: /^\d+$/, message: t('form.wholeNumber') }];
  const mu = [{ required: true, pattern: /^\d{1,7}(\.\d+)?$/, message: t('ruleForm.muRequired') }];
  const points = [{ required: true, pattern: /^(\d{1,2}(\.\d+)?|100)$/, message: t('ruleForm.points') }];

  async function submit() {
    const ruleSet = toInput({ ...initial, ...(form.getFieldsValue(true) as RuleSetValues) });
    setError(null);
    try {
      const saved = await save.mutateAsync({ rules: ruleSet, key: key.keyFor(ruleSet), draft });
      message.success(t('drafts.saved'));
      await navigate(`/rule-sets/drafts/${saved.id}`);
    } catch (problem) {
      setError(problem);
      setLeft(placeFieldErrors(form, problem));
      links.look();
    }
  }

  const duration = (
    field:
      | 'exclusivity'
      | 'extension'
      | 'contactMaxAge'
      | 'reportCompletion'
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
      onFieldsChange={links.look}
      onFinishFailed={links.look}
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
            <Input {...limit(100)} />
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
        <AmountList name="reportThresholds" label={(n) => t('rules.thresholdNth', { n })} />
        <div className="form-grid">
          {duration('exclusivity')}
          {duration('contactMaxAge')}
          {duration('reportCompletion')}
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
        <h3>{t('rules.noticeThresholds')}</h3>
        <p className="hint">{t('ruleForm.noticeThresholdsHint')}</p>
        <Form.List name="noticeThresholds">
          {(fields, { add, remove }, { errors }) => (
            <>
              {fields.map((field, i) => (
                <div key={field.key} className="list-row">
                  <Form.Item name={field.name} label={t('ruleForm.thresholdNth', { n: i + 1 })}>
                    <ThresholdInput label={t('ruleForm.thresholdNth', { n: i + 1 })} />
                  </Form.Item>
                  <RemoveButton
                    label={t('ruleForm.remove', { what: t('ruleForm.thresholdNth', { n: i + 1 }) })}
                    onClick={() => remove(field.name)}
                  />
                </div>
              ))}
              <Form.ErrorList errors={errors} />
              <Button
                icon={<PlusOutlined aria-hidden />}
                onClick={() => add({ text: '', power: powers[0] ?? 0, currency: 'CNY', comparator: 'gte' })}
              >
                {t('ruleForm.addThreshold')}
              </Button>
            </>
          )}
        </Form.List>
      </Panel>
      <Panel title={t('rules.lights')}>
        {LIT.map(({ key, stage }) => (
          <fieldset key={key} className="row-group">
            <legend>{t(`stage.${stage}`)}</legend>
            <div className="form-grid">
              {(['yellow', 'red', 'removal'] as const)
                .filter((limit) => from.lights[key][limit] !== undefined)
                .map((limit) => (
                  <Form.Item key={limit} name={['lights', key, limit]} label={t(`rules.light.${limit}`)}>
                    <DurationInput label={`${t(`stage.${stage}`)} ${t(`rules.light.${limit}`)}`} />
                  </Form.Item>
                ))}
            </div>
          </fieldset>
        ))}
        <fieldset className="row-group">
          <legend>{t('rules.planned')}</legend>
          <div className="form-grid">
            {(['yellow', 'red'] as const).map((limit) => (
              <Form.Item key={limit} name={['lights', 'planned', limit]} label={t(`rules.light.${limit}`)}>
                <DurationInput label={`${t('rules.planned')} ${t(`rules.light.${limit}`)}`} />
              </Form.Item>
            ))}
          </div>
        </fieldset>
        <fieldset className="row-group">
          <legend>{t('rules.schedule')}</legend>
          <div className="form-grid">
            {(['yellow', 'red'] as const).map((limit) => (
              <Form.Item
                key={limit}
                name={['lights', 'schedule', limit]}
                label={t(`ruleForm.behind.${limit}`)}
                rules={points}
              >
                <Input type="number" min={0} max={100} className="num" />
              </Form.Item>
            ))}
          </div>
        </fieldset>
        <div className="form-grid">
          <Form.Item name={['lights', 'removalContest']} label={t('ruleForm.removalContest')}>
            <DurationInput label={t('ruleForm.removalContest')} />
          </Form.Item>
        </div>
      </Panel>
      <Panel title={t('rules.problems')}>
        <div className="form-grid">
          {(['due', 'urgent', 'contest'] as const).map((time) => (
            <Form.Item key={time} name={['problems', time]} label={t(`ruleForm.problem.${time}`)}>
              <DurationInput label={t(`ruleForm.problem.${time}`)} />
            </Form.Item>
          ))}
          {ESCALATION.map((level, at) => (
            <Form.Item key={level} name={['problems', 'escalate', at]} label={t(`ruleForm.escalate.${level}`)}>
              <DurationInput label={t(`ruleForm.escalate.${level}`)} />
            </Form.Item>
          ))}
        </div>
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
        <h3>{t('rules.creditBy')}</h3>
        <p className="hint">{t('ruleForm.creditHint')}</p>
        <Form.List name="credit">
          {(fields, { add, remove }, { errors }) => (
            <>
              {fields.map((field, i) => (
                <fieldset key={field.key} className="row-group">
                  <legend>{t('ruleForm.creditNth', { n: i + 1 })}</legend>
                  <div className="form-grid">
                    <Form.Item
                      name={[field.name, 'indicator']}
                      label={t('credit.indicator')}
                      rules={[{ required: true, message: t('ruleForm.indicatorRequired') }]}
                    >
                      <Select
                        popupMatchSelectWidth={false}
                        options={['*' as const, ...INDICATORS].map((each) => ({
                          value: each,
                          label: each === '*' ? t('ruleForm.allIndicators') : t(`indicator.${each}`),
                        }))}
                      />
                    </Form.Item>
                    <Form.Item name={[field.name, 'mode']} label={t('rules.creditMode')}>
                      <Select options={MODES.map((each) => ({ value: each, label: t(`rules.creditModes.${each}`) }))} />
                    </Form.Item>
                  </div>
                  <Form.Item noStyle shouldUpdate>
                    {() =>
                      sharesOf(form.getFieldValue(['credit', field.name, 'mode']) as (typeof MODES)[number]) && (
                        <Form.Item name={[field.name, 'shares']} label={t('ruleForm.shares')}>
                          <CreditSharesInput
                            parts={sharesOf(
                              form.getFieldValue(['credit', field.name, 'mode']) as (typeof MODES)[number],
                            )}
                          />
                        </Form.Item>
                      )
                    }
                  </Form.Item>
                  <RemoveButton
                    label={t('ruleForm.remove', { what: t('ruleForm.creditNth', { n: i + 1 }) })}
                    onClick={() => remove(field.name)}
                  />
                </fieldset>
              ))}
              <Form.ErrorList errors={errors} />
              <Button
                icon={<PlusOutlined aria-hidden />}
                onClick={() => add({ indicator: fields.length === 0 ? '*' : undefined, mode: 'both-full' })}
              >
                {t('ruleForm.addCredit')}
              </Button>
            </>
          )}
        </Form.List>
      </Panel>
      <Panel title={t('ruleForm.capital')}>
        <Form.Item
          name={['capital', 'kinds']}
          label={t('ruleForm.kinds')}
          rules={[
            {
              validator: (_, kinds: string[]) =>
                kinds.length > 0 ? Promise.resolve() : Promise.reject(new Error(t('ruleForm.kindsRequired'))),
            },
          ]}
        >
          <Checkbox.Group options={KINDS.map((kind) => ({ value: kind, label: t(`capitalKind.${kind}`) }))} />
        </Form.Item>
        <Form.Item
          name={['capital', 'foreignKinds']}
          label={t('ruleForm.foreignKinds')}
          extra={t('ruleForm.foreignKindsHint')}
        >
          <Checkbox.Group options={KINDS.map((kind) => ({ value: kind, label: t(`capitalKind.${kind}`) }))} />
        </Form.Item>
        <div className="form-grid">
          <Form.Item
            name={['capital', 'cutoffDay']}
            label={t('ruleForm.cutoffDay')}
            extra={t('ruleForm.cutoffDayHint')}
            rules={whole}
          >
            <Input type="number" min={1} max={28} className="num" />
          </Form.Item>
        </div>
        <h3>{t('ruleForm.minima')}</h3>
        <p className="hint">{t('ruleForm.minimaHint')}</p>
        <AmountList name={['capital', 'minima']} label={(n) => t('ruleForm.minimumNth', { n })} />
      </Panel>
      <Panel title={t('ruleForm.coordinationTitle')}>
        <h3>{t('rules.coordination')}</h3>
        <AmountList name="coordination" label={(n) => t('ruleForm.coordinationNth', { n })} />
        <Form.Item name={['leaderLink', 'from']} label={t('rules.leaderLink')}>
          <AmountInput label={t('rules.leaderLink')} />
        </Form.Item>
        <LeaderTierList />
        <Form.Item name="leaderContact" label={t('ruleForm.leaderContact')}>
          <DurationInput label={t('ruleForm.leaderContact')} />
        </Form.Item>
        <Form.Item name="elementsShare" label={t('ruleForm.elementsShare')} rules={points}>
          <Input inputMode="decimal" suffix="%" className="num" />
        </Form.Item>
        <Form.Item name={['landOffer', 'offer']} label={t('ruleForm.landOffer')} rules={mu}>
          <Input inputMode="decimal" className="num" />
        </Form.Item>
        <Form.Item name={['landOffer', 'reserve']} label={t('ruleForm.landReserve')} rules={mu}>
          <Input inputMode="decimal" className="num" />
        </Form.Item>
      </Panel>
      <Panel title={t('rules.retention')}>
        <p className="hint">{t('ruleForm.retentionHint')}</p>
        <div className="form-grid">
          {(['readNotices', 'importRows', 'importFiles'] as const).map((kind) => (
            <Form.Item key={kind} name={['retention', kind]} label={t(`rules.retained.${kind}`)}>
              <KeptForInput label={t(`rules.retained.${kind}`)} />
            </Form.Item>
          ))}
        </div>
      </Panel>
      <Panel title={t('rules.referral')}>
        <ReferralFields />
      </Panel>
      <Panel title={t('ruleForm.disputes')}>
        <div className="form-grid">
          {DISPUTE_TIMES.map((each) => (
            <Form.Item key={each} name={['disputes', each]} label={t(`ruleForm.${each}`)} rules={whole}>
              <Input type="number" min={1} max={250} className="num" />
            </Form.Item>
          ))}
          <Form.Item name={['disputes', 'bar']} label={t('ruleForm.bar')}>
            <DurationInput label={t('ruleForm.bar')} />
          </Form.Item>
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
                  <RemoveButton label={t('rules.removeRate', { n: i + 1 })} onClick={() => remove(field.name)} />
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
      <Panel title={t('rules.usdRates')}>
        <p className="hint">{t('ruleForm.usdRatesHint')}</p>
        <Form.List name="usdRates">
          {(fields, { add, remove }, { errors }) => (
            <>
              {fields.map((field, i) => (
                <div key={field.key} className="rate-row">
                  <Form.Item
                    name={[field.name, 'month']}
                    label={t('ruleForm.month')}
                    rules={[{ required: true, pattern: /^\d{4}-\d{2}$/, message: t('ruleForm.monthRequired') }]}
                  >
                    <Input className="num" placeholder="2026-05" />
                  </Form.Item>
                  <Form.Item
                    name={[field.name, 'currency']}
                    label={t('lists.currency')}
                    rules={[{ required: true, pattern: /^\s*[A-Za-z]{3}\s*$/, message: t('rules.currencyRequired') }]}
                  >
                    <Input />
                  </Form.Item>
                  <Form.Item
                    name={[field.name, 'usd']}
                    label={t('ruleForm.usd')}
                    rules={[{ required: true, pattern: /^\d+(\.\d+)?$/, message: t('form.number') }]}
                  >
                    <Input className="num" inputMode="decimal" />
                  </Form.Item>
                  <RemoveButton
                    label={t('ruleForm.remove', { what: t('ruleForm.usdRateNth', { n: i + 1 }) })}
                    onClick={() => remove(field.name)}
                  />
                </div>
              ))}
              <Form.ErrorList errors={errors} />
              <Button
                icon={<PlusOutlined aria-hidden />}
                onClick={() => add({ month: today().slice(0, 7), currency: '', usd: '' })}
              >
                {t('ruleForm.addUsdRate')}
              </Button>
            </>
          )}
        </Form.List>
      </Panel>
      <ProblemAlert error={error} fields={left} />
      <div className="submit-bar">
        <ErrorLinks form={form} wrong={links.wrong} />
        <LinkButton to={draft ? `/rule-sets/drafts/${draft.id}` : '/rule-sets'}>{t('common.cancel')}</LinkButton>
        <Button type="primary" size="large" htmlType="submit" loading={save.isPending}>
          {t('drafts.save')}
        </Button>
      </div>
      <PlacedErrors form={form} />
    </Form>
  );
}

/** The parts that a mode is divided into: a finder counts on top of both in full, or out of first talk's part (R44). */
function sharesOf(mode: (typeof MODES)[number]): 'all' | 'finder' | undefined {
  return mode === 'split' ? 'all' : mode === 'both-full' ? 'finder' : undefined;
}

function RemoveButton({ label, onClick }: { label: string; onClick: () => void }) {
  return <Button type="text" icon={<DeleteOutlined aria-hidden />} aria-label={label} onClick={onClick} />;
}
