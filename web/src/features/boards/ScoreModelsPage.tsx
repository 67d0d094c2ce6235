import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ScoreModel } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { useLanguage } from '@/shared/i18n';
import { LinkButton } from '@/shared/LinkButton';
import { Empty, Loading, Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { indicatorName, markText } from '@/shared/figures';
import { scoreModelsQuery } from './queries';

/** By what units are scored, year by year. */
export function ScoreModelsPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const can = useCan();
  const query = useQuery(scoreModelsQuery);
  return (
    <Page
      title={t('scoreModels.title')}
      lead={t('scoreModels.lead')}
      wide
      actions={
        can('draft-score-model') && (
          <LinkButton type="primary" to="/score-models/new">
            {t('scoreModels.new')}
          </LinkButton>
        )
      }
    >
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {query.data?.length === 0 && <Empty title={t('scoreModels.empty')}>{t('scoreModels.emptyHint')}</Empty>}
      {query.data && query.data.length > 0 && (
        <DataTable<ScoreModel>
          caption={t('scoreModels.title')}
          rows={query.data}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'name',
              title: t('scoreModels.name'),
              heading: true,
              render: (row) => <Link to={`/score-models/${row.id}`}>{indicatorName(row, language)}</Link>,
            },
            { key: 'year', title: t('scoreModels.year'), render: (row) => <span className="num">{row.year}</span> },
            {
              key: 'number',
              title: t('scoreModels.number'),
              align: 'right',
              render: (row) => <span className="num">{row.modelVersion}</span>,
            },
            {
              key: 'status',
              title: t('scoreModels.status'),
              render: (row) => (
                <span className="nowrap">
                  {row.inForce ? t('scoreModels.inForce') : t(`scoreModels.statusOf.${row.status}`)}
                </span>
              ),
            },
            {
              key: 'full',
              title: t('scoreModels.fullMark'),
              align: 'right',
              render: (row) => <span className="num">{markText(row.fullMark)}</span>,
            },
            { key: 'drafted', title: t('scoreModels.draftedBy'), render: (row) => row.draftedBy.name },
            { key: 'published', title: t('scoreModels.publishedBy'), render: (row) => row.publishedBy?.name },
          ]}
        />
      )}
    </Page>
  );
}
