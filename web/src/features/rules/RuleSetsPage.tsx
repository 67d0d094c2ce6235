import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { RuleSet } from '@/api/types';
import { today } from '@/shared/dates';
import { LinkButton } from '@/shared/LinkButton';
import { Facts, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { Drafts } from './Drafts';
import { ruleSetsQuery } from './queries';
import { useRuleFacts } from './ruleFacts';
import { WorkDays } from './WorkDays';

export function RuleSetsPage() {
  const { t } = useTranslation();
  const can = useCan();
  const query = useQuery(ruleSetsQuery);
  const sets = [...(query.data ?? [])].sort((a, b) => b.effectiveFrom.localeCompare(a.effectiveFrom));
  return (
    <Page
      title={t('rules.title')}
      lead={t('rules.lead')}
      actions={
        can('draft-rule-set') ? (
          <LinkButton type="primary" to="/rule-sets/new">
            {t('drafts.new')}
          </LinkButton>
        ) : undefined
      }
    >
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={8} />}
      {can('read-rule-set-drafts') && <Drafts />}
      {sets.map((set) => (
        <RuleSetPanel key={set.id} set={set} />
      ))}
      {query.data && <WorkDays />}
    </Page>
  );
}

type Standing = 'past' | 'current' | 'future';

function standing(set: RuleSet): Standing {
  const day = today();
  const on = (value: string) => value.slice(0, 10);
  if (on(set.effectiveFrom) > day) return 'future';
  return set.effectiveTo && on(set.effectiveTo) < day ? 'past' : 'current';
}

function RuleSetPanel({ set }: { set: RuleSet }) {
  const { t } = useTranslation();
  const facts = useRuleFacts();
  const now = standing(set);
  return (
    <Panel
      title={
        <>
          {set.name} <span className={now === 'current' ? 'tag tag-ok' : 'tag'}>{t(`rules.standing.${now}`)}</span>
        </>
      }
      extra={
        <span className="num">
          {t('rules.period', {
            from: set.effectiveFrom.slice(0, 10),
            to: set.effectiveTo?.slice(0, 10) ?? t('rules.open'),
          })}
        </span>
      }
    >
      <Facts
        items={[
          ...facts(set),
          set.yearsWithoutRates.length > 0 && {
            label: t('rules.ratesMissing'),
            wide: true,
            value: t('rules.yearsWithoutRates', { years: set.yearsWithoutRates.join(t('common.listSeparator')) }),
          },
        ]}
      />
    </Panel>
  );
}
