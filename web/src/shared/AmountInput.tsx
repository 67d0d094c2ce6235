import { Input, Select, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMoneyText } from './Amount';
import { CURRENCIES, amountToMoney, settledAmount, type AmountText, type Power } from './money';

const UNIT_WIDTH = { width: 128, flex: 'none' } as const;

interface Props {
  id?: string;
  value?: AmountText;
  onChange?: (value: AmountText) => void;
  onBlur?: () => void;
  label: string;
  currencies?: readonly string[];
}

/** A figure and its unit (亿元, 万美元 …), with the exact figure underneath so that a slip of a unit is seen at once. */
export function AmountInput({ id, value, onChange, onBlur, label, currencies = CURRENCIES }: Props) {
  const { t } = useTranslation();
  const money = useMoneyText();
  const current: AmountText = value ?? { text: '', power: money.powers[0] ?? 0, currency: currencies[0] ?? 'CNY' };
  const offered = currencies.includes(current.currency) ? currencies : [current.currency, ...currencies];
  const options = offered.flatMap((currency) =>
    [...new Set<Power>([...money.powers, ...(currency === current.currency ? [current.power] : [])])].map((power) => ({
      value: `${currency}:${power}`,
      label: money.unit(power, currency),
    })),
  );
  const exact = amountToMoney(current);

  return (
    <>
      <Space.Compact block>
        <Input
          id={id}
          autoComplete="off"
          className="num amount-figure"
          value={current.text}
          onChange={(event) => onChange?.({ ...current, text: event.target.value })}
          onBlur={() => {
            const settled = settledAmount(current);
            if (settled !== current) onChange?.(settled);
            onBlur?.();
          }}
          aria-describedby={id ? `${id}_exact` : undefined}
        />
        <Select
          aria-label={t('amount.unitOf', { label })}
          style={UNIT_WIDTH}
          showSearch={{ optionFilterProp: 'label' }}
          popupMatchSelectWidth={false}
          options={options}
          value={`${current.currency}:${current.power}`}
          onChange={(choice: string) => {
            const [currency = 'CNY', power = '0'] = choice.split(':');
            onChange?.({ ...current, currency, power: Number(power) as Power });
          }}
        />
      </Space.Compact>
      <div id={id ? `${id}_exact` : undefined} className="hint num" aria-live="polite">
        {exact
          ? t('amount.understood', { figure: money.format(exact), exact: money.exact(exact) })
          : current.text.trim()
            ? t('amount.unreadable')
            : t('amount.hint')}
      </div>
    </>
  );
}
