import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMoneyText } from '@/shared/Amount';
import { AmountInput } from '@/shared/AmountInput';
import { limit } from '@/shared/limit';

/** Which level's leaders projects of a size are for: each tier with its name and its amounts, the upper one optional. */
export function LeaderTierList() {
  const { t } = useTranslation();
  const { powers } = useMoneyText();
  const none = { text: '', power: powers[0] ?? 0, currency: 'CNY' };
  return (
    <>
      <h3>{t('ruleForm.leaderTiers')}</h3>
      <p className="hint">{t('ruleForm.leaderTiersHint')}</p>
      <Form.List name="leaderTiers">
        {(fields, { add, remove }, { errors }) => (
          <>
            {fields.map((field, i) => (
              <div key={field.key} className="list-row">
                <Form.Item name={[field.name, 'level']} label={t('ruleForm.tierLevel', { n: i + 1 })}>
                  <Input {...limit(30)} />
                </Form.Item>
                <Form.Item name={[field.name, 'from']} label={t('ruleForm.tierFrom', { n: i + 1 })}>
                  <AmountInput label={t('ruleForm.tierFrom', { n: i + 1 })} />
                </Form.Item>
                <Form.Item name={[field.name, 'to']} label={t('ruleForm.tierTo', { n: i + 1 })}>
                  <AmountInput label={t('ruleForm.tierTo', { n: i + 1 })} />
                </Form.Item>
                <Button
                  type="text"
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={t('ruleForm.removeTier', { n: i + 1 })}
                  onClick={() => remove(field.name)}
                />
              </div>
            ))}
            <Form.ErrorList errors={errors} />
            <Button icon={<PlusOutlined aria-hidden />} onClick={() => add({ level: '', from: none, to: none })}>
              {t('ruleForm.addTier')}
            </Button>
          </>
        )}
      </Form.List>
    </>
  );
}
