import { useQuery } from '@tanstack/react-query';
import { useLanguage } from '@/shared/i18n';
import { importFieldsQuery } from './queries';

/** What the fields that columns feed are called. */
export function useFieldName(): (field: string) => string {
  const language = useLanguage();
  const { data } = useQuery(importFieldsQuery);
  return (field) => {
    const known = data?.find((each) => each.key === field);
    return known ? (language === 'en' ? known.en : known.zh) : field;
  };
}
