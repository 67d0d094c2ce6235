import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Score, ScoredPart, ScoreTotal } from '@/api/types';
import { DataTable, type Column } from '@/shared/DataTable';
import { ExportMenu } from '@/shared/ExportMenu';
import { Filter } from '@/shared/Filter';
import { useLanguage } from '@/shared/i18n';
import { LinkButton } from '@/shared/LinkButton';
import { Empty, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useMe } from '@/shared/queries';
import { useUnitName } from '@/shared/units';
import { useUrlState } from '@/shared/urlState';
import { When } from '@/shared/When';
import { boardPeriods, Place } from './BoardPage';
import { indicatorName, markText, percentText, weightText } from '@/shared/figures';
import { scoresQuery } from './queries';
import './boards.css';

const ScorePanel = lazy(async () => ({ default: (await import('./ScorePanel')).ScorePanel }));

const KEYS = ['period', 'group', 'unit'] as const;

/** What units score by the published model, group by group; every score opens to how it comes about. */
export function ScoresPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const unit = useUnitName();
  const me = useMe();
  const { values, change } = useUrlState(KEYS);
  const query = useQuery(scoresQuery({ period: values.period, group: values.group }));
  const page = query.data;
  const own = me?.role === 'officer';
  const opened = page?.items.find((each) => each.unit.id === values.unit);
  const part = (title: string, key: string, of: (row: Score) => ScoredPart[]): Column<Score> => ({
    key,
    title,
    align: 'right',
    render: (row) => <Part parts={of(row)} />,
  });
  const columns = (group: Score[]): Column<Score>[] => {
    const first = group[0];
    if (!first) return [];
    return [
      {
        key: 'unit',
        title: t('scores.unit'),
        heading: true,
        render: (row) => <span className="board-unit">{unit(row.unit)}</span>,
      },
      ...(own
        ? []
        : [
            {
              key: 'rank',
              title: t('scores.rank'),
              align: 'right' as const,
              render: (row: Score) =>
                row.rank === undefined ? (
                  <span className="hint" title={t('scores.notRankedHint')}>
                    {t('scores.notRanked')}
                  </span>
                ) : (
                  <Place row={row} />
                ),
            },
          ]),
      {
        key: 'total',
        title: t('scores.total'),
        align: 'right',
        render: (row) => (
          <span className="board-cell">
            <Button
              type="link"
              size="small"
              className="board-open"
              aria-label={t('scores.open', { unit: unit(row.unit) })}
              onClick={() => change({ unit: row.unit.id })}
            >
              <span className="num">{markText(row.total)}</span>
            </Button>
            {row.reminderTalk && <span className="board-behind nowrap">{t('scores.reminder')}</span>}
            {!row.complete && page && (
              <span className="hint nowrap">
                {t('scores.outOf', { scored: weightText(row.outOf), full: weightText(page.fullMark) })}
              </span>
            )}
          </span>
        ),
      },
      ...first.items.map((item, at) =>
        part(`${indicatorName(item, language)} (${weightText(item.weight)})`, item.id, (row) =>
          row.items.slice(at, at + 1),
        ),
      ),
      ...(first.bonuses.length > 0 ? [part(t('scores.bonuses'), 'bonuses', (row) => row.bonuses)] : []),
      ...(first.deductions.length > 0 ? [part(t('scores.deductions'), 'deductions', (row) => row.deductions)] : []),
      ...(first.bars
        ? [
            {
              key: 'bars',
              title: t('scores.bars'),
              align: 'right' as const,
              render: (row: Score) => (
                <span className="board-cell">
                  <span className="num">{percentText(row.bars?.overall)}</span>
                  {row.bars?.notExcellent && <span className="board-behind">{t('scores.notExcellent')}</span>}
                </span>
              ),
            },
          ]
        : []),
    ];
  };
  return (
    <Page
      title={t('scores.title')}
      lead={own ? t('scores.leadOwn') : t('scores.lead')}
      wide
      actions={
        <>
          <LinkButton to="/score-models">{t('scores.models')}</LinkButton>
          {page?.model && (
            <ExportMenu
              name="scores"
              label={t('scores.export')}
              query={() => {
                const query = new URLSearchParams({ model: page.model?.id ?? '', period: page.period });
                if (values.group) query.set('group', values.group);
                return query;
              }}
            />
          )}
        </>
      }
    >
      <div className="filters" role="search" aria-label={t('lists.filters')}>
        <Filter id="scores-period" label={t('scores.period')}>
          <Select
            id="scores-period"
            showSearch
            popupMatchSelectWidth={false}
            value={values.period ?? ''}
            onChange={(next: string) => change({ period: next || undefined, group: undefined })}
            options={[
              { value: '', label: t('scores.latest') },
              ...boardPeriods().map((each) => ({ value: each, label: each })),
            ]}
          />
        </Filter>
        {!own && page && page.groups.length > 1 && (
          <Filter id="scores-group" label={t('scores.group')}>
            <Select
              id="scores-group"
              popupMatchSelectWidth={false}
              value={values.group ?? ''}
              onChange={(next: string) => change({ group: next || undefined })}
              options={[
                { value: '', label: t('scores.allGroups') },
                ...page.groups.map((each) => ({ value: each.id, label: indicatorName(each, language) })),
              ]}
            />
          </Filter>
        )}
      </div>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={8} />}
      {page?.model && (
        <p className="hint">
          <strong className="num">{page.period}</strong> ·{' '}
          {t('scores.model', { name: indicatorName(page.model, language), number: page.model.modelVersion })} ·{' '}
          <When at={page.madeAt} />
          {page.withoutSecret && ` · ${t('boards.withoutSecret')}`}
        </p>
      )}
      {page?.incomplete && <p role="status">{t('boards.incomplete')}</p>}
      {page && page.items.length === 0 && <Empty title={t('scores.empty')}>{t('scores.emptyHint')}</Empty>}
      {page?.groups.map((group) => {
        const rows = page.items.filter((row) => row.group === group.id);
        return (
          rows.length > 0 && (
            <Panel key={group.id} title={indicatorName(group, language)}>
              <DataTable<Score>
                caption={indicatorName(group, language)}
                rows={rows}
                rowKey={(row) => row.unit.id}
                busy={query.isPlaceholderData}
                columns={columns(rows)}
              />
            </Panel>
          )
        );
      })}
      {page?.comparison && page.comparison.length > 0 && (
        <Panel title={t('scores.comparison')}>
          <p className="hint">{t('scores.comparisonHint')}</p>
          <DataTable<ScoreTotal>
            caption={t('scores.comparison')}
            rows={page.comparison}
            rowKey={(row) => row.unit.id}
            columns={[
              { key: 'unit', title: t('scores.unit'), heading: true, render: (row) => unit(row.unit) },
              {
                key: 'group',
                title: t('scores.group'),
                render: (row) => {
                  const group = page.groups.find((each) => each.id === row.group);
                  return group ? indicatorName(group, language) : row.group;
                },
              },
              {
                key: 'rank',
                title: t('scores.rank'),
                align: 'right',
                render: (row) => (row.rank === undefined ? t('scores.notRanked') : <Place row={row} />),
              },
              {
                key: 'total',
                title: t('scores.total'),
                align: 'right',
                render: (row) => (
                  <span className="num nowrap">
                    {markText(row.total)}
                    {!row.complete &&
                      ` · ${t('scores.outOf', { scored: weightText(row.outOf), full: weightText(page.fullMark) })}`}
                  </span>
                ),
              },
            ]}
          />
        </Panel>
      )}
      {page?.model && opened && (
        <Suspense fallback={null}>
          <ScorePanel
            key={opened.unit.id}
            model={page.model.id}
            period={page.period}
            unit={opened.unit}
            places={own ? 0 : page.items.filter((row) => row.group === opened.group).length}
            onClose={() => change({ unit: undefined })}
          />
        </Suspense>
      )}
    </Page>
  );
}

/** What some parts of a score come to; what is not scored says why. */
function Part({ parts }: { parts: ScoredPart[] }) {
  const { t } = useTranslation();
  const scored = parts.filter((part) => part.score !== undefined);
  const why = parts.find((part) => part.notScored !== undefined)?.notScored;
  const unknown = parts.reduce((sum, part) => sum + (part.unknown ?? 0), 0);
  return (
    <span className="board-cell">
      {scored.length > 0 ? (
        <span className="num">{markText(scored.reduce((sum, part) => sum + (part.score ?? 0), 0))}</span>
      ) : (
        <span className="hint nowrap">{why ? t(`scores.notScored.${why}`) : '—'}</span>
      )}
      {unknown > 0 && scored.length > 0 && (
        <span className="hint">{t('scores.unknownLeftOut', { count: unknown })}</span>
      )}
    </span>
  );
}
