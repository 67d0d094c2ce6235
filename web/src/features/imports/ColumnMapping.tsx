import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Import, ImportRow } from '@/api/types';
import { Loading } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { doubled } from './mapping';
import { importFieldsQuery, type Mapping } from './queries';
import { useFieldName } from './useFieldName';

/** What each column of the file means, with some of what stands in it; the person may say otherwise. */
export function ColumnMapping({
  columns: all,
  rows,
  mapping,
  onChange,
  readOnly,
}: {
  columns: Import['columns'];
  rows: readonly ImportRow[];
  mapping: Mapping;
  onChange: (mapping: Mapping) => void;
  readOnly: boolean;
}) {
  const { t } = useTranslation();
  const query = useQuery(importFieldsQuery);
  const name = useFieldName();
  const twice = doubled(mapping, rows);
  const columns = all.filter((column) => column.correctable !== false);
  const unread = columns.filter((column) => !mapping[column.header]);
  const options = [
    { value: '', label: t('imports.ignoreColumn') },
    ...(query.data ?? []).map((each) => ({ value: each.key, label: `${name(each.key)}${each.required ? ' *' : ''}` })),
  ];
  return (
    <details className="mapping" open={unread.length > 0}>
      <summary>
        {t('imports.mappingTitle')}
        <span className="hint">
          {t('imports.mappingCount', { n: columns.length - unread.length, total: columns.length })}
        </span>
      </summary>
      <p className="hint">{t('imports.mappingHint')}</p>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading />}
      {twice.length > 0 && (
        <p className="notice">
          {t('imports.mappedTwice', { fields: twice.map(name).join(t('common.listSeparator')) })}
        </p>
      )}
      {query.data && (
        <ul className="mapping-list">
          {columns.map((column, i) => (
            <li key={column.header} className={mapping[column.header] ? undefined : 'mapping-unread'}>
              <label htmlFor={`map-${i}`}>{column.header}</label>
              <Select
                id={`map-${i}`}
                showSearch={{ optionFilterProp: 'label' }}
                options={options}
                disabled={readOnly}
                value={mapping[column.header] ?? ''}
                onChange={(field: string) => onChange({ ...mapping, [column.header]: field })}
              />
              <span className="mapping-samples" title={column.samples?.join('\n')}>
                {column.samples?.length ? column.samples.join(t('common.listSeparator')) : t('imports.noSamples')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
