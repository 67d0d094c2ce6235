import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { AmountInput } from '@/shared/AmountInput';
import type { ThresholdText } from './ruleSetValues';

interface Props {
  id?: string;
  value?: ThresholdText;
  onChange?: (value: ThresholdText) => void;
  label: string;
}

/** An amount from which on, or above which, something holds (C18). */
export function ThresholdInput({ id, value, onChange, label }: Props) {
  const { t } = useTranslation();
  const comparator = value?.comparator ?? 'gte';
  return (
    <div className="threshold">
      <Select
        aria-label={t('ruleForm.comparatorOf', { label })}
        value={comparator}
        onChange={(next: ThresholdText['comparator']) => value && onChange?.({ ...value, comparator: next })}
        options={(['gte', 'gt'] as const).map((each) => ({ value: each, label: t(`rules.comparator.${each}`) }))}
      />
      <AmountInput id={id} label={label} value={value} onChange={(amount) => onChange?.({ ...amount, comparator })} />
    </div>
  );
}
