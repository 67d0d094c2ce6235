import { useQuery } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { RuleSetDraft, RuleSetNumbers } from '@/api/types';
import { ConfirmDialog } from '@/shared/ConfirmDialog';
import { DataTable } from '@/shared/DataTable';
import { LinkButton } from '@/shared/LinkButton';
import { Facts, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { ReasonDialog } from '@/shared/ReasonDialog';
import { useIdempotencyKey } from '@/shared/submission';
import { When } from '@/shared/When';
import { draftQuery, ruleSetsQuery, useDraftStep } from './queries';
import { RehearsalPanel } from './RehearsalPanel';
import { useRuleFacts } from './ruleFacts';

/** A draft beside the rule set that it would follow, with what it would change; and the second person's decision (C13). */
export function DraftPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery(draftQuery(id));
  const draft = query.data;
  return (
    <Page
      title={draft?.rules.name ?? t('drafts.title')}
      lead={draft && t('drafts.from', { from: draft.rules.effectiveFrom })}
      actions={draft && <Steps draft={draft} />}
    >
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={8} />}
      {draft && <Draft draft={draft} />}
    </Page>
  );
}

function Steps({ draft }: { draft: RuleSetDraft }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [asking, setAsking] = useState<'publish' | 'withdraw' | null>(null);
  const step = useDraftStep();
  const key = useIdempotencyKey();
  const may = (action: string) => draft.allowedActions.includes(action);
  return (
    <>
      {may('edit') && <LinkButton to={`/rule-sets/drafts/${draft.id}/edit`}>{t('drafts.edit')}</LinkButton>}
      {may('withdraw') && <Button onClick={() => setAsking('withdraw')}>{t('drafts.withdraw')}</Button>}
      {may('publish') && (
        <Button type="primary" onClick={() => setAsking('publish')}>
          {t('drafts.publish')}
        </Button>
      )}
      {asking === 'publish' && (
        <ConfirmDialog
          title={t('drafts.publish')}
          confirm={t('drafts.publish')}
          onClose={() => setAsking(null)}
          onConfirm={async () => {
            await step.mutateAsync({ draft, step: 'publish', key: key.keyFor([draft.id, draft.version, 'publish']) });
            message.success(t('drafts.published'));
          }}
        >
          {t('drafts.publishText', { name: draft.rules.name, from: draft.rules.effectiveFrom })}
        </ConfirmDialog>
      )}
      <ReasonDialog
        open={asking === 'withdraw'}
        title={t('drafts.withdraw')}
        confirm={t('drafts.withdraw')}
        onClose={() => setAsking(null)}
        onConfirm={async (reason) => {
          await step.mutateAsync({ draft, step: 'withdraw', reason, key: key.keyFor([draft.id, reason]) });
          message.success(t('drafts.withdrawn'));
        }}
      />
    </>
  );
}

function Draft({ draft }: { draft: RuleSetDraft }) {
  const { t } = useTranslation();
  const can = useCan();
  return (
    <>
      <Panel>
        <Facts
          items={[
            { label: t('drafts.status'), value: t(`drafts.statusOf.${draft.status}`) },
            {
              label: t('drafts.draftedBy'),
              value: (
                <>
                  {draft.draftedBy.name} · <When at={draft.draftedAt} />
                </>
              ),
            },
            draft.endedBy !== undefined &&
              draft.endedAt !== undefined && {
                label: t('drafts.endedBy'),
                value: (
                  <>
                    {draft.endedBy.name} · <When at={draft.endedAt} />
                  </>
                ),
              },
            draft.reason !== undefined && { label: t('reason.label'), value: draft.reason },
          ]}
        />
        {draft.status === 'draft' && (
          <p className="hint">{draft.outdated ? t('drafts.outdatedHint') : t('drafts.secondPerson')}</p>
        )}
      </Panel>
      <Changes draft={draft} />
      {can('rehearse-rule-set') && <RehearsalPanel draft={draft} />}
    </>
  );
}

/** Each number that differs, as it is and as it would be. */
function Changes({ draft }: { draft: RuleSetDraft }) {
  const { t } = useTranslation();
  const facts = useRuleFacts();
  const sets = useQuery(ruleSetsQuery);
  const basis = sets.data?.find((set) => set.id === draft.basedOn);
  if (!basis) return sets.error ? <ProblemAlert error={sets.error} /> : <Loading rows={4} />;
  const concerns = (of: (keyof RuleSetNumbers)[]) => of.some((member) => draft.changed.includes(member));
  const before = facts(basis).filter((fact) => concerns(fact.of));
  const after = facts(draft.rules).filter((fact) => concerns(fact.of));
  const labels = [...new Set([...before, ...after].map((fact) => fact.label))];
  return (
    <Panel title={t('drafts.changes')}>
      {labels.length === 0 ? (
        <p>{t('drafts.noChange', { name: basis.name })}</p>
      ) : (
        <DataTable
          caption={t('drafts.changes')}
          rows={labels}
          rowKey={(label) => label}
          columns={[
            { key: 'number', title: t('drafts.number'), heading: true, render: (label) => label },
            {
              key: 'now',
              title: t('drafts.now', { name: basis.name }),
              render: (label) => before.find((fact) => fact.label === label)?.value ?? t('ruleForm.none'),
            },
            {
              key: 'then',
              title: t('drafts.then'),
              render: (label) => after.find((fact) => fact.label === label)?.value ?? t('ruleForm.none'),
            },
          ]}
        />
      )}
    </Panel>
  );
}
