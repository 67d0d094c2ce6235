import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Import } from '@/api/types';
import { useLanguage } from '@/shared/i18n';
import { Loading } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { doubled } from './mapping';
import { importFieldsQuery, type Mapping } from './queries';

/** What each column of the file means; the person may say otherwise. */
export function MappingTable({
  columns,
  mapping,
  onChange,
}: {
  columns: Import['columns'];
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const query = useQuery(importFieldsQuery);
  const name = (field: string) => {
    const known = query.data?.find((each) => each.key === field);
    return known ? (language === 'en' ? known.en : known.zh) : field;
  };
  const twice = doubled(mapping);
  const options = [
    { value: '', label: t('imports.ignoreColumn') },
    ...(query.data ?? []).map((each) => ({ value: each.key, label: `${name(each.key)}${each.required ? ' *' : ''}` })),
  ];
  return (
    <details className="mapping" open={columns.some((column) => column.field === null)}>
      <summary>{t('imports.mappingTitle')}</summary>
      <p className="hint">{t('imports.mappingHint')}</p>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading />}
      {twice.length > 0 && (
        <p className="notice notice-warn" role="alert">
          {t('imports.mappedTwice', { fields: twice.map(name).join(t('common.listSeparator')) })}
        </p>
      )}
      {query.data && (
        <ul className="mapping-list">
          {columns.map((column, i) => (
            <li key={column.header}>
              <label htmlFor={`map-${i}`}>{column.header}</label>
              <span aria-hidden>→</span>
              <Select
                id={`map-${i}`}
                showSearch={{ optionFilterProp: 'label' }}
                options={options}
                value={mapping[column.header] ?? ''}
                onChange={(field: string) => onChange({ ...mapping, [column.header]: field })}
              />
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
