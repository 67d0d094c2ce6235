import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMoneyText } from '@/shared/Amount';
import { AmountInput } from '@/shared/AmountInput';

/** Amounts, one for each currency at most. */
export function AmountList({ name, label }: { name: string | string[]; label: (n: number) => string }) {
  const { t } = useTranslation();
  const { powers } = useMoneyText();
  return (
    <Form.List name={name}>
      {(fields, { add, remove }, { errors }) => (
        <>
          {fields.map((field, i) => (
            <div key={field.key} className="list-row">
              <Form.Item name={field.name} label={label(i + 1)}>
                <AmountInput label={label(i + 1)} />
              </Form.Item>
              <Button
                type="text"
                icon={<DeleteOutlined aria-hidden />}
                aria-label={t('ruleForm.remove', { what: label(i + 1) })}
                onClick={() => remove(field.name)}
              />
            </div>
          ))}
          <Form.ErrorList errors={errors} />
          <Button
            icon={<PlusOutlined aria-hidden />}
            onClick={() => add({ text: '', power: powers[0] ?? 0, currency: 'CNY' })}
          >
            {t('ruleForm.addAmount')}
          </Button>
        </>
      )}
    </Form.List>
  );
}
