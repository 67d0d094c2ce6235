import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { RecordKind } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { ExportMenu } from '@/shared/ExportMenu';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { When } from '@/shared/When';
import { FilePick } from './FilePick';
import { RecordOutcome } from './RecordOutcome';
import { recordImportsQuery, useSendRecords } from './recordQueries';
import { UndoneTag } from './UndoPanel';

/** Sheets of records, of the kinds that one may enter: tried, taken in, and what became of each row. */
export function RecordSheetsPage() {
  const { t } = useTranslation();
  const can = useCan();
  const [params, setParams] = useSearchParams();
  const kinds: RecordKind[] = [
    'capital',
    'signing-notices',
    ...(can('record-investment') ? (['fixed-investment'] as const) : []),
    ...(can('edit-libraries') ? (['library-entries'] as const) : []),
    ...(can('manage-land') ? (['parcels'] as const) : []),
    ...(can('tend-chains') ? (['chain-nodes'] as const) : []),
    ...(can('manage-events') ? (['events'] as const) : []),
    ...(can('manage-needs') ? (['financing-needs'] as const) : []),
    ...(can('set-target') ? (['targets', 'indicator-values'] as const) : []),
  ];
  const kind = kinds.find((each) => each === params.get('kind')) ?? 'capital';
  const [file, setFile] = useState<File | null>(null);
  const send = useSendRecords();
  const tried = send.data?.dryRun ? send.data : undefined;
  return (
    <Page
      title={t('records.title')}
      lead={t('records.lead')}
      actions={
        <>
          <ExportMenu name="capital" query={() => new URLSearchParams()} label={t('records.exportCapital')} />
          <ExportMenu name="signing-notices" query={() => new URLSearchParams()} label={t('records.exportNotices')} />
        </>
      }
    >
      <Panel>
        <Radio.Group
          aria-label={t('records.kind')}
          value={kind}
          onChange={(event) => {
            setParams({ kind: event.target.value as RecordKind }, { replace: true });
            send.reset();
          }}
          options={kinds.map((each) => ({ value: each, label: t(`records.kindOf.${each}`) }))}
        />
        <p className="hint">
          {t('records.heads')}
          {t(`records.columns.${kind}`)}
        </p>
        <FilePick
          file={file}
          label={t('records.file')}
          onPick={(picked) => {
            setFile(picked);
            send.reset();
          }}
        />
        <ProblemAlert error={send.error} />
        <p className="page-foot">
          <Button
            disabled={!file}
            loading={send.isPending}
            onClick={() => file && send.mutate({ file, kind, dryRun: true })}
          >
            {t('records.try')}
          </Button>
          <Button
            type="primary"
            disabled={!tried || tried.rowsAccepted === 0}
            loading={send.isPending}
            onClick={() => file && send.mutate({ file, kind, dryRun: false })}
          >
            {t('records.take')}
          </Button>
          <span className="hint">{t('records.tryHint')}</span>
        </p>
        {send.data && <RecordOutcome of={send.data} />}
        {send.data?.id && (
          <p>
            <Link to={`/imports/records/${send.data.id}`}>{t('records.open')}</Link>
          </p>
        )}
      </Panel>
      <Former />
    </Page>
  );
}

/** The sheets that were taken in, each with what became of it. */
function Former() {
  const { t } = useTranslation();
  const query = useInfiniteQuery(recordImportsQuery);
  const imports = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Panel title={t('records.formerTitle')}>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading />}
      {query.data && imports.length === 0 && <Empty title={t('records.none')}>{t('records.noneHint')}</Empty>}
      {imports.length > 0 && (
        <DataTable
          caption={t('records.formerTitle')}
          rows={imports}
          rowKey={(each) => each.id ?? ''}
          columns={[
            {
              key: 'file',
              title: t('imports.file'),
              heading: true,
              render: (each) => (
                <>
                  <Link to={`/imports/records/${each.id}`}>{each.fileName}</Link> <UndoneTag undone={each.undone} />
                </>
              ),
            },
            { key: 'kind', title: t('records.kind'), render: (each) => t(`records.kindOf.${each.kind}`) },
            ...(['accepted', 'unchanged', 'rejected'] as const).map((outcome) => ({
              key: outcome,
              title: t(`records.outcomeOf.${outcome}`),
              align: 'right' as const,
              render: (each: (typeof imports)[number]) => (
                <span className="num">
                  {{ accepted: each.rowsAccepted, unchanged: each.rowsUnchanged, rejected: each.rowsRejected }[outcome]}
                </span>
              ),
            })),
            { key: 'by', title: t('imports.by'), wideOnly: true, render: (each) => each.createdBy.name },
            { key: 'at', title: t('imports.at'), align: 'right', render: (each) => <When at={each.createdAt} /> },
          ]}
        />
      )}
      <LoadMore {...query} />
    </Panel>
  );
}
