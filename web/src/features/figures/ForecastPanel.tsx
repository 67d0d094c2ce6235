import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { DataTable } from '@/shared/DataTable';
import { useStill } from '@/shared/media';
import { ChartPanel } from './ChartPanel';
import { barOption, coloursNow } from './options';
import { forecastQuery } from './queries';

/** How many projects are expected to land in the next months, by which method, and how wrong it was before. */
export function ForecastPanel({ unit }: { unit: string | undefined }) {
  const { t } = useTranslation();
  const still = useStill();
  const colours = coloursNow();
  const query = useQuery(forecastQuery(unit));
  const forecast = query.data;
  const months = forecast?.items ?? [];
  const says = !forecast
    ? ''
    : !forecast.madeAt
      ? t('forecast.uncounted')
      : months.length === 0
        ? t('forecast.unknown')
        : t('forecast.says', {
            months: months.length,
            count: Math.round(months.reduce((sum, month) => sum + month.expected, 0)),
          });
  const notes = forecast?.madeAt && [
    months.length > 0 && t('forecast.method', { open: forecast.open }),
    forecast.unknownBeginning > 0 && t('forecast.left', { count: forecast.unknownBeginning }),
    forecast.withoutSecret && t('forecast.withoutSecret'),
  ];
  return (
    <ChartPanel
      title={t('forecast.title')}
      says={says}
      query={query}
      rows={months}
      rowKey={(month) => month.month}
      height={260}
      saysNothing
      option={barOption({
        categories: months.map((month) => month.month),
        colours,
        still,
        series: [
          {
            name: t('forecast.atHand'),
            values: months.map((month) => Number((month.expected - month.fromNewcomers).toFixed(1))),
            colour: colours.blue,
            stack: 'expected',
          },
          {
            name: t('forecast.newcomers'),
            values: months.map((month) => month.fromNewcomers),
            colour: colours.grey,
            stack: 'expected',
          },
        ],
      })}
      columns={[
        {
          key: 'month',
          title: t('forecast.month'),
          heading: true,
          render: (month) => <span className="num">{month.month}</span>,
        },
        {
          key: 'expected',
          title: t('forecast.expected'),
          align: 'right',
          render: (month) => <span className="num">{month.expected.toFixed(1)}</span>,
        },
        {
          key: 'range',
          title: t('forecast.range'),
          align: 'right',
          render: (month) => (
            <span className="num nowrap">{t('forecast.rangeOf', { low: month.low, high: month.high })}</span>
          ),
        },
        {
          key: 'newcomers',
          title: t('forecast.newcomers'),
          align: 'right',
          render: (month) => <span className="num">{month.fromNewcomers.toFixed(1)}</span>,
        },
      ]}
    >
      {notes && <p className="hint">{notes.filter(Boolean).join(' ')}</p>}
      {forecast && months.length > 0 && (
        <>
          <p className="hint">
            {forecast.error === undefined
              ? t('forecast.pastNone')
              : t('forecast.pastError', { error: `${(Number(forecast.error) * 100).toFixed(0)}%` })}
          </p>
          {forecast.past.length > 0 && (
            <DataTable
              caption={t('forecast.past')}
              rows={forecast.past}
              rowKey={(past) => past.from}
              columns={[
                {
                  key: 'from',
                  title: t('forecast.from'),
                  heading: true,
                  render: (past) => <span className="num nowrap">{`${past.from} – ${past.to}`}</span>,
                },
                {
                  key: 'would',
                  title: t('forecast.would'),
                  align: 'right',
                  render: (past) => <span className="num">{past.expected.toFixed(1)}</span>,
                },
                {
                  key: 'landed',
                  title: t('forecast.landed'),
                  align: 'right',
                  render: (past) => <span className="num">{past.landed}</span>,
                },
              ]}
            />
          )}
        </>
      )}
    </ChartPanel>
  );
}
