import { DownloadOutlined } from '@ant-design/icons';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { App, Button, Progress } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { download } from '@/api/client';
import type { Import, ImportRows } from '@/api/types';
import { useCodeText } from '@/shared/i18n';
import { Facts, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useNarrow } from '@/shared/media';
import { useCan, useMe } from '@/shared/queries';
import { When } from '@/shared/When';
import { ColumnMapping } from './ColumnMapping';
import { CorrectionPanel } from './CorrectionPanel';
import { ImportStatusTag } from './ImportStatusTag';
import { mappingOf, mappingRequest } from './mapping';
import { Proposals } from './Proposals';
import { importQuery, isRunning, rowsOf, sheetQuery, useCancelImport, useRerunImport, type Mapping } from './queries';
import { Rows } from './Rows';
import { UndoneNote, UndoPanel } from './UndoPanel';
import { useCorrections } from './useCorrections';

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
          {each.rowsRemoved && <RemovedNotice what="rowsRemoved" removed={each.rowsRemoved} />}
          {each.fileRemoved && <RemovedNotice what="fileRemoved" removed={each.fileRemoved} />}
          {!isRunning(each) && (each.dryRun ? <DryRun key={each.id} each={each} /> : <Result each={each} />)}
        </>
      )}
    </Page>
  );
}

/** Says when something of an import was removed, and by which rule set. */
function RemovedNotice({
  what,
  removed,
}: {
  what: 'rowsRemoved' | 'fileRemoved';
  removed: NonNullable<Import['rowsRemoved']>;
}) {
  const { t } = useTranslation();
  return (
    <p className="notice">
      {t(`imports.${what}`, { rules: removed.ruleSetName })} <When at={removed.at} />
    </p>
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

/** How many rows come by themselves; more are asked for. */
const LOADED = 5000;

/** What a dry run found, to be mapped and corrected, tried again and taken over. */
function DryRun({ each }: { each: Import }) {
  const { t } = useTranslation();
  const can = useCan();
  const narrow = useNarrow();
  const navigate = useNavigate();
  const rerun = useRerunImport(each.id);
  const [mapping, setMapping] = useState<Mapping>(() => mappingOf(each));
  const query = useInfiniteQuery({ ...sheetQuery(each.id), enabled: each.rowsDone > 0 });
  const rows = rowsOf(query.data?.pages);
  const corrections = useCorrections(each.id, rows);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && rows.length < LOADED) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, rows.length]);

  const mapped = JSON.stringify(mapping) !== JSON.stringify(mappingOf(each));
  const pending = rows.length > 0 ? corrections.pending : each.pendingCorrections;
  const changed = mapped || pending > 0;
  const isOwn = useIsOwn(each);
  const removed = each.rowsRemoved !== undefined || each.fileRemoved !== undefined;
  const readOnly = !can('import') || !isOwn || each.continuedBy !== undefined || removed;
  const { modal } = App.useApp();
  const undoubted = each.rowsAccepted - each.rowsDoubtful;
  /** Says what goes in and what stays out, before it does. */
  const ask = (taken: ImportRows) =>
    modal.confirm({
      title: t(`imports.take.title.${taken}`),
      content: t(`imports.take.text.${taken}`, {
        n: taken === 'all' ? each.rowsAccepted : undoubted,
        doubtful: each.rowsDoubtful,
        rejected: each.rowsRejected,
      }),
      okText: t('imports.take.ok'),
      cancelText: t('common.cancel'),
      onOk: () => void run(false, taken),
    });
  const run = async (dryRun: boolean, taken?: ImportRows) => {
    if (!(await corrections.flush())) return;
    rerun.mutate(
      { dryRun, mapping: mappingRequest(mapping), rows: taken },
      { onSuccess: (next) => void navigate(`/imports/${next.id}`, { replace: dryRun }) },
    );
  };

  return (
    <>
      <Counts each={each} title={t('imports.dryRunTitle')} />
      {each.continuedBy && (
        <p className="notice">
          {t('imports.continued')} <Link to={`/imports/${each.continuedBy}`}>{t('imports.openLater')}</Link>
        </p>
      )}
      <Panel title={t('imports.mappingPanel')}>
        {each.columns.length > 0 && (
          <ColumnMapping
            columns={each.columns}
            rows={rows}
            mapping={mapping}
            onChange={setMapping}
            readOnly={readOnly}
          />
        )}
        <ProblemAlert error={rerun.error} />
        {!readOnly && (
          <p className="page-foot">
            <Button
              type={changed || each.status !== 'completed' ? 'primary' : 'default'}
              loading={rerun.isPending}
              onClick={() => void run(true)}
            >
              {t('imports.dryRunAgain')}
            </Button>
            <Button
              type={changed ? 'default' : 'primary'}
              disabled={changed || each.status !== 'completed'}
              loading={rerun.isPending}
              onClick={() => ask('all')}
            >
              {t('imports.forReal')}
            </Button>
            {each.mode === 'rowwise' && each.rowsDoubtful > 0 && undoubted > 0 && (
              <Button
                disabled={changed || each.status !== 'completed'}
                loading={rerun.isPending}
                onClick={() => ask('undoubted')}
              >
                {t('imports.onlyUndoubted', { n: undoubted, doubtful: each.rowsDoubtful })}
              </Button>
            )}
            <span className="hint" role="status">
              {mapped
                ? t('imports.mappingChanged')
                : pending > 0
                  ? t('imports.correctionsPending', { n: pending })
                  : ''}
            </span>
          </p>
        )}
      </Panel>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {each.rowsDone > 0 && query.isPending && <Loading rows={6} />}
      {narrow ? (
        each.rowsDone > 0 && (
          <>
            <p className="notice">{t('imports.sheet.wider')}</p>
            <Rows each={each} />
          </>
        )
      ) : rows.length > 0 ? (
        <CorrectionPanel each={each} rows={rows} corrections={corrections} readOnly={readOnly} more={query} />
      ) : null}
    </>
  );
}

/** Whether an import is of the unit of the person: another's is read only. */
function useIsOwn(each: Import): boolean {
  const me = useMe();
  return each.jurisdictionId === me?.jurisdiction?.id;
}

/** What came of an import, and what it proposes. */
function Result({ each }: { each: Import }) {
  const { t } = useTranslation();
  const can = useCan();
  const isOwn = useIsOwn(each);
  const navigate = useNavigate();
  const rerun = useRerunImport(each.id);
  const mayAct = can('import') && isOwn && !each.rowsRemoved && !each.fileRemoved;
  const heldBack = each.rowsHeldBack > 0 && !each.undone;
  // What was held back, or undone, is looked at before it goes in.
  const mayLook = mayAct && !each.continuedBy && (heldBack || each.undone !== undefined);
  const mayGoOn = mayAct && each.status !== 'completed' && !each.continuedBy && !mayLook;
  return (
    <>
      <UndoneNote undone={each.undone} />
      <Counts each={each} title={t('imports.resultTitle')} />
      {each.continuedBy && (
        <p className="notice">
          {t('imports.continued')} <Link to={`/imports/${each.continuedBy}`}>{t('imports.openLater')}</Link>
        </p>
      )}
      {(mayGoOn || mayLook) && (
        <Panel>
          <ProblemAlert error={rerun.error} />
          <p className="page-foot">
            <Button
              type="primary"
              loading={rerun.isPending}
              onClick={() =>
                rerun.mutate({ dryRun: mayLook }, { onSuccess: (next) => void navigate(`/imports/${next.id}`) })
              }
            >
              {mayGoOn
                ? t('imports.goOn')
                : heldBack
                  ? t('imports.lookAtHeld', { n: each.rowsHeldBack })
                  : t('imports.undo.again')}
            </Button>
            <span className="hint">
              {mayGoOn ? t('imports.goOnHint') : heldBack ? t('imports.heldHint') : t('imports.undo.againHint')}
            </span>
          </p>
        </Panel>
      )}
      {!each.undone && <Proposals each={each} />}
      {mayAct && !each.undone && each.rowsAccepted > 0 && <UndoPanel each={each} />}
      <Rows each={each} />
    </>
  );
}

function Counts({ each, title }: { each: Import; title: string }) {
  const { t } = useTranslation();
  const code = useCodeText();
  const { message } = App.useApp();
  const [downloading, setDownloading] = useState(false);
  return (
    <Panel title={title}>
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
        {each.rowsHeldBack > 0 && (
          <li className="count-doubt">
            <span className="num">{each.rowsHeldBack}</span>
            {t('imports.heldBack')}
          </li>
        )}
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
      {!each.rowsRemoved && (each.rowsRejected > 0 || each.rowsDoubtful > 0) && (
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
  );
}
