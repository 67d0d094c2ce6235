import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';

interface Props {
  id?: string;
  value?: string;
  onChange?: (value: string | undefined) => void;
  onBlur?: () => void;
  max?: string;
  min?: string;
  'aria-label'?: string;
}

const FORMAT = 'YYYY-MM-DD';
// Typed without the strokes, or with those of another form, a day is read all the same.
const READ = [FORMAT, 'YYYYMMDD', 'YYYY/M/D', 'YYYY.M.D', 'YYYY-M-D'];

/** A calendar date in the page's language, chosen or typed, with today at hand. */
export function DateInput({ value, onChange, min, max, ...rest }: Props) {
  return (
    <DatePicker
      className="num date-input"
      format={READ}
      value={value ? dayjs(value, FORMAT) : null}
      minDate={min ? dayjs(min, FORMAT) : undefined}
      maxDate={max ? dayjs(max, FORMAT) : undefined}
      changeOnBlur
      onChange={(day) => onChange?.(day ? day.format(FORMAT) : undefined)}
      {...rest}
    />
  );
}
