import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input, Radio, Select } from 'antd';
import type { Rule } from 'antd/es/form';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PLAIN_FACTS } from '@/api/facts';
import type { InvestorInput } from '@/api/types';
import { AmountInput } from './AmountInput';
import { CountrySelect } from './CountrySelect';
import { DateInput } from './DateInput';
import { today } from './dates';
import type { PlainFact } from './facts';
import { useCodeText } from './i18n';
import { IndustrySelect } from './IndustrySelect';
import { InvestorNameInput } from './InvestorInput';
import { isAmount, type AmountText } from './money';
import { Panel } from './Page';
import { newInvestor } from './projectForm';
import { leadersQuery } from './queries';
import { ReportThreshold } from './ReportThreshold';
import { usccFits } from './uscc';
import { PeopleFields } from './PeopleFields';
import { limit } from './limit';

const MARKS = ['fortune500', 'china500', 'listed', 'centralSoe', 'specialised'] as const;

/** The facts of a project, the form keeps them under `project`; `children` come between the needful and the optional ones. */
export function ProjectFields({ relaxed, children }: { relaxed?: boolean; children?: ReactNode }) {
  const { t } = useTranslation();
  const name = Form.useWatch<string | undefined>(['project', 'name']);
  const required = (message: string): Rule[] => (relaxed ? [] : [{ required: true, whitespace: true, message }]);

  return (
    <>
      <Panel title={t('form.projectTitle')}>
        <div className="form-grid">
          <Form.Item
            className="span-2"
            name={['project', 'name']}
            label={t('project.name')}
            rules={[{ required: true, whitespace: true, message: t('form.nameRequired') }]}
          >
            <Input {...limit(200)} autoComplete="off" />
          </Form.Item>
          <MoneyItem
            field="totalInvestment"
            label={t('project.totalInvestment')}
            required={!relaxed}
            extra={<ReportThreshold />}
          />
          <Form.Item
            name={['project', 'industryCode']}
            label={t('project.industryCode')}
            rules={required(t('form.industryRequired'))}
            extra={t('industry.hint')}
          >
            <IndustrySelect about={name ?? ''} />
          </Form.Item>
          <Form.Item name={['project', 'landingPlace', 'text']} label={t('project.landingPlace')}>
            <Input {...limit(200)} autoComplete="off" />
          </Form.Item>
          <Form.Item name={['project', 'chain']} label={t('project.chain')}>
            <Input {...limit(100)} autoComplete="off" />
          </Form.Item>
        </div>
      </Panel>
      <Panel title={t('form.investorsTitle')}>
        <Investors relaxed={relaxed} />
      </Panel>
      {children}
      <Panel title={t('form.moreTitle')}>
        <p className="hint">{t('form.moreHint')}</p>
        <div className="form-grid">
          <Form.Item
            name={['project', 'nationalCode']}
            label={t('project.nationalCode')}
            extra={t('form.nationalCodeHint')}
          >
            <Input {...limit(40)} autoComplete="off" className="num" />
          </Form.Item>
          {PLAIN_FACTS.map((fact) => (
            <PlainItem key={fact.name} fact={fact} />
          ))}
          <Form.Item name={['project', 'referrer']} label={t('project.referrer')}>
            <Input {...limit(100)} autoComplete="off" />
          </Form.Item>
          <Form.Item name={['project', 'provincialZone']} valuePropName="checked">
            <Checkbox>{t('project.provincialZone')}</Checkbox>
          </Form.Item>
          <Form.Item name={['project', 'secret']} valuePropName="checked" extra={t('form.secretHint')}>
            <Checkbox>{t('project.secret')}</Checkbox>
          </Form.Item>
          <Leaders />
        </div>
      </Panel>
      <Panel title={t('form.peopleTitle')}>
        <p className="hint">{t('form.peopleHint')}</p>
        <PeopleFields name={['project', 'contacts']} />
      </Panel>
    </>
  );
}

/** A secret project is open to no leader but those who are named on it. */
function Leaders() {
  const { t } = useTranslation();
  const secret = Form.useWatch(['project', 'secret']) as boolean | undefined;
  const leaders = useQuery({ ...leadersQuery, enabled: secret === true });
  if (!secret) return null;
  return (
    <Form.Item name={['project', 'leaders']} label={t('project.leaders')} extra={t('form.leadersHint')}>
      <Select
        mode="multiple"
        allowClear
        optionFilterProp="label"
        loading={leaders.isPending}
        options={leaders.data?.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Form.Item>
  );
}

/** A plain fact, typed as its shape asks. */
function PlainItem({ fact }: { fact: PlainFact }) {
  const code = useCodeText();
  const label = code('project', fact.name);
  switch (fact.shape) {
    case 'money':
      return <MoneyItem field={fact.name} label={label} />;
    case 'choice':
      return (
        <Form.Item name={['project', fact.name]} label={label}>
          <Select
            allowClear
            options={fact.choices.map(({ value }) => ({ value: value as string, label: code(fact.name, value) }))}
          />
        </Form.Item>
      );
    case 'day':
      return (
        <Form.Item name={['project', fact.name]} label={label}>
          <DateInput max={fact.past ? today() : undefined} />
        </Form.Item>
      );
    default:
      return <NumberItem field={fact.name} label={label} whole={fact.shape === 'whole'} />;
  }
}

function MoneyItem({
  field,
  label,
  required,
  extra,
}: {
  field: string;
  label: string;
  required?: boolean;
  extra?: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <Form.Item
      name={['project', field]}
      label={label}
      required={required}
      extra={extra}
      validateTrigger="onBlur"
      rules={[
        {
          validator: (_, value: AmountText | undefined) => {
            if (!value || value.text.trim() === '')
              return required ? Promise.reject(new Error(t('amount.required', { label }))) : Promise.resolve();
            return isAmount(value) ? Promise.resolve() : Promise.reject(new Error(t('amount.wrong')));
          },
        },
      ]}
    >
      <AmountInput label={label} />
    </Form.Item>
  );
}

function NumberItem({ field, label, whole }: { field: string; label: string; whole?: boolean }) {
  const { t } = useTranslation();
  return (
    <Form.Item
      name={['project', field]}
      label={label}
      rules={[
        {
          pattern: whole ? /^\s*\d*\s*$/ : /^\s*\d*(\.\d+)?\s*$/,
          message: whole ? t('form.wholeNumber') : t('form.number'),
        },
      ]}
    >
      <Input inputMode="decimal" className="num" autoComplete="off" />
    </Form.Item>
  );
}

function Investors({ relaxed }: { relaxed?: boolean }) {
  const { t } = useTranslation();
  // Real codes exist that fail the check: the person is told, and may go on.
  const usccWarning: Rule = {
    warningOnly: true,
    validator: (_, code: string | undefined) =>
      !code?.trim() || usccFits(code)
        ? Promise.resolve()
        : Promise.reject(new Error(t(code.trim().length === 18 ? 'warn.uscc' : 'warn.usccLength'))),
  };
  const form = Form.useFormInstance();

  function makePrimary(chosen: number) {
    const investors = (form.getFieldValue(['project', 'investors']) ?? []) as InvestorInput[];
    form.setFieldValue(
      ['project', 'investors'],
      investors.map((each, i) => ({ ...each, primary: i === chosen })),
    );
  }

  return (
    <Form.List name={['project', 'investors']}>
      {(fields, { add, remove }, { errors }) => (
        <div data-field="project.investors">
          {fields.map((field, index) => (
            <fieldset key={field.key} className="row-group">
              <legend>{t('investor.nth', { n: index + 1 })}</legend>
              <div className="form-grid">
                <Form.Item
                  className="span-2"
                  name={[field.name, 'name']}
                  label={t('investor.name')}
                  rules={relaxed ? [] : [{ required: true, whitespace: true, message: t('investor.nameRequired') }]}
                >
                  <InvestorNameInput at={field.name} />
                </Form.Item>
                <Form.Item
                  name={[field.name, 'uscc']}
                  label={t('investor.uscc')}
                  validateTrigger="onBlur"
                  rules={[usccWarning]}
                >
                  <Input {...limit(18)} autoComplete="off" className="num" />
                </Form.Item>
                <Form.Item name={[field.name, 'country']} label={t('investor.country')}>
                  <CountrySelect />
                </Form.Item>
                <Form.Item name={[field.name, 'groupParent']} label={t('investor.groupParent')}>
                  <Input {...limit(200)} autoComplete="off" />
                </Form.Item>
              </div>
              <div className="marks">
                {MARKS.map((mark) => (
                  <Form.Item key={mark} name={[field.name, mark]} valuePropName="checked" noStyle>
                    <Checkbox>{t(`investor.${mark}`)}</Checkbox>
                  </Form.Item>
                ))}
              </div>
              <div className="row-foot">
                {fields.length > 1 && (
                  <Form.Item name={[field.name, 'primary']} valuePropName="checked" noStyle>
                    <Radio onChange={() => makePrimary(index)}>{t('investor.primary')}</Radio>
                  </Form.Item>
                )}
                {fields.length > 1 && (
                  <Button
                    type="text"
                    icon={<DeleteOutlined aria-hidden />}
                    aria-label={t('investor.removeNth', { n: index + 1 })}
                    onClick={() => {
                      const wasPrimary = Boolean(form.getFieldValue(['project', 'investors', index, 'primary']));
                      remove(index);
                      if (wasPrimary) makePrimary(0);
                    }}
                  >
                    {t('common.remove')}
                  </Button>
                )}
              </div>
            </fieldset>
          ))}
          <Form.ErrorList errors={errors} />
          <Button icon={<PlusOutlined aria-hidden />} onClick={() => add(newInvestor(fields.length === 0))}>
            {t('investor.add')}
          </Button>
        </div>
      )}
    </Form.List>
  );
}
