import { queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import type { Move } from '@/api/types';
import { Loading } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useUnitName } from '@/shared/units';

/** The claims on a project that are live: who holds it, and who waits. */
export const liveClaimsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ['claims', 'of', projectId, 'live'],
    queryFn: async () => {
      const [active, queued] = await Promise.all(
        (['active', 'queued'] as const).map((status) =>
          body(
            client.GET('/api/v1/claims', {
              params: { query: { projectId, status: [status], sort: 'sequence', limit: 50 } },
            }),
          ),
        ),
      );
      return { active: active?.items[0], queued: queued?.items ?? [] };
    },
  });

const noticesQuery = (id: string) =>
  queryOptions({
    queryKey: ['projects', id, 'signing-notices'],
    queryFn: async () =>
      (await body(client.GET('/api/v1/projects/{id}/signing-notices', { params: { path: { id } } }))).items,
  });

/** What verifying a move brings about, said before it is done: the stage, the claim, who waits, the notice. */
export function VerifyConsequences({ move }: { move: Move }) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const leaves = move.from === 'in-talks' && move.kind === 'forward';
  const signs = leaves && move.to === 'signed';
  const live = useQuery({ ...liveClaimsQuery(move.projectId), enabled: leaves });
  const notices = useQuery({ ...noticesQuery(move.projectId), enabled: signs });
  const open = notices.data?.find((each) => each.status === 'open');
  return (
    <>
      <ProblemAlert error={live.error ?? notices.error} />
      {((leaves && live.isPending) || (signs && notices.isPending)) && <Loading rows={2} />}
      <ul className="consequences">
        <li>
          {t('consequence.stage', {
            name: move.projectName,
            from: t(`stage.${move.from}`),
            to: t(`stage.${move.to}`),
          })}
        </li>
        {live.data?.active && <li>{t('consequence.converted', { unit: unit(live.data.active.jurisdiction) })}</li>}
        {live.data &&
          (live.data.queued.length > 0 ? (
            <li>
              <strong>
                {t('consequence.queueEnds', {
                  count: live.data.queued.length,
                  units: live.data.queued.map((each) => unit(each.jurisdiction)).join(t('common.listSeparator')),
                })}
              </strong>
            </li>
          ) : (
            <li>{t('consequence.nobodyWaits')}</li>
          ))}
        {signs && notices.data && (
          <li>{open ? t('consequence.notice', { date: open.filedOn }) : t('consequence.noNotice')}</li>
        )}
        <li>{t('consequence.final')}</li>
      </ul>
    </>
  );
}
