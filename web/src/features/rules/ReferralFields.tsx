import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { DurationInput } from './DurationText';
import type { RuleSetValues } from './ruleSetValues';

const BASES = ['fixed-investment', 'paid-in'] as const;
const BANDS = ['marginal', 'whole'] as const;

/** By what referrers are rewarded (R136): a base, bands by size of which the last has no end, a cap, and how long it may be claimed. */
export function ReferralFields() {
  const { t } = useTranslation();
  const form = Form.useFormInstance<RuleSetValues>();
  const base = Form.useWatch(['referral', 'base'], form);
  const number = [{ required: true, pattern: /^\d+(\.\d+)?$/, message: t('form.number') }];
  return (
    <>
      <p className="hint">{t('ruleForm.referralHint')}</p>
      <Form.Item name={['referral', 'base']} label={t('ruleForm.referralBase')}>
        <Select
          options={[
            { value: '', label: t('ruleForm.referralNone') },
            ...BASES.map((each) => ({ value: each, label: t(`rules.referralBaseOf.${each}`) })),
          ]}
        />
      </Form.Item>
      {base && (
        <>
          <Form.Item name={['referral', 'mode']} label={t('ruleForm.referralMode')}>
            <Select options={BANDS.map((each) => ({ value: each, label: t(`rules.referralModeOf.${each}`) }))} />
          </Form.Item>
          <Form.List name={['referral', 'bands']}>
            {(fields, { add, remove }, { errors }) => (
              <>
                {fields.map((field, i) => (
                  <div key={field.key} className="rate-row">
                    <Form.Item
                      name={[field.name, 'upTo']}
                      label={t('ruleForm.bandUpTo', { n: i + 1 })}
                      rules={i === fields.length - 1 ? [] : number}
                    >
                      <Input
                        className="num"
                        inputMode="decimal"
                        placeholder={i === fields.length - 1 ? t('ruleForm.bandOpen') : undefined}
                      />
                    </Form.Item>
                    <Form.Item
                      name={[field.name, 'perMille']}
                      label={t('ruleForm.bandRate', { n: i + 1 })}
                      rules={number}
                    >
                      <Input className="num" inputMode="decimal" suffix="‰" />
                    </Form.Item>
                    <Button
                      type="text"
                      icon={<DeleteOutlined aria-hidden />}
                      aria-label={t('ruleForm.remove', { what: t('ruleForm.bandNth', { n: i + 1 }) })}
                      onClick={() => remove(field.name)}
                    />
                  </div>
                ))}
                <Form.ErrorList errors={errors} />
                <Button icon={<PlusOutlined aria-hidden />} onClick={() => add({ upTo: '', perMille: '' })}>
                  {t('ruleForm.addBand')}
                </Button>
              </>
            )}
          </Form.List>
          <div className="form-grid">
            <Form.Item
              name={['referral', 'cap']}
              label={t('ruleForm.referralCap')}
              extra={t('ruleForm.referralCapHint')}
            >
              <Input className="num" inputMode="decimal" />
            </Form.Item>
            <Form.Item name={['referral', 'claimWithin']} label={t('ruleForm.referralClaim')}>
              <DurationInput label={t('ruleForm.referralClaim')} />
            </Form.Item>
          </div>
        </>
      )}
    </>
  );
}
