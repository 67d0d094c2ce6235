import { useMemo } from 'react';
import { useCodeText, useLanguage } from './i18n';

/** What a country is called in the page's language. */
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
