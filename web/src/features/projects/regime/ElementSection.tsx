import { queryOptions, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import type { Elements, Project } from '@/api/types';
import { weightText } from '@/shared/figures';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { Day } from '@/shared/When';
import { Section } from './Section';

const ElementDialog = lazy(async () => ({ default: (await import('./ElementDialog')).ElementDialog }));

const elementsQuery = (id: string) =>
  queryOptions({
    queryKey: ['projects', id, 'elements'],
    queryFn: () => body(client.GET('/api/v1/projects/{id}/elements', { params: { path: { id } } })),
  });

/** What the project needs and was granted of land, energy and emission rights, and how much of it is in provincial zones. */
export function ElementSection({ project }: { project: Project }) {
  const { t } = useTranslation();
  const can = useCan();
  const [recording, setRecording] = useState(false);
  const query = useQuery({ ...elementsQuery(project.id), enabled: can('read-elements') });
  const elements = query.data;
  const mayRecord = elements?.allowedActions.includes('record') ?? false;
  if (!can('read-elements') || (!query.error && !mayRecord && !elements?.version)) return null;
  const amount = (kind: Elements['elements'][number]['kind'], value: number) =>
    t(`elements.amount.${kind}`, {
      value: weightText(value),
      mu: weightText(Math.round((value * 3) / 20) / 100),
    });
  const known = elements?.elements.filter((each) => each.need !== undefined || each.granted > 0) ?? [];
  const granted = elements?.elements.filter((each) => each.granted > 0) ?? [];
  return (
    <Section
      title={t('elements.title')}
      state={
        granted.length === 0
          ? t('elements.none')
          : granted.map((each) => `${t(`elements.kind.${each.kind}`)} ${amount(each.kind, each.granted)}`).join(' · ')
      }
    >
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      <ul className="plain-list">
        {known.map((each) => (
          <li key={each.kind}>
            <strong>{t(`elements.kind.${each.kind}`)}</strong>{' '}
            <span className="num">
              {t('elements.needed')}: {each.need === undefined ? t('elements.unknown') : amount(each.kind, each.need)} ·{' '}
              {t('elements.granted')}: {amount(each.kind, each.granted)}
              {each.granted > 0 && ` · ${t('elements.inZones')}: ${amount(each.kind, each.inZones)}`}
              {each.zoneUnknown > 0 && ` · ${t('elements.zoneUnknown')}: ${amount(each.kind, each.zoneUnknown)}`}
            </span>
          </li>
        ))}
        {elements?.grants.map((grant, at) => (
          <li key={at} className="muted">
            {grant.grantedOn && <Day date={grant.grantedOn} />} {grant.kind && t(`elements.kind.${grant.kind}`)}{' '}
            {grant.kind && amount(grant.kind, grant.amount ?? 0)} · {grant.paper}
          </li>
        ))}
      </ul>
      {mayRecord && (
        <div className="actions">
          <Button onClick={() => setRecording(true)}>{t('elements.record')}</Button>
        </div>
      )}
      <Suspense fallback={null}>
        {recording && elements && (
          <ElementDialog project={project} elements={elements} onClose={() => setRecording(false)} />
        )}
      </Suspense>
    </Section>
  );
}
