import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { DownloadOutlined } from '@ant-design/icons';
import { App, Button, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { download } from '@/api/client';
import { DataTable } from '@/shared/DataTable';
import { LinkButton } from '@/shared/LinkButton';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading, Page, Panel } from '@/shared/Page';
import { useCan } from '@/shared/queries';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { When } from '@/shared/When';
import { FilePick } from './FilePick';
import { importsQuery, isRunning, unfinishedQuery, useDismissImport, useStartImport } from './queries';
import { ImportStatusTag } from './ImportStatusTag';

/** An empty register with every heading, lists to choose from and explanations. */
function TemplateLink() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  return (
    <Button
      icon={<DownloadOutlined aria-hidden />}
      onClick={() =>
        void download('/api/v1/imports/template.xlsx', `${t('imports.template')}.xlsx`).catch(() =>
          message.error(t('document.failed')),
        )
      }
    >
      {t('imports.getTemplate')}
    </Button>
  );
}

export function ImportsPage() {
  const { t } = useTranslation();
  const can = useCan();
  const navigate = useNavigate();
  const [file, setFile] = useState<File | null>(null);
  const [mode, setMode] = useState<'rowwise' | 'atomic'>('rowwise');
  const start = useStartImport();
  const query = useInfiniteQuery(importsQuery);
  const imports = query.data?.pages.flatMap((page) => page.items) ?? [];
  // A dry run stores nothing: it begins as soon as there is a file.
  const read = (picked: File) =>
    start.mutate(
      { file: picked, mode, dryRun: true },
      { onSuccess: (started) => void navigate(`/imports/${started.id}`) },
    );

  return (
    <Page
      title={t('imports.title')}
      lead={t('imports.lead')}
      actions={can('import-records') ? <LinkButton to="/imports/records">{t('records.title')}</LinkButton> : undefined}
    >
      <Panel title={t('imports.newTitle')}>
        <ol className="steps">
          <li>{t('imports.step1')}</li>
          <li>{t('imports.step2')}</li>
          <li>{t('imports.step3')}</li>
        </ol>
        <p>
          <TemplateLink />
        </p>
        <Radio.Group
          className="ways"
          aria-label={t('imports.mode')}
          value={mode}
          onChange={(event) => setMode(event.target.value as 'rowwise' | 'atomic')}
        >
          <Radio value="rowwise">
            <strong>{t('imports.modes.rowwise')}</strong>
            <span className="hint">{t('imports.modeHint.rowwise')}</span>
          </Radio>
          <Radio value="atomic">
            <strong>{t('imports.modes.atomic')}</strong>
            <span className="hint">{t('imports.modeHint.atomic')}</span>
          </Radio>
        </Radio.Group>
        <FilePick
          file={file}
          onPick={(picked) => {
            setFile(picked);
            read(picked);
          }}
        />
        <ProblemAlert error={start.error} />
        <p className="page-foot">
          <Button type="primary" disabled={!file} loading={start.isPending} onClick={() => file && read(file)}>
            {t('imports.dryRun')}
          </Button>
          <span className="hint">{t('imports.dryRunHint')}</span>
        </p>
      </Panel>
      <Unfinished />
      <Panel title={t('imports.formerTitle')}>
        <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
        {query.isPending && <Loading />}
        {query.data && imports.length === 0 && <Empty title={t('imports.none')}>{t('imports.noneHint')}</Empty>}
        {imports.length > 0 && (
          <DataTable
            caption={t('imports.formerTitle')}
            rows={imports}
            rowKey={(each) => each.id}
            columns={[
              {
                key: 'file',
                title: t('imports.file'),
                heading: true,
                render: (each) => <Link to={`/imports/${each.id}`}>{each.fileName}</Link>,
              },
              { key: 'status', title: t('project.status'), render: (each) => <ImportStatusTag each={each} /> },
              {
                key: 'rows',
                title: t('imports.rows'),
                align: 'right',
                render: (each) => <span className="num">{each.rowsTotal}</span>,
              },
              {
                key: 'accepted',
                title: t('imports.outcome.accepted'),
                align: 'right',
                render: (each) => <span className="num">{each.rowsAccepted}</span>,
              },
              {
                key: 'rejected',
                title: t('imports.outcome.rejected'),
                align: 'right',
                render: (each) => <span className="num">{each.rowsRejected}</span>,
              },
              { key: 'by', title: t('imports.by'), wideOnly: true, render: (each) => each.createdBy.name },
              { key: 'at', title: t('imports.at'), align: 'right', render: (each) => <When at={each.createdAt} /> },
            ]}
          />
        )}
        <LoadMore {...query} />
      </Panel>
    </Page>
  );
}

/** What one left: each opens as it was left, with its corrections. */
function Unfinished() {
  const { t } = useTranslation();
  const query = useQuery(unfinishedQuery);
  const dismiss = useDismissImport();
  const left = query.data ?? [];
  if (left.length === 0 && !query.error && !dismiss.error) return null;
  return (
    <Panel title={t('imports.unfinished.title')}>
      <p className="hint">{t('imports.unfinished.hint')}</p>
      <ProblemAlert error={query.error ?? dismiss.error} onRetry={() => void query.refetch()} />
      <ul className="unfinished">
        {left.map((each) => (
          <li key={each.id}>
            <span className="unfinished-name">
              <Link to={`/imports/${each.id}`}>{each.fileName}</Link>{' '}
              {each.dryRun && each.status === 'completed' ? (
                <span className="tag tag-pending">{t('imports.unfinished.awaits')}</span>
              ) : (
                <ImportStatusTag each={each} />
              )}
            </span>
            <span className="hint">
              <When at={each.createdAt} />
              {each.rowsTotal > 0 &&
                ` · ${t('imports.unfinished.rows', { done: each.rowsDone, total: each.rowsTotal, rejected: each.rowsRejected })}`}
              {each.rowsHeldBack > 0 && ` · ${t('imports.unfinished.held', { n: each.rowsHeldBack })}`}
              {each.pendingCorrections > 0 &&
                ` · ${t('imports.unfinished.corrections', { n: each.pendingCorrections })}`}
            </span>
            {!isRunning(each) && (
              <Button
                size="small"
                loading={dismiss.isPending && dismiss.variables === each.id}
                aria-label={t('imports.unfinished.dismissOf', { name: each.fileName })}
                onClick={() => dismiss.mutate(each.id)}
              >
                {t('imports.unfinished.dismiss')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
