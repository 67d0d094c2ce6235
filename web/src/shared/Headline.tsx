import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { body, client } from '@/api/client';
import type { Figure, FigureIndicator } from '@/api/types';
import { monthName, today } from './dates';
import { changeText, indicatorName, percentText, useValueText } from './figures';
import { useLanguage } from './i18n';
import { Panel } from './Page';
import { ProblemAlert } from './ProblemAlert';
import { useMe } from './queries';
import { useUnitName } from './units';
import { HeadlineRoom, MOST_HEADLINES } from './HeadlineRoom';

const EVERY_MINUTE = 60_000;

/** How far the year has come: what counts most, against its target and the same time of last year, and its months. */
export function Headline({ unit: asked, onWall = false }: { unit?: string; onWall?: boolean }) {
  const { t } = useTranslation();
  const unitName = useUnitName();
  const me = useMe();
  // An officer's table is of the own unit alone.
  const unit = asked ?? (me?.role === 'officer' ? me.jurisdiction?.id : undefined);
  const year = today().slice(0, 4);
  const board = useQuery({
    queryKey: ['headline', year],
    queryFn: () => body(client.GET('/api/v1/boards', { params: { query: { period: year } } })),
    ...(onWall && { refetchInterval: EVERY_MINUTE, refetchIntervalInBackground: true }),
  });
  const row = unit ? board.data?.items.find((each) => each.unit?.id === unit) : board.data?.city;
  const shown = chosen(row?.figures ?? [], board.data?.indicators ?? []);
  const ids = shown.map((each) => each.indicator.id);
  const months = useQuery({
    queryKey: ['headline', year, 'months', unit ?? 'city', ids.join()],
    queryFn: () =>
      body(
        client.GET('/api/v1/figures', {
          params: { query: { period: year, by: 'month', indicators: ids.join(), jurisdictionId: unit } },
        }),
      ),
    enabled: ids.length > 0,
  });
  if (board.isPending) return <HeadlineRoom />;
  if (board.data && shown.length === 0) return null;
  const title = t('headline.title', { year, scope: row?.unit ? unitName(row.unit) : t('boards.city') });
  const figures = (
    <>
      <ProblemAlert error={board.error} onRetry={() => void board.refetch()} />
      <ul className="headline">
        {shown.map((each) => (
          <Item
            key={each.indicator.id}
            {...each}
            onWall={onWall}
            months={months.data?.items.filter((item) => item.indicator === each.indicator.id)}
          />
        ))}
      </ul>
    </>
  );
  if (onWall)
    return (
      <section className="headline-wall" aria-label={title}>
        {figures}
      </section>
    );
  return (
    <Panel title={title} extra={<Link to={`/boards?period=${year}`}>{t('headline.all')}</Link>}>
      {figures}
    </Panel>
  );
}

interface Told {
  indicator: FigureIndicator;
  figure: Figure;
}

/** What has a target first, then what has come to something; what nobody knows is not a headline. */
function chosen(figures: readonly Figure[], indicators: readonly FigureIndicator[]): Told[] {
  const known = figures.flatMap((figure) => {
    const indicator = indicators.find((each) => each.id === figure.indicator);
    return indicator && figure.value !== null ? [{ indicator, figure }] : [];
  });
  return [
    ...known.filter((each) => each.figure.target),
    ...known.filter((each) => !each.figure.target && each.figure.value !== 0),
  ].slice(0, MOST_HEADLINES);
}

function Item({ indicator, figure, months, onWall }: Told & { months?: readonly Figure[]; onWall: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const valueText = useValueText();
  const value = figure.cumulative ?? figure.value;
  // On the wall it stands right below the title of the page, elsewhere below that of its panel.
  const Name = onWall ? 'h2' : 'h3';
  return (
    <li>
      <Name className="headline-name">{indicatorName(indicator, language)}</Name>
      <p className="headline-value num">{valueText(value, indicator.unit)}</p>
      <p className="num">
        {figure.target
          ? t('headline.ofTarget', {
              target: valueText(figure.target.value, indicator.unit),
              percent: percentText(figure.completion),
            })
          : t('headline.noTarget')}
      </p>
      {figure.target && (
        <progress
          max={1}
          value={Math.min(1, Number(figure.completion ?? 0))}
          aria-label={t('headline.completion', { name: indicatorName(indicator, language) })}
        />
      )}
      <p className="muted num">
        {figure.yearOnYear === undefined
          ? t('headline.noYearBefore')
          : t('headline.yearOnYear', { percent: changeText(figure.yearOnYear) })}
      </p>
      {months && months.length > 1 && (
        <Months
          values={months.map((month) => ({
            name: monthName(month.of ?? month.period, language),
            value: month.value,
            text: valueText(month.value, indicator.unit) ?? '—',
          }))}
          label={t('headline.months', { name: indicatorName(indicator, language) })}
        />
      )}
    </li>
  );
}

/** The months as small bars; what is not known is a gap. */
function Months({
  values,
  label,
}: {
  values: readonly { name: string; value: number | null; text: string }[];
  label: string;
}) {
  const most = Math.max(...values.map((each) => each.value ?? 0), 0);
  const width = 100 / values.length;
  return (
    <svg
      className="headline-months"
      viewBox="0 0 100 24"
      preserveAspectRatio="none"
      role="img"
      aria-label={`${label}：${values.map((each) => `${each.name} ${each.text}`).join('，')}`}
    >
      {values.map((each, at) => {
        const height = most > 0 && each.value ? Math.max(1, (each.value / most) * 24) : 0;
        return (
          <rect key={each.name} x={at * width + width * 0.15} y={24 - height} width={width * 0.7} height={height}>
            <title>{`${each.name} ${each.text}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}
