import { Input } from 'antd';

interface Props {
  id?: string;
  value?: string;
  onChange?: (value: string | undefined) => void;
  max?: string;
  min?: string;
  'aria-label'?: string;
}

/** A calendar date, with the device's own picker. */
export function DateInput({ value, onChange, ...rest }: Props) {
  return (
    <Input
      type="date"
      className="num date-input"
      value={value ?? ''}
      onChange={(event) => onChange?.(event.target.value || undefined)}
      {...rest}
    />
  );
}
