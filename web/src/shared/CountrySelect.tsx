import { Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { COUNTRIES } from './countries';
import { useCodeText, useLanguage } from './i18n';

export function useCountryName(): (code: string) => string {
  const language = useLanguage();
  const text = useCodeText();
  const names = useMemo(() => new Intl.DisplayNames(language, { type: 'region', fallback: 'code' }), [language]);
  return (code) => {
    const own = text('country', code);
    if (own !== code) return own;
    return /^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code;
  };
}

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
