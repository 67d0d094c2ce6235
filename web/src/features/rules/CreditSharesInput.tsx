import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SharesText } from './ruleSetValues';

interface Props {
  id?: string;
  value?: SharesText;
  onChange?: (value: SharesText) => void;
  /** Whether all three are asked for, or the finder's alone. */
  parts?: 'all' | 'finder';
}

const NONE: SharesText = { firstTalk: '', landing: '', finder: '' };

/** How credit is divided, in per cent. */
export function CreditSharesInput({ id, value, onChange, parts }: Props) {
  const { t } = useTranslation();
  const current = value ?? (parts === 'all' ? { ...NONE, firstTalk: '50', landing: '50' } : NONE);
  const asked = parts === 'all' ? (['firstTalk', 'landing', 'finder'] as const) : (['finder'] as const);
  return (
    <div className="form-grid">
      {asked.map((part, i) => (
        <label key={part} className="share">
          <span>{t(`ruleForm.share.${part}`)}</span>
          <Input
            id={i === 0 ? id : undefined}
            className="num"
            inputMode="decimal"
            suffix="%"
            value={current[part]}
            onChange={(event) => onChange?.({ ...current, [part]: event.target.value })}
          />
        </label>
      ))}
    </div>
  );
}
