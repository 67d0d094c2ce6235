import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { JurisdictionKind } from '@/api/types';
import { useLanguage } from './i18n';
import { jurisdictionsQuery } from './queries';
import { unitName } from './units';

interface Props {
  id?: string;
  value?: string;
  onChange?: (value: string | undefined) => void;
  placeholder?: string;
  'aria-label'?: string;
  className?: string;
  reportingOnly?: boolean;
  /** Only units of this kind. */
  kind?: JurisdictionKind;
}

export function JurisdictionSelect({ value, onChange, placeholder, reportingOnly, kind, ...rest }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { data, isFetching } = useQuery(jurisdictionsQuery);
  return (
    <Select
      {...rest}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      loading={isFetching}
      value={value || undefined}
      placeholder={placeholder ?? t('jurisdiction.any')}
      options={(data ?? [])
        .filter(
          (each) =>
            each.active && (!reportingOnly || each.reports || each.id === value) && (!kind || each.kind === kind),
        )
        .map((each) => ({ value: each.id, label: unitName(each, language) }))}
      onChange={(id: string | undefined) => onChange?.(id)}
    />
  );
}
