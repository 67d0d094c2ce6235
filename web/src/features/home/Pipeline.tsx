import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SummaryRow } from '@/api/types';
import { RateYear, TotalsText } from '@/shared/Amount';
import { monthName, recentMonths } from '@/shared/dates';
import { useLanguage } from '@/shared/i18n';
import { Loading } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { flowQuery, summaryQuery } from './queries';

const FOUR = ['in-talks', 'signed', 'registered', 'started'] as const;

/** The four lists as one line, how much stands on each, and what came and went this month; of one unit, beside the city's. */
export function Pipeline({ unitId, unitName }: { unitId?: string; unitName?: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [month = ''] = recentMonths(1);
  const stages = useQuery(summaryQuery('stage', unitId));
  const city = useQuery({ ...summaryQuery('stage'), enabled: unitId !== undefined });
  const flow = useQuery(flowQuery(month, unitId));
  const of = (rows: SummaryRow[] | undefined, stage: string) => rows?.find((row) => row.key === stage);
  const passage = (stage: string) => flow.data?.stages.find((each) => each.stage === stage);
  const whole = city.data?.cityInTalks ?? stages.data?.cityInTalks;
  // What may not be counted is unknown to the reader, not nothing.
  const unseen = (stage: string) => stage === 'in-talks' && stages.data?.inTalks !== 'all' && stages.data !== undefined;
  const others = (stage: string) => {
    if (unitId ? !city.data : !unseen(stage)) return null;
    if (stage !== 'in-talks') return t('home.ofCity', { n: of(city.data?.rows, stage)?.count ?? 0 });
    return whole?.count
      ? t('home.ofCityAt', { n: whole.count, date: monthName(whole.asOf.slice(0, 7), language) })
      : null;
  };
  return (
    <section aria-labelledby="pipeline-title" className="pipeline-box">
      <h2 id="pipeline-title" className="section-title">
        {unitName ? t('home.pipelineOf', { name: unitName }) : t('home.pipeline')}
      </h2>
      <ProblemAlert error={stages.error} onRetry={() => void stages.refetch()} />
      {stages.isPending && <Loading rows={3} />}
      {stages.data && (
        <ol className="pipeline">
          {FOUR.map((stage) => (
            <li key={stage} className={`pipe pipe-${stage}`}>
              <Link
                to={
                  unitId
                    ? `/lists?view=table&stage=${stage}&jurisdiction=${unitId}`
                    : `/lists?view=table&stage=${stage}`
                }
                className="pipe-name"
              >
                {t(`stage.${stage}`)}
              </Link>
              {unseen(stage) ? (
                <span className="pipe-count pipe-unseen">{t('common.unseen')}</span>
              ) : (
                <>
                  <span className="pipe-count num">{of(stages.data.rows, stage)?.count ?? 0}</span>
                  <TotalsText totals={of(stages.data.rows, stage)?.totals ?? { cny: 0, byCurrency: [] }} />
                </>
              )}
              <p className="pipe-flow">
                {passage(stage) &&
                  !unseen(stage) &&
                  t('home.flow', { in: passage(stage)?.entered, out: passage(stage)?.left })}
                {others(stage) && <span className="pipe-city">{others(stage)}</span>}
              </p>
            </li>
          ))}
        </ol>
      )}
      <RateYear year={stages.data?.rateYear} />
    </section>
  );
}
