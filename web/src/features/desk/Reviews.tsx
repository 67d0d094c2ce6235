import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Amount } from '@/shared/Amount';
import { DataTable } from '@/shared/DataTable';
import { LinkButton } from '@/shared/LinkButton';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useUnitName } from '@/shared/units';
import { When } from '@/shared/When';
import { reviewsQuery } from './queries';

/** Reports under review, the oldest first: that is the order in which they are decided (R14a). */
export function Reviews() {
  const { t } = useTranslation();
  const unit = useUnitName();
  const query = useInfiniteQuery(reviewsQuery);
  const claims = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {query.data && claims.length === 0 && <Empty title={t('desk.noReviews')}>{t('desk.noReviewsHint')}</Empty>}
      {claims.length > 0 && (
        <DataTable
          caption={t('desk.reviews')}
          rows={claims}
          rowKey={(claim) => claim.id}
          columns={[
            {
              key: 'name',
              title: t('project.name'),
              heading: true,
              render: (claim) => (
                <span className="name-cell">
                  <Link to={`/desk/reviews/${claim.id}`}>
                    {claim.report?.name ?? t('claims.number', { n: claim.sequence })}
                  </Link>
                  <small className="num">{t('claims.number', { n: claim.sequence })}</small>
                  {claim.returned && !claim.returned.completedAt && <span className="tag">{t('returned.open')}</span>}
                </span>
              ),
            },
            { key: 'unit', title: t('receipt.jurisdiction'), render: (claim) => unit(claim.jurisdiction) },
            {
              key: 'amount',
              title: t('project.totalInvestment'),
              align: 'right',
              render: (claim) => <Amount money={claim.report?.totalInvestment} />,
            },
            {
              key: 'received',
              title: t('receipt.receivedAt'),
              align: 'right',
              render: (claim) => <When at={claim.receivedAt} precision="second" />,
            },
            {
              key: 'act',
              title: t('desk.decision'),
              render: (claim) => (
                <LinkButton size="small" to={`/desk/reviews/${claim.id}`}>
                  {t('claims.decide')}
                </LinkButton>
              ),
            },
          ]}
        />
      )}
      <LoadMore {...query} />
    </>
  );
}
