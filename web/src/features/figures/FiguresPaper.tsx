import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SummaryRow } from '@/api/types';
import { useLanguage } from '@/shared/i18n';
import { useMoneyText } from '@/shared/Amount';
import { Loading } from '@/shared/Page';
import { Paper } from '@/shared/Paper';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useUrlState } from '@/shared/urlState';
import { divisionsQuery, placesQuery, stagesQuery } from './queries';

const FOUR = ['in-talks', 'signed', 'registered', 'started'] as const;

/** The figures on paper: the four lists, the units, the branches, each with its sum; what may not be counted is said. */
export function FiguresPaper() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { powers } = useMoneyText();
  const { values } = useUrlState(['jurisdiction'] as const);
  const stages = useQuery(stagesQuery(values.jurisdiction));
  const divisions = useQuery(divisionsQuery(values.jurisdiction, language));
  const places = useQuery(placesQuery);
  const error = stages.error ?? divisions.error ?? places.error;
  const ready = Boolean(stages.data && divisions.data && places.data);
  const four = FOUR.map((stage) => ({
    label: t(`stage.${stage}`),
    row: stages.data?.rows.find((row) => row.key === stage),
    unseen: stage === 'in-talks' && stages.data?.inTalks !== 'all',
  }));
  return (
    <Paper title={t('figures.title')} unit={t(`unit.${powers[0] ?? 8}`, { currency: t('currency.CNY') })} ready={ready}>
      <ProblemAlert error={error} />
      {!ready && !error && <Loading rows={8} />}
      {stages.data && <Sums title={t('figures.funnel')} head={t('project.stage')} rows={four} />}
      {places.data && (
        <Sums
          title={t('map.title')}
          head={t('project.jurisdiction')}
          note={places.data.inTalks === 'all' ? undefined : t('map.withoutTalks')}
          rows={places.data.rows.map((row) => ({ label: row.label, row }))}
        />
      )}
      {divisions.data && (
        <Sums
          title={t('figures.divisions')}
          head={t('project.industryCode')}
          note={divisions.data.inTalks === 'none' ? t('map.withoutTalks') : undefined}
          rows={divisions.data.rows.map((row) => ({
            label: row.key ? `${row.key} ${row.label}` : t('figures.noDivision'),
            row,
          }))}
        />
      )}
    </Paper>
  );
}

function Sums({
  title,
  head,
  note,
  rows,
}: {
  title: string;
  head: string;
  note?: string;
  rows: { label: string; row: SummaryRow | undefined; unseen?: boolean }[];
}) {
  const { t } = useTranslation();
  const { powers } = useMoneyText();
  const size = 10 ** (powers[0] ?? 8);
  const figure = (cny: number) =>
    (cny / size).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const seen = rows.filter((each) => !each.unseen);
  const left = seen.reduce((n, each) => n + (each.row?.totals.leftOut?.count ?? 0), 0);
  return (
    <section>
      <h3>{title}</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('paper.number')}</th>
            <th scope="col">{head}</th>
            <th scope="col">{t('home.count')}</th>
            <th scope="col">{t('project.totalInvestment')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((each, i) => (
            <tr key={each.label}>
              <td className="centre">{i + 1}</td>
              <td>{each.label}</td>
              <td className="right">{each.unseen ? t('common.unseen') : (each.row?.count ?? 0)}</td>
              <td className="right">{each.unseen ? t('common.unseen') : figure(each.row?.totals.cny ?? 0)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              {t('paper.total')}
            </th>
            <td className="right">{seen.reduce((n, each) => n + (each.row?.count ?? 0), 0)}</td>
            <td className="right">{figure(seen.reduce((n, each) => n + (each.row?.totals.cny ?? 0), 0))}</td>
          </tr>
        </tfoot>
      </table>
      {note && <p>{note}</p>}
      {left > 0 && <p>{t('paper.uncounted', { n: left })}</p>}
    </section>
  );
}
