import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { JurisdictionKind } from '@/api/types';
import { useLanguage } from './i18n';
import { jurisdictionsQuery } from './queries';
import { unitName } from './units';

interface Look {
  id?: string;
  placeholder?: string;
  'aria-label'?: string;
  className?: string;
}

interface Props extends Look {
  value?: string;
  onChange?: (value: string | undefined) => void;
  reportingOnly?: boolean;
  /** Only units of this kind. */
  kind?: JurisdictionKind;
}

/** The active units, by the names of the reader's language. */
function useUnits(fits: { reportingOnly?: boolean; kind?: JurisdictionKind; chosen?: string }) {
  const language = useLanguage();
  const { data, isFetching } = useQuery(jurisdictionsQuery);
  return {
    loading: isFetching,
    options: (data ?? [])
      .filter(
        (each) =>
          each.active &&
          (!fits.reportingOnly || each.reports || each.id === fits.chosen) &&
          (!fits.kind || each.kind === fits.kind),
      )
      .map((each) => ({ value: each.id, label: unitName(each, language) })),
  };
}

export function JurisdictionSelect({ value, onChange, placeholder, reportingOnly, kind, ...rest }: Props) {
  const { t } = useTranslation();
  const units = useUnits({ reportingOnly, kind, chosen: value });
  return (
    <Select
      {...rest}
      {...units}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      value={value || undefined}
      placeholder={placeholder ?? t('jurisdiction.any')}
      onChange={(id: string | undefined) => onChange?.(id)}
    />
  );
}

/** As many units as one likes. */
export function JurisdictionsSelect({
  value,
  onChange,
  ...rest
}: Look & { value?: string[]; onChange: (value: string[]) => void }) {
  const units = useUnits({});
  return (
    <Select
      {...rest}
      {...units}
      mode="multiple"
      allowClear
      maxTagCount="responsive"
      showSearch={{ optionFilterProp: 'label' }}
      value={value ?? []}
      onChange={onChange}
    />
  );
}
