import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ExplainedPart, ScoreGap } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { Filter } from '@/shared/Filter';
import { useLanguage } from '@/shared/i18n';
import { Loading, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useUnitName } from '@/shared/units';
import { indicatorName, markText, percentText, pointsText, useValueText, weightText } from '@/shared/figures';
import { scoreExplanationQuery, scoreGapQuery } from './queries';

interface Props {
  model: string;
  period: string;
  unit: { id: string; name: string };
  /** How many places the group has; 0 for who sees none. */
  places: number;
  onClose: () => void;
}

/** The score of a unit, opened: how each item comes about, and what is missing. */
export function ScorePanel({ model, period, unit, places, onClose }: Props) {
  const { t } = useTranslation();
  const name = useUnitName()(unit);
  const query = useQuery(scoreExplanationQuery(unit.id, { model, period }));
  const told = query.data;
  const box = useRef<HTMLDivElement>(null);
  // It opens below a long table: whoever opened it is taken there.
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'start' });
  }, []);
  const title = t('scores.explanation', { unit: name, period });
  return (
    <div ref={box} className="board-explanation">
      <Panel title={title} extra={<Button onClick={onClose}>{t('common.close')}</Button>}>
        <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
        {query.isPending && <Loading rows={6} />}
        {told && (
          <>
            <Lines lines={told.formula} />
            <Parts caption={title} parts={[...told.items, ...told.bonuses, ...told.deductions]} />
            {told.bonuses.map(
              (bonus) =>
                bonus.projects &&
                bonus.projects.length > 0 && <BonusProjects key={bonus.part.id} projects={bonus.projects} />,
            )}
          </>
        )}
      </Panel>
      <Gap model={model} period={period} unit={unit.id} places={places} />
    </div>
  );
}

function Lines({ lines }: { lines: string[] }) {
  return (
    <ul className="board-formula">
      {lines.map((line) => (
        <li key={line} className="num">
          {line}
        </li>
      ))}
    </ul>
  );
}

function Parts({ caption, parts }: { caption: string; parts: ExplainedPart[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <DataTable<ExplainedPart>
      caption={caption}
      rows={parts}
      rowKey={(row) => row.part.id}
      columns={[
        {
          key: 'item',
          title: t('scores.item'),
          heading: true,
          render: (row) => `${indicatorName(row.part, language)} (${weightText(row.part.weight)})`,
        },
        {
          key: 'score',
          title: t('scores.score'),
          align: 'right',
          render: (row) =>
            row.part.score !== undefined ? (
              <span className="num">{markText(row.part.score)}</span>
            ) : (
              <span className="hint">{row.part.notScored && t(`scores.notScored.${row.part.notScored}`)}</span>
            ),
        },
        { key: 'how', title: t('scores.how'), render: (row) => <Lines lines={row.formula} /> },
        {
          key: 'figures',
          title: t('scores.figure'),
          render: (row) =>
            row.part.terms.map((term) => (
              <div key={term.indicator}>
                <Link to={figureAddress(term.explain)}>
                  {indicatorName({ name: term.name ?? term.indicator, nameEn: term.nameEn }, language)}
                </Link>
              </div>
            )),
        },
      ]}
    />
  );
}

/** The page on which a figure opens. */
function figureAddress(explain: string): string {
  const asked = new URL(explain, window.location.origin).searchParams;
  const query = new URLSearchParams({
    period: asked.get('period') ?? '',
    indicator: asked.get('indicator') ?? '',
    of: asked.get('indicator') ?? '',
    unit: asked.get('jurisdictionId') ?? '',
  });
  return `/boards?${query.toString()}`;
}

function BonusProjects({ projects }: { projects: NonNullable<ExplainedPart['projects']> }) {
  const { t } = useTranslation();
  const valueText = useValueText();
  return (
    <DataTable
      caption={t('scores.projects')}
      rows={projects}
      rowKey={(row) => row.id}
      columns={[
        {
          key: 'project',
          title: t('scores.projects'),
          heading: true,
          render: (row) => <Link to={`/projects/${row.id}`}>{row.name}</Link>,
        },
        {
          key: 'total',
          title: t('scores.totalInvestment'),
          align: 'right',
          render: (row) => <span className="num nowrap">{valueText(row.total, 'cny') ?? t('boards.unknown')}</span>,
        },
        {
          key: 'invested',
          title: t('scores.invested'),
          align: 'right',
          render: (row) => <span className="num nowrap">{valueText(row.invested, 'cny') ?? t('boards.unknown')}</span>,
        },
        {
          key: 'points',
          title: t('scores.points'),
          align: 'right',
          render: (row) =>
            row.points === undefined ? (
              <span className="hint">{t('boards.unknown')}</span>
            ) : (
              <span className="num">{markText(row.points)}</span>
            ),
        },
      ]}
    />
  );
}

/** What is missing to the targets, the bar or a place, and which own projects would do it. */
function Gap({ model, period, unit, places }: { model: string; period: string; unit: string; places: number }) {
  const { t } = useTranslation();
  const [to, setTo] = useState('target');
  const query = useQuery(scoreGapQuery(unit, { model, period, to }));
  const told = query.data;
  return (
    <Panel title={t('scores.gap')}>
      <div className="filters">
        <Filter id="gap-to" label={t('scores.gapTo')}>
          <Select
            id="gap-to"
            popupMatchSelectWidth={false}
            value={to}
            onChange={setTo}
            options={[
              { value: 'target', label: t('scores.gapToOf.target') },
              { value: 'bar', label: t('scores.gapToOf.bar') },
              ...Array.from({ length: places }, (_, at) => ({
                value: `rank:${at + 1}`,
                label: t('scores.gapRank', { place: at + 1 }),
              })),
            ]}
          />
        </Filter>
      </div>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={3} />}
      {told && (
        <>
          {told.to === 'bar' && told.overall !== undefined && (
            <p>{t('scores.gapBar', { overall: percentText(told.overall), bar: percentText(told.bar) })}</p>
          )}
          <p role="status">
            {told.to === 'target'
              ? told.items.length === 0 && t('scores.gapNone')
              : told.missing === undefined
                ? t('scores.gapUnknown')
                : Number(told.missing) === 0
                  ? t('scores.gapReached')
                  : told.to === 'bar'
                    ? t('scores.gapBarMissing', { missing: pointsText(told.missing).replace('+', '') })
                    : t('scores.gapRankMissing', {
                        total: markText(told.total),
                        needed: markText(told.needed),
                        missing: markText(Number(told.missing)),
                      })}
          </p>
          {told.items.length > 0 && <Ways ways={told.items} />}
        </>
      )}
    </Panel>
  );
}

function Ways({ ways }: { ways: ScoreGap[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const valueText = useValueText();
  return (
    <DataTable<ScoreGap>
      caption={t('scores.gap')}
      rows={ways}
      rowKey={(row) => row.indicator}
      columns={[
        {
          key: 'indicator',
          title: t('scoreModels.source'),
          heading: true,
          render: (row) => indicatorName({ name: row.name ?? row.indicator, nameEn: row.nameEn }, language),
        },
        {
          key: 'missing',
          title: t('scores.missing'),
          align: 'right',
          render: (row) => <span className="num nowrap">{valueText(row.missing, row.unit)}</span>,
        },
        {
          key: 'gain',
          title: t('scores.gain'),
          align: 'right',
          render: (row) => <span className="num">{markText(row.gain)}</span>,
        },
        {
          key: 'projects',
          title: t('scores.would'),
          render: (row) =>
            row.projects.length === 0 ? (
              <span className="hint">{t('scores.wouldNone')}</span>
            ) : (
              <ul className="board-formula">
                {row.projects.map((project) => (
                  <li key={project.id}>
                    <Link to={`/projects/${project.id}`}>{project.name}</Link>{' '}
                    <span className="hint">
                      {t('scores.adds', {
                        stage: t(`stage.${project.stage}`),
                        needs: t(`scores.needsOf.${project.needs}`),
                        adds: valueText(project.adds, row.unit) ?? t('boards.unknown'),
                      })}
                    </span>
                  </li>
                ))}
                {row.projectsTotal > row.projects.length && (
                  <li className="hint">
                    {t('scores.wouldMore', { count: row.projectsTotal, shown: row.projects.length })}
                  </li>
                )}
              </ul>
            ),
        },
      ]}
    />
  );
}
