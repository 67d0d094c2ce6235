import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { body, client, multipart } from '@/api/client';
import type { RecordImport, RecordImportRow, RecordKind } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { ExportMenu } from '@/shared/ExportMenu';
import { Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { newKey } from '@/shared/submission';
import { FilePick } from './FilePick';

/** What such a sheet may have changed. */
const CHANGED = [
  ...['capital', 'signing-notices', 'projects', 'credit', 'targets', 'boards', 'libraries'],
  ...['parcels', 'chains', 'events', 'financing'],
];

/** Sheets of records, of the kinds that one may enter: tried, taken in, and what became of each row. */
export function RecordSheetsPage() {
  const { t } = useTranslation();
  const can = useCan();
  const queries = useQueryClient();
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
  const send = useMutation({
    mutationFn: ({ dryRun }: { dryRun: boolean }) =>
      body(
        client.POST('/api/v1/record-imports', {
          params: { header: { 'Idempotency-Key': newKey() } },
          ...multipart({ file: file ?? new Blob(), kind, dryRun: String(dryRun) }),
        }),
      ),
    onSuccess: () => Promise.all(CHANGED.map((each) => queries.invalidateQueries({ queryKey: [each] }))),
  });
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
        <p className="hint">{t(`records.columns.${kind}`)}</p>
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
          <Button disabled={!file} loading={send.isPending} onClick={() => send.mutate({ dryRun: true })}>
            {t('records.try')}
          </Button>
          <Button
            type="primary"
            disabled={!tried || tried.rowsAccepted === 0}
            loading={send.isPending}
            onClick={() => send.mutate({ dryRun: false })}
          >
            {t('records.take')}
          </Button>
          <span className="hint">{t('records.tryHint')}</span>
        </p>
        {send.data && <Outcome of={send.data} />}
      </Panel>
    </Page>
  );
}

function Outcome({ of }: { of: RecordImport }) {
  const { t } = useTranslation();
  const told = (of.rows ?? []).filter((row) => row.issues.length > 0);
  return (
    <section aria-label={t('records.outcome')}>
      <p role="status">
        {t(of.dryRun ? 'records.tried' : 'records.taken', {
          total: of.rowsTotal,
          accepted: of.rowsAccepted,
          unchanged: of.rowsUnchanged,
          rejected: of.rowsRejected,
        })}
      </p>
      {told.length > 0 && (
        <DataTable<RecordImportRow>
          caption={t('records.outcome')}
          rows={told}
          rowKey={(row) => String(row.rowNumber)}
          columns={[
            {
              key: 'row',
              title: t('records.row'),
              heading: true,
              render: (row) => <span className="num">{row.rowNumber}</span>,
            },
            {
              key: 'outcome',
              title: t('records.outcome'),
              render: (row) => (
                <span className={row.outcome === 'rejected' ? 'tag flag' : 'tag'}>
                  {t(`records.outcomeOf.${row.outcome}`)}
                </span>
              ),
            },
            {
              key: 'why',
              title: t('records.why'),
              render: (row) => (
                <ul>
                  {row.issues.map((issue) => (
                    <li key={`${issue.column}-${issue.code}`}>
                      {issue.column && <strong>{issue.column} </strong>}
                      {issue.message}
                    </li>
                  ))}
                </ul>
              ),
            },
          ]}
        />
      )}
    </section>
  );
}
