import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Select, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { recentMonths } from '@/shared/dates';

const NOW = 'now';

/** The lists now, or as they stood at a month's end. */
export function MonthPicker({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (month: string | undefined) => void;
}) {
  const { t } = useTranslation();
  const months = recentMonths(120);
  const all = [NOW, ...(value && !months.includes(value) ? [value] : []), ...months];
  const at = all.indexOf(value ?? NOW);
  const go = (month: string | undefined) => onChange(month === NOW ? undefined : month);
  return (
    <Space.Compact>
      <Button
        icon={<LeftOutlined aria-hidden />}
        aria-label={t('lists.earlierMonth')}
        disabled={at >= all.length - 1}
        onClick={() => go(all[at + 1])}
      />
      <Select
        aria-label={t('lists.month')}
        className="month-select num"
        showSearch
        value={value ?? NOW}
        onChange={go}
        options={all.map((month) => ({
          value: month,
          label: month === NOW ? t('lists.now') : t('lists.monthEnd', { month }),
        }))}
      />
      <Button
        icon={<RightOutlined aria-hidden />}
        aria-label={t('lists.laterMonth')}
        disabled={at <= 0}
        onClick={() => go(all[at - 1])}
      />
    </Space.Compact>
  );
}
