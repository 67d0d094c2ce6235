import { useQuery } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Import } from '@/api/types';
import { Loading, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ReasonDialog } from '@/shared/ReasonDialog';
import { When } from '@/shared/When';
import { undoPreviewQuery, useUndoImport } from './queries';

/** That an import was undone, by whom, when and why. */
export function UndoneNote({ each }: { each: Import }) {
  const { t } = useTranslation();
  if (!each.undone) return null;
  return (
    <p className="notice notice-warn">
      <span>
        {t('imports.undo.doneBy', { name: each.undone.by.name })} <When at={each.undone.at} precision="second" />
        {t('imports.undo.because', { reason: each.undone.reason })}
      </span>
    </p>
  );
}

/** Undoes an import as a whole: says before what that does, or what stands against it, and afterwards what came of it. */
export function UndoPanel({ each }: { each: Import }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [asked, setAsked] = useState(false);
  const [confirming, setConfirming] = useState(false);
  const undo = useUndoImport(each.id);
  const query = useQuery({ ...undoPreviewQuery(each.id), enabled: asked });
  const preview = query.data;
  const counts = preview && { projects: preview.projects, reports: preview.reports, updates: preview.updates };
  return (
    <Panel title={t('imports.undo.title')}>
      <p className="hint">{t('imports.undo.hint')}</p>
      {!asked && (
        <p className="page-foot">
          <Button onClick={() => setAsked(true)}>{t('imports.undo.ask')}</Button>
        </p>
      )}
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {asked && query.isPending && <Loading rows={2} />}
      {preview?.problem && (
        <p className="notice notice-warn" role="alert">
          {preview.problem.detail}
        </p>
      )}
      {preview?.tooMany && (
        <p className="notice notice-warn" role="alert">
          {t('imports.undo.tooMany')}
        </p>
      )}
      {preview && preview.builtOnTotal > 0 && (
        <>
          <p className="notice notice-warn" role="alert">
            {t('imports.undo.builtOn', { n: preview.builtOnTotal })}
          </p>
          <ul className="issue-counts" aria-label={t('imports.undo.builtOnList')}>
            {preview.builtOn.map((one) => (
              <li key={one.projectId ?? one.claimId}>
                <Link to={one.projectId ? `/projects/${one.projectId}` : `/claims/${one.claimId}`}>{one.name}</Link>{' '}
                {one.projectCode && <span className="num hint">{one.projectCode}</span>}{' '}
                {one.by.map((kind) => (
                  <span key={kind} className="tag tag-pending">
                    {t(`imports.undo.kind.${kind}`)}
                  </span>
                ))}
              </li>
            ))}
          </ul>
          {preview.builtOnTotal > preview.builtOn.length && (
            <p className="hint">{t('imports.undo.more', { n: preview.builtOnTotal - preview.builtOn.length })}</p>
          )}
        </>
      )}
      {preview?.possible && (
        <>
          <p>{t('imports.undo.would', counts)}</p>
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
              await undo.mutateAsync(reason);
              void message.success(t('imports.undo.done', counts));
            }}
            onClose={() => setConfirming(false)}
          >
            <p>{t('imports.undo.would', counts)}</p>
            <p className="hint">{t('imports.undo.stays')}</p>
          </ReasonDialog>
        </>
      )}
    </Panel>
  );
}
