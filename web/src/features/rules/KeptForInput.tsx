import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { DurationInput } from './DurationText';

/** How long something is kept: for ever, which is undefined, or for a time. */
export function KeptForInput({
  id,
  value,
  onChange,
  label,
}: {
  id?: string;
  value?: string;
  onChange?: (value: string | undefined) => void;
  label: string;
}) {
  const { t } = useTranslation();
  return (
    <>
      <Checkbox
        id={value === undefined ? id : undefined}
        checked={value === undefined}
        onChange={(event) => onChange?.(event.target.checked ? undefined : 'P3Y')}
      >
        {t('rules.keptForEver')}
      </Checkbox>
      {value !== undefined && <DurationInput id={id} value={value} onChange={onChange} label={label} />}
    </>
  );
}
