import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { body, client } from '@/api/client';
import type { FinancingNeed, Match, PartySuggestion } from '@/api/types';
import { Amount } from '@/shared/Amount';
import { DataTable } from '@/shared/DataTable';
import { LinkButton } from '@/shared/LinkButton';
import { Facts, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ReasonDialog } from '@/shared/ReasonDialog';
import { useUnitName } from '@/shared/units';
import { ifMatch, useChange } from '@/shared/useChange';
import { Day } from '@/shared/When';

const dialogs = () => import('./NeedDialogs');
const NeedDialog = lazy(async () => ({ default: (await dialogs()).NeedDialog }));
const ProposeDialog = lazy(async () => ({ default: (await dialogs()).ProposeDialog }));
const AdvanceDialog = lazy(async () => ({ default: (await dialogs()).AdvanceDialog }));

/** A need, its matches, and who might finance it. */
export function NeedPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const unit = useUnitName();
  const change = useChange('financing');
  const [open, setOpen] = useState<'edit' | 'retire' | null>(null);
  const query = useQuery({
    queryKey: ['financing', 'need', id],
    queryFn: () => body(client.GET('/api/v1/financing-needs/{id}', { params: { path: { id } } })),
  });
  const need = query.data;
  const name = need?.project?.name ?? need?.enterprise ?? t('financing.title');
  return (
    <Page
      title={name}
      lead={need && <Amount money={need.amount} />}
      wide
      actions={
        <>
          <LinkButton to="/financing">{t('financing.title')}</LinkButton>
          {need?.allowedActions.includes('edit') && (
            <Button onClick={() => setOpen('edit')}>{t('resources.edit')}</Button>
          )}
          {need?.allowedActions.includes('retire') && (
            <Button onClick={() => setOpen('retire')}>{t('financing.retire')}</Button>
          )}
        </>
      }
    >
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {need && (
        <>
          <Panel>
            <Facts
              items={[
                { label: t('resources.unit'), value: unit(need.jurisdiction) },
                need.project && {
                  label: t('financing.project'),
                  value: <Link to={`/projects/${need.project.id}`}>{need.project.name}</Link>,
                },
                { label: t('financing.kind'), value: t(`needKind.${need.kind}`) },
                {
                  label: t('financing.stage'),
                  value: need.stage ? t(`financingStage.${need.stage}`) : t('resources.unknown'),
                },
                { label: t('financing.chain'), value: need.chain ?? t('common.none') },
                { label: t('financing.validUntil'), value: <Day date={need.validUntil} /> },
                need.note !== undefined && { label: t('resources.note'), value: need.note, wide: true },
              ]}
            />
            {need.retireReason && <p>{t('financing.retired', { reason: need.retireReason })}</p>}
          </Panel>
          <Matches need={need} />
          <Suggestions need={need} />
          <Suspense fallback={null}>
            {open === 'edit' && <NeedDialog need={need} onClose={() => setOpen(null)} />}
          </Suspense>
          <ReasonDialog
            open={open === 'retire'}
            title={t('financing.retireOf', { name })}
            confirm={t('financing.retire')}
            onConfirm={(reason) =>
              change.mutateAsync(() =>
                body(
                  client.POST('/api/v1/financing-needs/{id}/retire', {
                    params: { path: { id }, header: ifMatch(need.version) },
                    body: { reason },
                  }),
                ),
              )
            }
            onClose={() => setOpen(null)}
          />
        </>
      )}
    </Page>
  );
}

function Matches({ need }: { need: FinancingNeed }) {
  const { t } = useTranslation();
  const [advancing, setAdvancing] = useState<Match | null>(null);
  const query = useQuery({
    queryKey: ['financing', 'matches', need.id],
    queryFn: () => body(client.GET('/api/v1/matches', { params: { query: { needId: need.id, limit: 100 } } })),
  });
  return (
    <Panel title={t('financing.matches')}>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={2} />}
      {query.data?.items.length === 0 && <p className="muted">{t('financing.noMatches')}</p>}
      {query.data && query.data.items.length > 0 && (
        <DataTable<Match>
          caption={t('financing.matches')}
          rows={query.data.items}
          rowKey={(match) => match.id}
          columns={[
            {
              key: 'party',
              title: t('financing.party'),
              heading: true,
              render: (match) => (
                <>
                  <strong>{match.party.name}</strong> <span className="tag">{t(`partyKind.${match.party.kind}`)}</span>
                </>
              ),
            },
            {
              key: 'state',
              title: t('resources.status'),
              render: (match) => <span className="tag">{t(`matchState.${match.state}`)}</span>,
            },
            {
              key: 'light',
              title: t('financing.light'),
              render: (match) => <span className={`light light-${match.light}`}>{t(`silence.${match.light}`)}</span>,
            },
            { key: 'last', title: t('financing.lastOn'), render: (match) => <Day date={match.lastOn} /> },
            {
              key: 'got',
              title: t('financing.got'),
              render: (match) => (match.amount ? <Amount money={match.amount} /> : t('common.none')),
            },
            {
              key: 'act',
              title: t('resources.act'),
              render: (match) =>
                match.allowedActions.includes('advance') && (
                  <Button
                    size="small"
                    aria-label={t('financing.advanceOf', { name: match.party.name })}
                    onClick={() => setAdvancing(match)}
                  >
                    {t('financing.advance')}
                  </Button>
                ),
            },
          ]}
        />
      )}
      <Suspense fallback={null}>
        {advancing && <AdvanceDialog match={advancing} onClose={() => setAdvancing(null)} />}
      </Suspense>
    </Panel>
  );
}

function Suggestions({ need }: { need: FinancingNeed }) {
  const { t } = useTranslation();
  const [proposing, setProposing] = useState<PartySuggestion['party'] | null>(null);
  const query = useQuery({
    queryKey: ['financing', 'suggestions', need.id],
    queryFn: () => body(client.GET('/api/v1/financing-needs/{id}/suggestions', { params: { path: { id: need.id } } })),
  });
  const words = (of: PartySuggestion['for']) => of.map((by) => t(`suitedBy.${by}`)).join(t('common.listSeparator'));
  return (
    <Panel title={t('financing.suggestions')}>
      <p className="hint">{t('financing.suggestionsLead')}</p>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={3} />}
      {query.data?.incomplete && <p role="status">{t('resources.incomplete')}</p>}
      {query.data?.items.length === 0 && <p className="muted">{t('financing.noSuggestions')}</p>}
      {query.data && query.data.items.length > 0 && (
        <DataTable<PartySuggestion>
          caption={t('financing.suggestions')}
          rows={query.data.items}
          rowKey={(one) => one.party.id}
          columns={[
            {
              key: 'party',
              title: t('financing.party'),
              heading: true,
              render: (one) => (
                <>
                  <strong>{one.party.name}</strong> <span className="tag">{t(`partyKind.${one.party.kind}`)}</span>
                </>
              ),
            },
            { key: 'for', title: t('resources.for'), render: (one) => words(one.for) },
            { key: 'against', title: t('resources.against'), render: (one) => words(one.against) },
            { key: 'unknown', title: t('resources.neither'), render: (one) => words(one.unknown) },
            {
              key: 'act',
              title: t('resources.act'),
              render: (one) =>
                need.allowedActions.includes('match') && (
                  <Button
                    size="small"
                    aria-label={t('financing.proposeTo', { name: one.party.name })}
                    onClick={() => setProposing(one.party)}
                  >
                    {t('financing.propose')}
                  </Button>
                ),
            },
          ]}
        />
      )}
      <Suspense fallback={null}>
        {proposing && <ProposeDialog need={need} party={proposing} onClose={() => setProposing(null)} />}
      </Suspense>
    </Panel>
  );
}
