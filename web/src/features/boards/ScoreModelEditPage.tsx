import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import type { ScoreModel } from '@/api/types';
import { today } from '@/shared/dates';
import { Loading, Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { scoreModelQuery } from './queries';
import { ScoreModelForm, type ModelValues } from './ScoreModelForm';

/** Drafts a score model, from nothing or from another, or changes the own draft. */
export function ScoreModelEditPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const [asked] = useSearchParams();
  const from = id ?? asked.get('from') ?? undefined;
  const query = useQuery({ ...scoreModelQuery(from ?? ''), enabled: from !== undefined });
  const thisYear = Number(today().slice(0, 4));
  return (
    <Page title={id ? t('scoreModels.edit') : t('scoreModels.new')} lead={t('scoreModels.lead')}>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {from !== undefined && query.isPending && <Loading rows={8} />}
      {from === undefined && (
        <ScoreModelForm from={{ year: thisYear, groups: [{}], items: [{ method: 'linear', sources: [{}] }] }} />
      )}
      {query.data && (
        <ScoreModelForm
          key={query.data.version}
          from={{ ...valuesOf(query.data), year: id ? query.data.year : thisYear }}
          draft={id ? query.data : undefined}
        />
      )}
    </Page>
  );
}

const valuesOf = ({ name, nameEn, groups, items, bonuses, deductions, outer, binding }: ScoreModel): ModelValues => ({
  name,
  nameEn,
  groups,
  items,
  bonuses,
  deductions,
  outer,
  binding,
});
