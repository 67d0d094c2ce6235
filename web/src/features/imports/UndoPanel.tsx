import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Import, ImportUndone, ImportUndoPreview, Problem } from '@/api/types';
import { Loading, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ReasonDialog } from '@/shared/ReasonDialog';
import { When } from '@/shared/When';
import { undoPreviewQuery, useUndoImport } from './queries';

/** That an import was undone, by whom, when and why. */
export function UndoneNote({ undone }: { undone: ImportUndone | undefined }) {
  const { t } = useTranslation();
  if (!undone) return null;
  return (
    <p className="notice notice-warn">
      <span>
        {t('imports.undo.doneBy', { name: undone.by.name })} <When at={undone.at} precision="second" />
        {t('imports.undo.because', { reason: undone.reason })}
      </span>
    </p>
  );
}

/** The same in a list. */
export function UndoneTag({ undone }: { undone: ImportUndone | undefined }) {
  const { t } = useTranslation();
  if (!undone) return null;
  return (
    <span className="tag tag-bad tag-wraps">
      {t('imports.undo.tag', { name: undone.by.name })} <When at={undone.at} />
    </span>
  );
}

/** What was built on since, as far as an undo names it. */
export interface BuiltOnItem {
  key: string;
  name: string;
  /** What stands before the name: the row. */
  row?: string;
  code?: string;
  to?: string;
  by: ImportUndoPreview['builtOn'][number]['by'];
}

/** What an undo would do: whether it can be done, why not, and what stands against it. */
export interface UndoOutlook {
  possible: boolean;
  problem?: Problem;
  tooMany?: boolean;
  builtOn: BuiltOnItem[];
  builtOnTotal: number;
  would: string;
  done: string;
}

/** Undoes an import as a whole: says before what that does, or what stands against it, and afterwards what came of it. */
export function UndoBlock({
  hint,
  stays,
  query,
  asked,
  onAsk,
  onUndo,
}: {
  hint: string;
  stays: string;
  query: UseQueryResult<UndoOutlook>;
  asked: boolean;
  onAsk: () => void;
  onUndo: (reason: string) => Promise<unknown>;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [confirming, setConfirming] = useState(false);
  const outlook = query.data;
  return (
    <Panel title={t('imports.undo.title')}>
      <p className="hint">{hint}</p>
      {!asked && (
        <p className="page-foot">
          <Button onClick={onAsk}>{t('imports.undo.ask')}</Button>
        </p>
      )}
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {asked && query.isPending && <Loading rows={2} />}
      {outlook?.problem && (
        <p className="notice notice-warn" role="alert">
          {outlook.problem.detail}
        </p>
      )}
      {outlook?.tooMany && (
        <p className="notice notice-warn" role="alert">
          {t('imports.undo.tooMany')}
        </p>
      )}
      {outlook && outlook.builtOnTotal > 0 && <BuiltOnList outlook={outlook} />}
      {outlook?.possible && (
        <>
          <p>{outlook.would}</p>
          <p className="page-foot">
            <Button danger onClick={() => setConfirming(true)}>
              {t('imports.undo.confirm')}
            </Button>
          </p>
          <ReasonDialog
            open={confirming}
            title={t('imports.undo.dialog')}
            confirm={t('imports.undo.confirm')}
            danger
            onConfirm={async (reason) => {
              await onUndo(reason);
              void message.success(outlook.done);
            }}
            onClose={() => setConfirming(false)}
          >
            <p>{outlook.would}</p>
            <p className="hint">{stays}</p>
          </ReasonDialog>
        </>
      )}
    </Panel>
  );
}

function BuiltOnList({ outlook }: { outlook: UndoOutlook }) {
  const { t } = useTranslation();
  return (
    <>
      <p className="notice notice-warn" role="alert">
        {t('imports.undo.builtOn', { n: outlook.builtOnTotal })}
      </p>
      <ul className="issue-counts" aria-label={t('imports.undo.builtOnList')}>
        {outlook.builtOn.map((one) => (
          <li key={one.key}>
            {one.row && <span className="hint">{one.row} </span>}
            {one.to ? <Link to={one.to}>{one.name}</Link> : one.name}{' '}
            {one.code && <span className="num hint">{one.code}</span>}{' '}
            {one.by.map((kind) => (
              <span key={kind} className="tag tag-pending">
                {t(`imports.undo.kind.${kind}`)}
              </span>
            ))}
          </li>
        ))}
      </ul>
      {outlook.builtOnTotal > outlook.builtOn.length && (
        <p className="hint">{t('imports.undo.more', { n: outlook.builtOnTotal - outlook.builtOn.length })}</p>
      )}
    </>
  );
}

/** Undoes an import of a register. */
export function UndoPanel({ each }: { each: Import }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const undo = useUndoImport(each.id);
  const query = useQuery({
    ...undoPreviewQuery(each.id),
    enabled: asked,
    select: (preview): UndoOutlook => {
      const counts = { projects: preview.projects, reports: preview.reports, updates: preview.updates };
      return {
        possible: preview.possible,
        problem: preview.problem,
        tooMany: preview.tooMany,
        builtOn: preview.builtOn.map((one) => ({
          key: one.projectId ?? one.claimId ?? one.name,
          name: one.name,
          code: one.projectCode,
          to: one.projectId ? `/projects/${one.projectId}` : `/claims/${one.claimId}`,
          by: one.by,
        })),
        builtOnTotal: preview.builtOnTotal,
        would: t('imports.undo.would', counts),
        done: t('imports.undo.done', counts),
      };
    },
  });
  return (
    <UndoBlock
      hint={t('imports.undo.hint')}
      stays={t('imports.undo.stays')}
      query={query}
      asked={asked}
      onAsk={() => setAsked(true)}
      onUndo={(reason) => undo.mutateAsync(reason)}
    />
  );
}
