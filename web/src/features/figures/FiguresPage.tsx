import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { SummaryRow } from '@/api/types';
import { Amount, TotalsText, useMoneyText } from '@/shared/Amount';
import { recentMonths } from '@/shared/dates';
import { Filter } from '@/shared/Filter';
import { HeadlineRoom } from '@/shared/HeadlineRoom';
import { loadTexts, useLanguage } from '@/shared/i18n';
import { JurisdictionMap } from '@/shared/JurisdictionMap';
import { JurisdictionSelect } from '@/shared/JurisdictionSelect';
import { useStill } from '@/shared/media';
import { LinkButton } from '@/shared/LinkButton';
import { Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { useTheme } from '@/shared/theme';
import { useUrlState } from '@/shared/urlState';
import { ChartPanel } from './ChartPanel';
import { barOption, coloursNow, funnelOption } from './options';
import { claimFiguresQuery, divisionsQuery, durationsQuery, flowQuery, placesQuery, stagesQuery } from './queries';

const Headline = lazy(async () => ({
  default: (await Promise.all([import('@/shared/Headline'), loadTexts('boards')]))[0].Headline,
}));
const IdentityPanel = lazy(async () => ({
  default: (await Promise.all([import('./IdentityPanel'), loadTexts('coordination'), loadTexts('boards')]))[0]
    .IdentityPanel,
}));
const ForecastPanel = lazy(async () => ({
  default: (await Promise.all([import('./ForecastPanel'), loadTexts('boards')]))[0].ForecastPanel,
}));

const KEYS = ['jurisdiction', 'months'] as const;
const FOUR = ['in-talks', 'signed', 'registered', 'started'] as const;
const RUNS = [6, 12, 24, 36] as const;
const MOST_DIVISIONS = 12;

/** How many came and went; where nothing moved, one nought says it. */
function inOut({ entered, left }: { entered: number; left: number }): string {
  return entered === 0 && left === 0 ? '0' : `+${entered} −${left}`;
}

/** The projects and the yuan of rows together; what has no rate stands beside its row. */
function together(rows: readonly SummaryRow[]) {
  return {
    count: <span className="num">{rows.reduce((n, row) => n + row.count, 0)}</span>,
    totals: <Amount money={{ amount: rows.reduce((n, row) => n + row.totals.cny, 0), currency: 'CNY' }} digits={2} />,
  };
}

/** How the pipeline stands and flows: each chart with its table. */
export function FiguresPage() {
  const { t } = useTranslation();
  const can = useCan();
  const language = useLanguage();
  const money = useMoneyText();
  // Drawn anew when the theme changes.
  useTheme();
  const colours = coloursNow();
  const still = useStill();
  const { values, change } = useUrlState(KEYS);
  const unit = values.jurisdiction;
  const count = RUNS.find((each) => String(each) === values.months) ?? 12;
  const months = recentMonths(count);
  const run = { from: months.at(-1) ?? '', to: months[0] ?? '' };

  const stages = useQuery(stagesQuery(unit));
  const divisions = useQuery(divisionsQuery(unit, language));
  const places = useQuery(placesQuery);
  const flow = useQuery(flowQuery(run, unit));
  const durations = useQuery(durationsQuery(unit));
  const claims = useQuery({ ...claimFiguresQuery(run, unit), enabled: can('read-claims') });

  const four = FOUR.map((stage) => ({
    stage,
    name: t(`stage.${stage}`),
    row: stages.data?.rows.find((row) => row.key === stage),
  }));
  // In talks of a part of the units beside other stages of all of them would compare what cannot be compared.
  const partial = stages.data !== undefined && stages.data.inTalks !== 'all';
  const seen = partial ? four.filter((each) => each.stage !== 'in-talks') : four;
  const given = (divisions.data?.rows ?? []).filter((row) => row.key !== '' && row.totals.cny > 0);
  const withoutDivision = divisions.data?.rows.find((row) => row.key === '')?.count ?? 0;
  const byDivision = given.sort((a, b) => b.totals.cny - a.totals.cny);
  const divisionName = (row: { label: string }) => row.label || t('figures.noDivision');
  const yuan = (cny: number) => money.format({ amount: cny, currency: 'CNY' }, cny >= 1e10 || cny === 0 ? 0 : 1);
  const passages = (flow.data ?? []).map((month) => ({
    name: month.name,
    of: (stage: string) => month.stages.find((each) => each.stage === stage) ?? { entered: 0, left: 0 },
  }));
  const slowest = [...(durations.data ?? [])].sort(
    (a, b) => (b.standing.medianDays ?? -1) - (a.standing.medianDays ?? -1),
  )[0];
  const days = (n: number | null | undefined) =>
    n === null || n === undefined
      ? t('common.none')
      : n >= 2 * 365
        ? t('figures.years', { n: (n / 365.25).toFixed(1) })
        : t('countdown.days', { n });
  const shownRows = seen.map((row) => row.row).filter((row) => row !== undefined);
  const divisionRows = [...byDivision, ...(divisions.data?.rows.filter((row) => row.key === '') ?? [])];

  return (
    <Page
      title={t('figures.title')}
      lead={t('figures.lead')}
      wide
      actions={
        <>
          <LinkButton to={unit ? `/figures/print?jurisdiction=${unit}` : '/figures/print'}>
            {t('paper.open')}
          </LinkButton>
          <LinkButton to="/boards/wall">{t('figures.wall')}</LinkButton>
        </>
      }
    >
      <div className="filters">
        <Filter id="figures-unit" label={t('lists.jurisdiction')}>
          <JurisdictionSelect
            id="figures-unit"
            reportingOnly
            placeholder={t('lists.allJurisdictions')}
            value={unit}
            onChange={(jurisdiction) => change({ jurisdiction })}
          />
        </Filter>
        <div className="filter filter-wide">
          <span className="filter-label" id="figures-run">
            {t('figures.run')}
          </span>
          <div className="switch" role="group" aria-labelledby="figures-run">
            {RUNS.map((each) => (
              <button
                key={each}
                type="button"
                className="switch-item"
                aria-pressed={each === count}
                onClick={() => change({ months: each === 12 ? undefined : String(each) })}
              >
                {t('figures.months', { n: each })}
              </button>
            ))}
          </div>
        </div>
      </div>
      {can('read-figures') && (
        <Suspense fallback={<HeadlineRoom />}>
          <Headline unit={unit} />
        </Suspense>
      )}
      <div className="figures">
        <ChartPanel
          title={t('figures.funnel')}
          query={stages}
          says={t('figures.funnelSays', {
            counts: four
              .map((each) => `${each.name} ${seen.includes(each) ? (each.row?.count ?? 0) : t('common.unseen')}`)
              .join(t('common.listSeparator')),
          })}
          rows={stages.data ? four : []}
          sums={together(shownRows)}
          rowKey={(row) => row.stage}
          height={280}
          option={funnelOption(
            seen.map(({ stage, name, row }) => ({
              stage,
              name,
              count: row?.count ?? 0,
              text: `${row?.count ?? 0}  ·  ${yuan(row?.totals.cny ?? 0)}`,
            })),
            colours,
            still,
          )}
          columns={[
            { key: 'stage', title: t('project.stage'), heading: true, render: (row) => row.name },
            {
              key: 'count',
              title: t('home.count'),
              align: 'right',
              render: (row) =>
                seen.includes(row) ? (
                  <span className="num">{row.row?.count ?? 0}</span>
                ) : (
                  <span className="muted">{t('common.unseen')}</span>
                ),
            },
            {
              key: 'totals',
              title: t('project.totalInvestment'),
              align: 'right',
              render: (row) =>
                seen.includes(row) && <TotalsText totals={row.row?.totals ?? { cny: 0, byCurrency: [] }} inline />,
            },
          ]}
        />
        <ChartPanel
          title={t('figures.flow')}
          query={flow}
          says={t('figures.flowSays')}
          rows={passages}
          sums={Object.fromEntries(
            seen.map(({ stage }) => [
              stage,
              <span key={stage} className="num">
                {inOut({
                  entered: passages.reduce((n, row) => n + row.of(stage).entered, 0),
                  left: passages.reduce((n, row) => n + row.of(stage).left, 0),
                })}
              </span>,
            ]),
          )}
          rowKey={(row) => row.name}
          height={280}
          option={barOption({
            categories: passages.map((row) => row.name),
            colours,
            still,
            series: seen.map(({ stage }) => ({
              name: t(`stage.${stage}`),
              values: passages.map((row) => row.of(stage).entered),
              colour: colours.stages[stage] ?? '',
              stack: 'entered',
            })),
          })}
          columns={[
            {
              key: 'month',
              title: t('lists.month'),
              heading: true,
              render: (row) => <span className="num">{row.name}</span>,
            },
            ...seen.map(({ stage }) => ({
              key: stage,
              title: t('figures.inOut', { stage: t(`stage.${stage}`) }),
              align: 'right' as const,
              render: (row: (typeof passages)[number]) => <span className="num">{inOut(row.of(stage))}</span>,
            })),
          ]}
        />
        <ChartPanel
          title={t('figures.divisions')}
          query={divisions}
          height={Math.max(160, Math.min(byDivision.length, MOST_DIVISIONS) * 32 + 10)}
          says={
            byDivision[0]
              ? t('figures.divisionsSays', {
                  name: divisionName(byDivision[0]),
                  amount: yuan(byDivision[0].totals.cny),
                  n: Math.min(byDivision.length, MOST_DIVISIONS),
                })
              : t('figures.none')
          }
          note={
            [
              withoutDivision > 0 && t('figures.divisionsRest', { n: withoutDivision }),
              divisions.data?.inTalks === 'none' && t('map.withoutTalks'),
            ]
              .filter(Boolean)
              .join(' ') || undefined
          }
          rows={divisionRows}
          sums={together(divisionRows)}
          rowKey={(row) => row.key}
          option={barOption({
            categories: byDivision.slice(0, MOST_DIVISIONS).map(divisionName),
            colours,
            still,
            horizontal: true,
            format: yuan,
            series: [
              {
                name: t('project.totalInvestment'),
                values: byDivision.slice(0, MOST_DIVISIONS).map((row) => row.totals.cny),
                colour: colours.blue,
              },
            ],
          })}
          columns={[
            {
              key: 'name',
              title: t('project.industryCode'),
              heading: true,
              render: (row) => (
                <span>
                  <span className="num">{row.key}</span> {divisionName(row)}
                </span>
              ),
            },
            {
              key: 'count',
              title: t('home.count'),
              align: 'right',
              render: (row) => <span className="num">{row.count}</span>,
            },
            {
              key: 'totals',
              title: t('project.totalInvestment'),
              align: 'right',
              render: (row) => <TotalsText totals={row.totals} inline />,
            },
          ]}
        />
        <Panel title={t('map.title')} className="figure">
          <ProblemAlert error={places.error} onRetry={() => void places.refetch()} />
          {places.isPending && <Loading rows={6} />}
          {places.data && <JurisdictionMap rows={places.data.rows} withoutTalks={places.data.inTalks !== 'all'} />}
        </Panel>
        <ChartPanel
          title={t('figures.durations')}
          query={durations}
          says={
            slowest?.standing.medianDays
              ? t('figures.durationsSays', {
                  stage: t(`stage.${slowest.stage}`),
                  days: days(slowest.standing.medianDays),
                })
              : t('figures.durationsNone')
          }
          rows={durations.data ?? []}
          rowKey={(row) => row.stage}
          option={barOption({
            categories: (durations.data ?? []).map((row) => t(`stage.${row.stage}`)),
            colours,
            still,
            format: (n) => days(Math.round(n)),
            series: [
              {
                name: t('figures.leftMedian'),
                values: (durations.data ?? []).map((row) => row.left.medianDays ?? null),
                colour: colours.blue,
              },
              {
                name: t('figures.leftP90'),
                values: (durations.data ?? []).map((row) => row.left.p90Days ?? null),
                colour: colours.grey,
              },
              {
                name: t('figures.standingMedian'),
                values: (durations.data ?? []).map((row) => row.standing.medianDays ?? null),
                colour: colours.stages.started ?? '',
              },
            ],
          })}
          columns={[
            { key: 'stage', title: t('project.stage'), heading: true, render: (row) => t(`stage.${row.stage}`) },
            {
              key: 'left',
              title: t('figures.leftCount'),
              align: 'right',
              render: (row) => <span className="num">{row.left.count}</span>,
            },
            {
              key: 'leftMedian',
              title: t('figures.leftMedian'),
              align: 'right',
              render: (row) => <span className="num">{days(row.left.medianDays)}</span>,
            },
            {
              key: 'leftP90',
              title: t('figures.leftP90'),
              align: 'right',
              render: (row) => <span className="num">{days(row.left.p90Days)}</span>,
            },
            {
              key: 'standing',
              title: t('figures.standingCount'),
              align: 'right',
              render: (row) => <span className="num">{row.standing.count}</span>,
            },
            {
              key: 'standingMedian',
              title: t('figures.standingMedian'),
              align: 'right',
              render: (row) => <span className="num">{days(row.standing.medianDays)}</span>,
            },
            {
              key: 'standingP90',
              title: t('figures.standingP90'),
              align: 'right',
              render: (row) => <span className="num">{days(row.standing.p90Days)}</span>,
            },
          ]}
        />
        {can('read-claims') && (
          <ChartPanel
            title={t('figures.claims')}
            query={claims}
            says={t('figures.claimsSays', { n: claims.data?.at(-1)?.active ?? 0 })}
            rows={
              (claims.data ?? []).some((row) => row.received + row.active + row.converted + row.expired > 0)
                ? (claims.data ?? [])
                : []
            }
            rowKey={(row) => row.name}
            option={barOption({
              categories: (claims.data ?? []).map((row) => row.name),
              colours,
              still,
              series: [
                {
                  name: t('figures.claim.active'),
                  values: (claims.data ?? []).map((row) => row.active),
                  colour: colours.blue,
                  kind: 'line',
                },
                {
                  name: t('figures.claim.converted'),
                  values: (claims.data ?? []).map((row) => row.converted),
                  colour: colours.green,
                  stack: 'ended',
                },
                {
                  name: t('figures.claim.expired'),
                  values: (claims.data ?? []).map((row) => row.expired),
                  colour: colours.amber,
                  stack: 'ended',
                },
                {
                  name: t('figures.claim.released'),
                  values: (claims.data ?? []).map((row) => row.released + row.revoked),
                  colour: colours.grey,
                  stack: 'ended',
                },
              ],
            })}
            columns={[
              {
                key: 'month',
                title: t('lists.month'),
                heading: true,
                render: (row) => <span className="num">{row.name}</span>,
              },
              ...(['received', 'activated', 'converted', 'expired', 'released', 'revoked', 'active'] as const).map(
                (key) => ({
                  key,
                  title: t(`figures.claimColumn.${key}`),
                  align: 'right' as const,
                  render: (row: { [name in typeof key]: number }) => <span className="num">{row[key]}</span>,
                }),
              ),
            ]}
          />
        )}
      </div>
      {can('read-figures') && (
        <Suspense fallback={<Loading rows={6} />}>
          <ForecastPanel unit={unit} />
        </Suspense>
      )}
      {can('read-identity') && (
        <Suspense fallback={<Loading rows={4} />}>
          <IdentityPanel unit={unit} />
        </Suspense>
      )}
    </Page>
  );
}
