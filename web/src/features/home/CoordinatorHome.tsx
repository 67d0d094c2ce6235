import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Amount } from '@/shared/Amount';
import { LinkButton } from '@/shared/LinkButton';
import { Empty, Loading, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { StageTag } from '@/shared/tags';
import { useUnitName } from '@/shared/units';
import { When } from '@/shared/When';
import { Age, CityMap, EndingClaims, Stalled } from './Panels';
import { Pipeline } from './Pipeline';
import { openDisputesQuery, pendingMovesQuery, reviewsQuery } from './queries';

export function CoordinatorHome() {
  return (
    <>
      <Pipeline />
      <div className="home-split">
        <div className="home-main">
          <Waiting />
        </div>
        <div className="home-side">
          <EndingClaims withUnit />
        </div>
      </div>
      <div className="home-split">
        <div className="home-main">
          <CityMap />
        </div>
        <div className="home-side">
          <Stalled />
        </div>
      </div>
    </>
  );
}

/** What waits for the centre, oldest first. */
function Waiting() {
  const { t } = useTranslation();
  const unit = useUnitName();
  const moves = useQuery(pendingMovesQuery);
  const reviews = useQuery(reviewsQuery);
  const disputes = useQuery(openDisputesQuery);
  const nothing = moves.data?.items.length === 0 && reviews.data?.items.length === 0 && disputes.data?.length === 0;
  return (
    <Panel
      title={t('home.deskTitle')}
      extra={
        <LinkButton type="primary" to="/desk">
          {t('home.toDesk')}
        </LinkButton>
      }
    >
      <ProblemAlert
        error={moves.error ?? reviews.error ?? disputes.error}
        onRetry={() => void Promise.all([moves.refetch(), reviews.refetch(), disputes.refetch()])}
      />
      {(moves.isPending || reviews.isPending || disputes.isPending) && <Loading rows={6} />}
      {nothing && <Empty title={t('home.deskClear')}>{t('desk.noMovesHint')}</Empty>}
      {disputes.data && disputes.data.length > 0 && (
        <>
          <h3 className="list-title">
            <Link to="/desk?tab=disputes">{t('home.disputesN', { n: disputes.data.length })}</Link>
          </h3>
          <ul className="plain-list">
            {disputes.data.map((dispute) => (
              <li key={dispute.id} className="waiting">
                <Age since={dispute.filedAt} />
                <span>
                  <Link to={`/disputes/${dispute.id}`}>{dispute.projectName}</Link>{' '}
                  <small className="muted">{dispute.contestant && unit(dispute.contestant)}</small>
                </span>
                <span className={dispute.overdue ? 'due-what' : 'muted'}>
                  {t('home.until')} <When at={dispute.decisionDue} precision="day" />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {reviews.data && reviews.data.items.length > 0 && (
        <>
          <h3 className="list-title">
            <Link to="/desk?tab=reviews">
              {t('home.reviewsN', { n: reviews.data.total ?? reviews.data.items.length })}
            </Link>
          </h3>
          <ul className="plain-list">
            {reviews.data.items.map((claim) => (
              <li key={claim.id} className="waiting">
                <Age since={claim.receivedAt} />
                <span>
                  <Link to={`/desk/reviews/${claim.id}`}>
                    {claim.report?.name ?? t('claims.number', { n: claim.sequence })}
                  </Link>{' '}
                  <small className="muted">{unit(claim.jurisdiction)}</small>
                </span>
                <Amount money={claim.report?.totalInvestment} digits={2} />
              </li>
            ))}
          </ul>
        </>
      )}
      {moves.data && moves.data.items.length > 0 && (
        <>
          <h3 className="list-title">
            <Link to="/desk">{t('home.movesN', { n: moves.data.total ?? moves.data.items.length })}</Link>
          </h3>
          <ul className="plain-list">
            {moves.data.items.map((move) => (
              <li key={move.id} className="waiting">
                <Age since={move.submittedAt} />
                <span>
                  <Link to={`/desk?move=${move.id}`}>{move.projectName}</Link>{' '}
                  <small className="muted">{unit(move.jurisdiction)}</small>
                </span>
                <span className="move-steps">
                  <StageTag stage={move.from} />
                  <span aria-label={t('desk.to')} role="img">
                    →
                  </span>
                  <StageTag stage={move.to} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}
