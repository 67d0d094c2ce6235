import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import { isSearchable } from './searchable';

const MOST = 20;

interface Props {
  id?: string;
  value?: string;
  /** The name of what is chosen already, where the page knows it. */
  known?: string;
  onChange?: (id: string | undefined) => void;
  /** Told with the name of what was chosen. */
  onChoose?: (name: string | undefined) => void;
}

/** A project that the reader may see, looked for by name, investor or code. */
export function ProjectSelect({ id, value, known, onChange, onChoose }: Props) {
  const { t } = useTranslation();
  const [looked, setLooked] = useState('');
  const query = useQuery({
    queryKey: ['projects', 'looked-for', looked],
    queryFn: async () =>
      (await body(client.GET('/api/v1/projects', { params: { query: { q: looked, limit: MOST } } }))).items,
    enabled: isSearchable(looked),
    staleTime: 60_000,
  });
  // What was chosen keeps its name while something else is looked for.
  const [chosen, setChosen] = useState<{ value: string; label: string }>();
  const found = (looked ? (query.data ?? []) : []).map((project) => ({
    value: project.id,
    label: `${project.name}（${project.code}）`,
    name: project.name,
  }));
  const named = chosen?.value === value ? chosen : value ? { value, label: known ?? value } : undefined;
  const options = named && !found.some((each) => each.value === named.value) ? [named, ...found] : found;
  return (
    <Select
      id={id}
      allowClear
      value={value || undefined}
      placeholder={t('projectSelect.placeholder')}
      showSearch={{ onSearch: (text) => setLooked(text.trim()), filterOption: false }}
      loading={query.isFetching}
      notFoundContent={
        !isSearchable(looked)
          ? t('projectSelect.type')
          : query.isError
            ? t('projectSelect.failed')
            : query.isFetching
              ? t('projectSelect.looking')
              : t('projectSelect.none')
      }
      options={options}
      onChange={(next: string | undefined) => {
        const one = found.find((each) => each.value === next);
        setChosen(one && { value: one.value, label: one.label });
        onChange?.(next);
        onChoose?.(one?.name);
      }}
    />
  );
}
