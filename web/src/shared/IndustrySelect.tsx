import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import type { IndustryClass } from '@/api/types';
import { useLanguage, type Language } from './i18n';

const industryQuery = (q: string) =>
  queryOptions({
    queryKey: ['industry-classes', q],
    queryFn: async () =>
      (await body(client.GET('/api/v1/industry-classes', { params: { query: q ? { q } : {} } }))).items,
    staleTime: 60 * 60_000,
    placeholderData: keepPreviousData,
  });

/** The classes that a project's name speaks of. */
const suggestionsQuery = (text: string) =>
  queryOptions({
    queryKey: ['industry-classes', 'text', text],
    queryFn: async () => (await body(client.GET('/api/v1/industry-classes', { params: { query: { text } } }))).items,
    staleTime: 60 * 60_000,
    placeholderData: keepPreviousData,
  });

function nameOf(each: IndustryClass, language: Language): string {
  return language === 'en' ? (each.nameEn ?? each.nameZh) : each.nameZh;
}

/** The name of a GB/T 4754 class beside its code. */
export function Industry({ code }: { code: string | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { data } = useQuery({ ...industryQuery(code ?? ''), enabled: Boolean(code) });
  if (!code) return <span className="muted">{t('common.notGiven')}</span>;
  const found = data?.find((each) => each.code === code);
  return (
    <span>
      <span className="num">{code}</span>
      {found ? ` ${nameOf(found, language)}` : ''}
    </span>
  );
}

interface Props {
  id?: string;
  value?: string;
  onChange?: (value: string | undefined) => void;
  placeholder?: string;
  'aria-label'?: string;
  className?: string;
  /** The project's name: while no class is chosen, those that it speaks of are offered. */
  about?: string;
}

export function IndustrySelect({ value, onChange, placeholder, about, ...rest }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [typed, setTyped] = useState('');
  const wanted = typed || value || '';
  const { data, isFetching } = useQuery(industryQuery(wanted));
  const options = (data ?? []).map((each) => ({ value: each.code, label: `${each.code} ${nameOf(each, language)}` }));
  for (const code of [typed, value]) {
    if (code && /^\d{2,4}$/.test(code) && !isFetching && !options.some((option) => option.value === code)) {
      options.unshift({ value: code, label: t('industry.asCode', { code }) });
    }
  }
  const select = (
    <Select
      {...rest}
      showSearch={{ filterOption: false, onSearch: (text) => setTyped(text.trim()) }}
      allowClear
      loading={isFetching}
      options={options}
      value={value || undefined}
      placeholder={placeholder ?? t('industry.placeholder')}
      notFoundContent={isFetching ? t('common.loading') : t('industry.notFound')}
      onChange={(code: string | undefined) => {
        setTyped('');
        onChange?.(code);
      }}
    />
  );
  return about === undefined ? (
    select
  ) : (
    <>
      {select}
      {!value && <Suggestions about={about} onChoose={(code) => onChange?.(code)} />}
    </>
  );
}

/** Classes that a name speaks of, each with the word that says so; a click takes one. */
function Suggestions({ about, onChoose }: { about: string; onChoose: (code: string) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const text = useDeferredValue(about.trim().slice(0, 500));
  const { data = [] } = useQuery({ ...suggestionsQuery(text), enabled: text.length >= 2 });
  if (text.length < 2 || data.length === 0) return null;
  return (
    <div className="suggestions" role="group" aria-label={t('industry.suggested')}>
      <span className="muted">{t('industry.suggested')}</span>
      {data.slice(0, 3).map((each) => (
        <Button key={each.code} size="small" onClick={() => onChoose(each.code)}>
          {t('industry.because', { name: `${each.code} ${nameOf(each, language)}`, word: each.because })}
        </Button>
      ))}
    </div>
  );
}
