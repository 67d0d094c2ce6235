import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { COUNTRIES } from './countries';
import { useCountryName } from './countryName';

export function CountrySelect({
  id,
  value,
  onChange,
}: {
  id?: string;
  value?: string;
  onChange?: (code: string) => void;
}) {
  const { t } = useTranslation();
  const name = useCountryName();
  return (
    <Select
      id={id}
      value={value}
      onChange={onChange}
      placeholder={t('investor.country')}
      popupMatchSelectWidth={false}
      showSearch={{ optionFilterProp: 'label' }}
      options={COUNTRIES.map((code) => ({ value: code, label: `${name(code)} ${code}` }))}
    />
  );
}
