import { FilterOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '@/api/types';
import { Filter, TextFilter } from '@/shared/Filter';
import { useNarrow } from '@/shared/media';
import { MinuteInput } from '@/shared/MinuteInput';
import { ProjectSelect } from '@/shared/ProjectSelect';
import { HAPPENED } from './actions';
import { ACTOR_KINDS, filterCount, OUTCOMES, SUBJECT_KINDS, type AuditKey, type AuditValues } from './auditState';
import { useAuditText } from './auditText';
import { SubjectFilter } from './SubjectFilter';

interface Props {
  values: AuditValues;
  /** What is on the page: the actors among it can be chosen. */
  entries: AuditEntry[];
  change: (next: Partial<Record<AuditKey, string | undefined>>) => void;
  clear: () => void;
}

export function AuditFilters({ values, entries, change, clear }: Props) {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const [open, setOpen] = useState(false);
  const count = filterCount(values);
  return (
    <div className="filters-box">
      {narrow && (
        <Button icon={<FilterOutlined aria-hidden />} aria-expanded={open} onClick={() => setOpen(!open)}>
          {count > 0 ? t('audit.filtersN', { n: count }) : t('audit.filters')}
        </Button>
      )}
      {(!narrow || open) && (
        <div className="filters" role="search" aria-label={t('audit.filters')}>
          <ActorFilter value={values.actorId} entries={entries} onChange={(actorId) => change({ actorId })} />
          <ActionFilter value={values.action} onChange={(action) => change({ action })} />
          <Filter id="audit-outcome" label={t('audit.outcome')}>
            <Select
              id="audit-outcome"
              allowClear
              value={values.outcome}
              placeholder={t('audit.anyOutcome')}
              onChange={(outcome: string | undefined) => change({ outcome })}
              options={OUTCOMES.map((outcome) => ({ value: outcome, label: t(`auditOutcome.${outcome}`) }))}
            />
          </Filter>
          <Filter id="audit-from" label={t('audit.from')}>
            <MinuteInput id="audit-from" value={values.from} onChange={(from) => change({ from })} />
          </Filter>
          <Filter id="audit-to" label={t('audit.to')}>
            <MinuteInput id="audit-to" value={values.to} onChange={(to) => change({ to })} />
          </Filter>
          <Filter id="audit-actor-kind" label={t('audit.actorKind')}>
            <Select
              id="audit-actor-kind"
              allowClear
              value={values.actorKind}
              placeholder={t('audit.anyone')}
              onChange={(actorKind: string | undefined) => change({ actorKind })}
              options={ACTOR_KINDS.map((kind) => ({ value: kind, label: t(`actorKind.${kind}`) }))}
            />
          </Filter>
          <Filter id="audit-subject-kind" label={t('audit.subjectKind')}>
            <Select
              id="audit-subject-kind"
              allowClear
              value={values.subjectKind}
              placeholder={t('audit.anySubject')}
              onChange={(subjectKind: string | undefined) => change({ subjectKind })}
              options={SUBJECT_KINDS.map((kind) => ({ value: kind, label: t(`subjectKind.${kind}`) }))}
            />
          </Filter>
          <SubjectFilter
            kind={values.subjectKind}
            value={values.subjectId}
            entries={entries}
            onChange={(subjectKind, subjectId) =>
              change({ subjectId, subjectKind: subjectId ? (subjectKind ?? values.subjectKind) : values.subjectKind })
            }
          />
          <Filter id="audit-project" label={t('audit.projectId')}>
            <ProjectSelect
              id="audit-project"
              value={values.projectId}
              known={entries.find((entry) => entry.project?.id === values.projectId)?.project?.name}
              onChange={(projectId) => change({ projectId })}
            />
          </Filter>
          <TextFilter
            key={`r${values.requestId}`}
            id="audit-request"
            label={t('audit.requestId')}
            value={values.requestId}
            onChange={(requestId) => change({ requestId })}
          />
          {count > 0 && (
            <Button className="filters-clear" onClick={clear}>
              {t('audit.clear')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function ActorFilter({
  value,
  entries,
  onChange,
}: {
  value: string | undefined;
  entries: AuditEntry[];
  onChange: (value: string | undefined) => void;
}) {
  const { t } = useTranslation();
  const text = useAuditText();
  const [typed, setTyped] = useState('');
  const seen = new Map(
    entries.flatMap(({ actor }) =>
      actor.id ? [[actor.id, [text.actor(actor), text.role(actor)].filter(Boolean).join(' · ')] as const] : [],
    ),
  );
  for (const id of [value, typed.trim().length >= 8 ? typed.trim() : undefined])
    if (id && !seen.has(id)) seen.set(id, id);
  return (
    <Filter id="audit-actor" label={t('audit.actor')}>
      <Select
        id="audit-actor"
        allowClear
        value={value}
        placeholder={t('audit.actorHint')}
        onChange={(id: string | undefined) => onChange(id)}
        showSearch={{ optionFilterProp: 'label', onSearch: setTyped }}
        options={[...seen].map(([id, label]) => ({ value: id, label }))}
      />
    </Filter>
  );
}

function ActionFilter({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  const { t } = useTranslation();
  // What happened to a project has the words of its timeline, unless the trail has its own.
  const told = t('timelineKind', { returnObjects: true });
  const happened = (slug: string) => slug in told || HAPPENED.has(slug);
  const options = Object.entries({ ...told, ...t('auditAction', { returnObjects: true }) }).map(([slug, label]) => ({
    value: slug,
    label,
  }));
  return (
    <Filter id="audit-action" label={t('audit.action')}>
      <Select
        id="audit-action"
        allowClear
        value={value}
        placeholder={t('audit.anyAction')}
        onChange={(action: string | undefined) => onChange(action)}
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={280}
        options={[
          { label: t('audit.happened'), options: options.filter((each) => happened(each.value)) },
          { label: t('audit.requested'), options: options.filter((each) => !happened(each.value)) },
        ]}
      />
    </Filter>
  );
}
