import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Progress } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { download } from '@/api/client';
import type { Import } from '@/api/types';
import { useCodeText } from '@/shared/i18n';
import { Facts, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { When } from '@/shared/When';
import { FilePick } from './FilePick';
import { ImportStatusTag } from './ImportStatusTag';
import { mappingOf, mappingRequest } from './mapping';
import { MappingTable } from './MappingTable';
import { heldFile, hold, importQuery, isRunning, useCancelImport, useStartImport, type Mapping } from './queries';
import { Rows } from './Rows';

export function ImportPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery(importQuery(id));
  const each = query.data;
  return (
    <Page
      title={each ? t('imports.pageTitle', { name: each.fileName }) : t('imports.title')}
      lead={each && <ImportStatusTag each={each} />}
      wide
    >
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {each && (
        <>
          <Running each={each} />
          {each.matching === 'not-run' && <p className="notice">{t('imports.notMatched')}</p>}
          {each.error && (
            <p className="notice notice-warn" role="alert">
              {each.error}
            </p>
          )}
          {!isRunning(each) && <Report key={each.id} each={each} />}
        </>
      )}
    </Page>
  );
}

function Running({ each }: { each: Import }) {
  const { t } = useTranslation();
  const can = useCan();
  const cancel = useCancelImport();
  if (!isRunning(each)) return null;
  const percent = each.rowsTotal > 0 ? Math.floor((each.rowsDone / each.rowsTotal) * 100) : 0;
  return (
    <Panel>
      <p role="status">
        {each.rowsTotal > 0
          ? t('imports.progress', { done: each.rowsDone, total: each.rowsTotal })
          : t('imports.reading')}
      </p>
      <Progress percent={percent} status="active" aria-label={t('imports.progressLabel')} />
      <ProblemAlert error={cancel.error} />
      {can('import') && (
        <p className="page-foot">
          <Button loading={cancel.isPending} onClick={() => cancel.mutate(each.id)}>
            {t('imports.cancel')}
          </Button>
          {!each.dryRun && each.mode === 'rowwise' && <span className="hint">{t('imports.cancelHint')}</span>}
        </p>
      )}
    </Panel>
  );
}

function Report({ each }: { each: Import }) {
  const { t } = useTranslation();
  const code = useCodeText();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const start = useStartImport();
  const [mapping, setMapping] = useState<Mapping>(() => mappingOf(each));
  const [file, setFile] = useState<File | null>(() => heldFile(each.id) ?? null);
  const [downloading, setDownloading] = useState(false);
  const changed = JSON.stringify(mapping) !== JSON.stringify(mappingOf(each));
  const run = (dryRun: boolean) => {
    if (!file) return;
    start.mutate(
      { file, dryRun, mode: each.mode, mapping: mappingRequest(mapping) },
      { onSuccess: (next) => void navigate(`/imports/${next.id}`) },
    );
  };

  return (
    <>
      <Panel title={each.dryRun ? t('imports.dryRunTitle') : t('imports.resultTitle')}>
        <ul className="counts">
          <li>
            <span className="num">{each.rowsTotal}</span>
            {t('imports.rows')}
          </li>
          <li className="count-ok">
            <span className="num">{each.rowsAccepted}</span>
            {t('imports.outcome.accepted')}
          </li>
          <li className="count-doubt">
            <span className="num">{each.rowsDoubtful}</span>
            {t('imports.outcome.doubtful')}
          </li>
          <li className="count-bad">
            <span className="num">{each.rowsRejected}</span>
            {t('imports.outcome.rejected')}
          </li>
          <li>
            <span className="num">{each.duplicates}</span>
            {t('imports.duplicates')}
          </li>
        </ul>
        {each.issueCounts.length > 0 && (
          <ul className="issue-counts">
            {each.issueCounts.map((issue) => (
              <li key={`${issue.severity}-${issue.code}`}>
                <span className={issue.severity === 'refusal' ? 'tag tag-bad' : 'tag tag-pending'}>
                  {t(`imports.severity.${issue.severity}`)}
                </span>{' '}
                {code('issue', issue.code)} <strong className="num">{issue.count}</strong>
              </li>
            ))}
          </ul>
        )}
        {each.notes.length > 0 && (
          <ul className="issue-counts">
            {each.notes.map((note) => (
              <li key={note.message}>{note.message}</li>
            ))}
          </ul>
        )}
        <Facts
          items={[
            { label: t('imports.mode'), value: t(`imports.modes.${each.mode}`) },
            { label: t('imports.by'), value: each.createdBy.name },
            { label: t('imports.at'), value: <When at={each.createdAt} precision="second" /> },
            each.finishedAt !== undefined && {
              label: t('imports.finishedAt'),
              value: <When at={each.finishedAt} precision="second" />,
            },
          ]}
        />
        {(each.rowsRejected > 0 || each.rowsDoubtful > 0) && (
          <p className="page-foot">
            <Button
              icon={<DownloadOutlined aria-hidden />}
              loading={downloading}
              onClick={() => {
                setDownloading(true);
                download(`/api/v1/imports/${encodeURIComponent(each.id)}/corrections.xlsx`, 'corrections.xlsx')
                  .catch((error: unknown) => message.error(error instanceof Error ? error.message : String(error)))
                  .finally(() => setDownloading(false));
              }}
            >
              {t('imports.corrections')}
            </Button>
            <span className="hint">{t('imports.correctionsHint')}</span>
          </p>
        )}
      </Panel>
      {each.dryRun && (
        <Panel title={t('imports.nextTitle')}>
          <MappingTable columns={each.columns} mapping={mapping} onChange={setMapping} />
          {!file && (
            <>
              <p className="hint">{t('imports.chooseAgain', { name: each.fileName })}</p>
              <FilePick
                file={file}
                onPick={(picked) => {
                  hold(each.id, picked);
                  setFile(picked);
                }}
              />
            </>
          )}
          <ProblemAlert error={start.error} />
          <p className="page-foot">
            <Button
              type={changed ? 'primary' : 'default'}
              disabled={!file}
              loading={start.isPending}
              onClick={() => run(true)}
            >
              {t('imports.dryRunAgain')}
            </Button>
            <Button
              type={changed ? 'default' : 'primary'}
              disabled={!file || changed || each.status !== 'completed'}
              loading={start.isPending}
              onClick={() => run(false)}
            >
              {t('imports.forReal')}
            </Button>
            {changed && <span className="hint">{t('imports.mappingChanged')}</span>}
          </p>
        </Panel>
      )}
      <Rows each={each} />
    </>
  );
}
