import { useInfiniteQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntryKind, TimelineEntry } from '@/api/types';
import { useFactText } from '@/shared/factText';
import { FileLink } from '@/shared/FileLink';
import { useCodeText } from '@/shared/i18n';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useUnitName } from '@/shared/units';
import { Day, When } from '@/shared/When';
import { timelineQuery } from './queries';
import { changesOf, newestFirst, says } from './timelineEntries';

const KINDS: readonly EntryKind[] = [
  'registered',
  'reported',
  'edited',
  'progress',
  'move-submitted',
  'move-verified',
  'move-returned',
  'move-withdrawn',
  'moved-back',
  'terminated',
  'reactivated',
  'claim-activated',
  'claim-queued',
  'claim-under-review',
  'claim-converted',
  'claim-expired',
  'claim-released',
  'claim-revoked',
  'claim-withdrawn',
  'claim-rejected',
  'claim-extended',
  'claim-returned',
  'claim-completed',
  'owner-changed',
  'file-added',
  'imported',
  'import-undone',
  'agreement-recorded',
  'claim-transferred',
];

export function Timeline({ projectId }: { projectId: string }) {
  const { t } = useTranslation();
  const code = useCodeText();
  const fact = useFactText();
  const unit = useUnitName();
  const [kinds, setKinds] = useState<EntryKind[]>([]);
  const [looked, setLooked] = useState('');
  const query = useInfiniteQuery(timelineQuery(projectId));
  const all = newestFirst(query.data?.pages.flatMap((page): TimelineEntry[] => page.items) ?? []);
  const shownOf = (entry: TimelineEntry) => [
    code('timelineKind', entry.kind),
    entry.note,
    entry.occurredOn,
    entry.actor?.name,
    entry.actor?.jurisdiction && unit(entry.actor.jurisdiction),
    ...(entry.files ?? []).map((file) => file.name),
    ...changesOf(entry).flatMap(({ field, before, after }) => [
      fact.label(field),
      before === undefined ? '' : fact.value(field, before),
      after === undefined ? '' : fact.value(field, after),
    ]),
  ];
  const entries = all.filter(
    (entry) => (kinds.length === 0 || kinds.includes(entry.kind)) && says(shownOf(entry), looked),
  );
  const narrowed = kinds.length > 0 || looked.trim() !== '';
  return (
    <Panel title={t('timeline.title')}>
      <div className="timeline-filters">
        <Select
          mode="multiple"
          aria-label={t('timeline.kind')}
          allowClear
          maxTagCount="responsive"
          value={kinds}
          onChange={setKinds}
          placeholder={t('timeline.all')}
          optionFilterProp="label"
          options={KINDS.map((each) => ({ value: each, label: t(`timelineKind.${each}`) }))}
        />
        <Input
          allowClear
          aria-label={t('log.text')}
          placeholder={t('log.textHint')}
          value={looked}
          onChange={(event) => setLooked(event.target.value)}
        />
      </div>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading />}
      {narrowed && query.data && (
        <p className="hint num" role="status">
          {t('log.shown', { n: entries.length, total: all.length })}
          {query.hasNextPage ? ` · ${t('log.onlyLoaded')}` : ''}
        </p>
      )}
      {query.data && entries.length === 0 && <Empty title={t('timeline.empty')} />}
      <ol className="timeline">
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
      <LoadMore {...query} />
    </Panel>
  );
}

function Entry({ entry }: { entry: TimelineEntry }) {
  const { t } = useTranslation();
  const code = useCodeText();
  const fact = useFactText();
  const unit = useUnitName();
  const changes = changesOf(entry);
  return (
    <li className={`timeline-entry timeline-${entry.kind}`}>
      <p className="timeline-head">
        <strong>{code('timelineKind', entry.kind)}</strong>
        {entry.occurredOn && (
          <span>
            {' '}
            <Day date={entry.occurredOn} />
          </span>
        )}
      </p>
      {entry.note && <p className="text">{entry.note}</p>}
      {changes.length > 0 && (
        <dl className="changes">
          {changes.map(({ field, before, after }) => (
            <div key={field}>
              <dt>{fact.label(field)}</dt>
              <dd>
                {before !== undefined && <del>{fact.value(field, before)}</del>}
                {before !== undefined && after !== undefined && <span aria-hidden> → </span>}
                {after !== undefined && <ins>{fact.value(field, after)}</ins>}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {entry.files?.map((file) => (
        <FileLink key={file.id} id={file.id} name={file.name} />
      ))}
      <p className="hint">
        <When at={entry.at} /> ·{' '}
        {entry.actor
          ? [entry.actor.name, entry.actor.jurisdiction && unit(entry.actor.jurisdiction)].filter(Boolean).join(' · ')
          : t('timeline.system')}
      </p>
    </li>
  );
}
