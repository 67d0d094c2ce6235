import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Notice } from '@/api/types';
import { useCan } from '@/shared/queries';
import { useCodeText } from '@/shared/i18n';
import { When } from '@/shared/When';
import { markRead } from './queries';
import './notices.css';

/** Where a notice leads; nowhere where the reader may not look. */
function targetOf(notice: Notice, can: (permission: string) => boolean): string | null {
  if (notice.kind === 'key-waiting') return '/unit-keys';
  if (notice.kind === 'deprecated-used') return can('manage-keys') ? '/api-keys' : null;
  if (notice.kind === 'webhook-ended') return can('manage-webhooks') ? '/webhooks' : null;
  if (notice.disputeId) return `/disputes/${notice.disputeId}`;
  if (notice.kind === 'removal-ended') return '/removals';
  if (notice.kind === 'removal-waiting') return '/removals';
  if (notice.kind === 'due-week' || notice.kind === 'resources-due') return '/due';
  if (notice.kind.startsWith('lead-'))
    return notice.officeLeadId ? `/office-leads/${notice.officeLeadId}` : '/office-leads';
  if (notice.kind === 'leader-batch-issued') return '/leader-links';
  if (notice.kind === 'indicator-drafted') return '/indicators';
  if (notice.bulletinId) return `/bulletins/${notice.bulletinId}`;
  if (notice.kind.startsWith('period-')) return '/periods';
  if (notice.kind === 'targets-published') return '/boards';
  if (notice.kind === 'score-model-drafted') return '/score-models';
  if (notice.kind === 'score-model-published') return '/scores';
  if (notice.kind === 'lights-turned') return '/lights?show=yellow';
  if (notice.problemId) return `/problems?problem=${notice.problemId}`;
  if (notice.meetingId) return `/meetings/${notice.meetingId}`;
  if (notice.actionId) return `/actions?action=${notice.actionId}`;
  if (notice.transferId) return `/transfers?transfer=${notice.transferId}`;
  if (notice.kind === 'capital-submitted' || notice.kind === 'capital-imported') return '/desk?tab=capital';
  if (notice.kind === 'claim-completed' && notice.claimId) return `/desk/reviews/${notice.claimId}`;
  if (notice.kind === 'review-waiting' && notice.claimId) return `/desk/reviews/${notice.claimId}`;
  if (notice.kind === 'rule-set-drafted' || notice.kind === 'rule-set-published') return '/rule-sets';
  if (notice.kind === 'move-submitted') return '/desk?tab=moves';
  if (notice.claimId) return `/claims/${notice.claimId}`;
  return notice.projectId ? `/projects/${notice.projectId}` : null;
}

/** Notices, each a sentence that leads to what it tells of. Following one marks it as read. */
export function NoticeList({ notices, onFollow }: { notices: Notice[]; onFollow?: () => void }) {
  const can = useCan();
  const { t } = useTranslation();
  const code = useCodeText();
  const queries = useQueryClient();
  const read = useMutation({
    mutationFn: markRead,
    onSettled: () => queries.invalidateQueries({ queryKey: ['notices'] }),
  });
  return (
    <ul className="notices">
      {notices.map((notice) => {
        const target = targetOf(notice, can);
        const unread = !notice.readAt;
        return (
          <li key={notice.id} className={unread ? 'notice-item notice-unread' : 'notice-item'}>
            <div>
              <p className="notice-head">
                <span className="tag">{code('notices.kind', notice.kind)}</span>{' '}
                {unread && <span className="visually-hidden">{t('notices.isNew')}</span>}
                <When at={notice.at} />
              </p>
              <p className="notice-text">
                {target ? (
                  <Link
                    to={target}
                    onClick={() => {
                      if (unread) read.mutate(notice.id);
                      onFollow?.();
                    }}
                  >
                    {notice.text}
                  </Link>
                ) : (
                  notice.text
                )}
              </p>
              {notice.reason && <p className="hint text">{t('notices.reason', { reason: notice.reason })}</p>}
            </div>
            {unread && (
              <Button size="small" disabled={read.isPending} onClick={() => read.mutate(notice.id)}>
                {t('notices.mark')}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
