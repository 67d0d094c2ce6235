import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';

interface Props {
  id?: string;
  /** `YYYY-MM-DDTHH:mm` on the city's clock. */
  value?: string;
  onChange?: (value: string | undefined) => void;
  'aria-label'?: string;
}

const FORMAT = 'YYYY-MM-DD[T]HH:mm';
const SHOWN = 'YYYY-MM-DD HH:mm';

/** A minute of a day in the page's language, chosen or typed; taken when the field is left. */
export function MinuteInput({ value, onChange, ...rest }: Props) {
  return (
    <DatePicker
      className="num date-input"
      showTime={{ format: 'HH:mm' }}
      format={[SHOWN, FORMAT, 'YYYY-M-D H:mm', 'YYYY/M/D H:mm']}
      value={value ? dayjs(value, FORMAT) : null}
      changeOnBlur
      needConfirm={false}
      onChange={(minute) => onChange?.(minute ? minute.format(FORMAT) : undefined)}
      {...rest}
    />
  );
}
