import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Loading, Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { draftQuery, ruleSetsQuery } from './queries';
import { RuleSetForm } from './RuleSetForm';
import { numbersOf } from './ruleSetValues';

/** Drafts the next rule set, from the latest one. */
export function DraftRuleSetPage() {
  const { t } = useTranslation();
  const query = useQuery(ruleSetsQuery);
  const last = [...(query.data ?? [])].sort((a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom)).at(-1);
  return (
    <Page title={t('drafts.new')} lead={t('drafts.newLead')}>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={8} />}
      {last && <RuleSetForm key={last.id} from={numbersOf(last)} />}
    </Page>
  );
}

/** Changes the own draft. */
export function EditRuleSetDraftPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery(draftQuery(id));
  return (
    <Page title={t('drafts.edit')} lead={t('drafts.newLead')}>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={8} />}
      {query.data && <RuleSetForm key={query.data.version} from={query.data.rules} draft={query.data} />}
    </Page>
  );
}
