import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Select, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { monthName, recentMonths } from '@/shared/dates';
import { useLanguage } from '@/shared/i18n';

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
  const language = useLanguage();
  // The running month has no end yet: that is what “now” tells.
  const months = recentMonths(121).slice(1);
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
          label:
            month === NOW
              ? t('lists.nowMonth', { month: monthName(recentMonths(1)[0] ?? '', language) })
              : t('lists.monthEnd', { month: monthName(month, language) }),
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
