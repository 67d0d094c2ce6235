import { Input, Select, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { DURATION_UNITS, parseDuration, writeDuration, type DurationUnit } from '@/shared/duration';

/** A duration in words; one that has no words here as it is written. */
export function DurationText({ value }: { value: string }) {
  const { t } = useTranslation();
  const duration = parseDuration(value);
  return <span className="num">{duration ? t(`duration.${duration.unit}`, { n: duration.count }) : value}</span>;
}

export function DurationInput({
  id,
  value = 'P1M',
  onChange,
  label,
}: {
  id?: string;
  value?: string;
  onChange?: (value: string) => void;
  label: string;
}) {
  const { t } = useTranslation();
  const duration = parseDuration(value);
  if (!duration) return <Input id={id} value={value} onChange={(event) => onChange?.(event.target.value)} />;
  return (
    <Space.Compact block>
      <Input
        id={id}
        type="number"
        min={0}
        className="num"
        value={duration.count}
        onChange={(event) =>
          onChange?.(writeDuration({ ...duration, count: Math.max(0, Math.floor(Number(event.target.value) || 0)) }))
        }
      />
      <Select
        aria-label={t('amount.unitOf', { label })}
        style={{ width: 110, flex: 'none' }}
        value={duration.unit}
        onChange={(unit: DurationUnit) => onChange?.(writeDuration({ ...duration, unit }))}
        options={DURATION_UNITS.map((unit) => ({ value: unit, label: t(`durationUnit.${unit}`) }))}
      />
    </Space.Compact>
  );
}
