import { useQueries, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import type { AuditEntry } from '@/api/types';
import { Filter } from '@/shared/Filter';
import { useLanguage } from '@/shared/i18n';
import { jurisdictionsQuery, useCan } from '@/shared/queries';
import { isSearchable } from '@/shared/searchable';
import { unitName } from '@/shared/units';
import { useAuditText } from './auditText';

interface Props {
  kind: string | undefined;
  value: string | undefined;
  /** What is on the page: the records among it can be chosen. */
  entries: AuditEntry[];
  onChange: (kind: string | undefined, id: string | undefined) => void;
}

interface Found {
  kind: string;
  id: string;
  label: string;
}

const MOST = 20;

/** A record of which the trail tells: a project by name or code, a report by its number, an import by its file, a person, a unit; or by its id. */
export function SubjectFilter({ kind, value, entries, onChange }: Props) {
  const { t } = useTranslation();
  const text = useAuditText();
  const [typed, setTyped] = useState('');
  const looked = typed.trim();
  const found = useFound(looked);
  const seen = entries.flatMap((entry): Found[] =>
    entry.subject ? [{ kind: entry.subject.kind, id: entry.subject.id, label: text.subject(entry) }] : [],
  );
  // What was chosen keeps its name while something else is looked for.
  const [chosen, setChosen] = useState<Found>();
  const named = [chosen, ...seen].find((each) => each?.id === value) ?? {
    kind: kind ?? '',
    id: value ?? '',
    label: value,
  };
  const plain = looked.length >= 8 && found.items.length === 0 ? [{ kind: kind ?? '', id: looked, label: looked }] : [];
  const shown = [
    ...(value ? [named] : []),
    ...found.items,
    ...seen.filter((each) => !looked || each.label.includes(looked) || each.id === looked),
    ...plain,
  ].filter(
    (each, at, all) =>
      (!kind || !each.kind || each.kind === kind || each.id === value) &&
      all.findIndex((other) => other.id === each.id) === at,
  );
  return (
    <Filter id="audit-subject" label={t('audit.subject')}>
      <Select
        id="audit-subject"
        allowClear
        value={value}
        placeholder={t('audit.subjectHint')}
        popupMatchSelectWidth={320}
        loading={found.isFetching}
        showSearch={{ onSearch: setTyped, filterOption: false }}
        notFoundContent={looked ? t(found.isFetching ? 'common.loading' : 'audit.subjectNone') : t('audit.subjectHint')}
        options={shown.map((each) => ({ value: each.id, label: each.label }))}
        onChange={(id: string | undefined) => {
          const one = shown.find((each) => each.id === id);
          setChosen(one as Found | undefined);
          onChange(one?.kind || undefined, id);
        }}
      />
    </Filter>
  );
}

/** What is called so among what the reader may look up. */
function useFound(looked: string): { items: Found[]; isFetching: boolean } {
  const { t } = useTranslation();
  const can = useCan();
  const language = useLanguage();
  const number = /^\D{0,2}(\d{1,9})\D?$/.exec(looked)?.[1];
  const units = useQuery(jurisdictionsQuery);
  const [projects, claims, imports, users] = useQueries({
    queries: [
      {
        queryKey: ['projects', 'looked-for', looked],
        queryFn: async () =>
          (await body(client.GET('/api/v1/projects', { params: { query: { q: looked, limit: MOST } } }))).items,
        enabled: can('read-projects') && isSearchable(looked),
        staleTime: 60_000,
      },
      {
        queryKey: ['claims', 'numbered', number],
        queryFn: async () =>
          (await body(client.GET('/api/v1/claims', { params: { query: { sequence: Number(number) } } }))).items,
        enabled: can('read-claims') && number !== undefined,
        staleTime: 60_000,
      },
      {
        queryKey: ['imports', 'newest'],
        queryFn: async () => (await body(client.GET('/api/v1/imports', { params: { query: { limit: 200 } } }))).items,
        enabled: can('read-imports') && looked !== '',
        staleTime: 60_000,
      },
      {
        queryKey: ['users', 'looked-for', looked],
        queryFn: async () =>
          (await body(client.GET('/api/v1/users', { params: { query: { q: looked, limit: MOST } } }))).items,
        enabled: can('manage-users') && isSearchable(looked),
        staleTime: 60_000,
      },
    ],
  });
  const called = (kind: string) => t(`subjectKind.${kind}` as 'subjectKind.project');
  const items: Found[] = looked
    ? [
        ...(projects.data ?? []).map((each) => ({
          kind: 'project',
          id: each.id,
          label: `${called('project')} ${each.name} ${each.code}`,
        })),
        ...(claims.data ?? []).map((each) => ({
          kind: 'claim',
          id: each.id,
          label: `${called('claim')} ${t('claims.number', { n: each.sequence })} ${each.report?.name ?? ''}`.trim(),
        })),
        ...(imports.data ?? [])
          .filter((each) => each.fileName.includes(looked))
          .map((each) => ({
            kind: 'import',
            id: each.id,
            label: `${called('import')} ${each.fileName} ${each.createdAt.slice(0, 10)}`,
          })),
        ...(users.data ?? []).map((each) => ({
          kind: 'user',
          id: each.id,
          label: `${called('user')} ${each.displayName} ${each.username}`,
        })),
        ...(units.data ?? [])
          .filter((each) => unitName(each, language).includes(looked))
          .map((each) => ({
            kind: 'jurisdiction',
            id: each.id,
            label: `${called('jurisdiction')} ${unitName(each, language)}`,
          })),
      ]
    : [];
  return { items, isFetching: [projects, claims, imports, users].some((each) => each.isFetching) };
}
