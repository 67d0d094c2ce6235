import { DesktopOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Board, BoardRow, Figure, FigureIndicator } from '@/api/types';
import { DataTable } from '@/shared/DataTable';
import { today } from '@/shared/dates';
import { Filter } from '@/shared/Filter';
import { useLanguage } from '@/shared/i18n';
import { LinkButton } from '@/shared/LinkButton';
import { Empty, Loading, Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ProofLine } from '@/shared/ProofLine';
import { useMe } from '@/shared/queries';
import { useUnitName } from '@/shared/units';
import { useUrlState } from '@/shared/urlState';
import { When } from '@/shared/When';
import { indicatorName, percentText, pointsText, useValueText } from '@/shared/figures';
import { boardQuery, closedPeriodsQuery, GROUPS, type Group } from './queries';
import './boards.css';

const Explanation = lazy(async () => ({ default: (await import('./Explanation')).Explanation }));

const KEYS = ['period', 'group', 'indicator', 'unit', 'of', 'snapshot'] as const;

/** The years, quarters and months that can be asked for, the newest first. */
export function boardPeriods(): string[] {
  const now = today();
  const year = Number(now.slice(0, 4));
  return [year, year - 1, year - 2].flatMap((each) => [
    String(each),
    ...[4, 3, 2, 1]
      .map((quarter) => `${each}-Q${quarter}`)
      .filter((text) => each < year || Number(text[6]) <= Math.ceil(Number(now.slice(5, 7)) / 3)),
    ...Array.from({ length: 12 }, (_, at) => `${each}-${String(12 - at).padStart(2, '0')}`).filter(
      (month) => month <= now.slice(0, 7),
    ),
  ]);
}

/** How units stand to their targets; every figure opens to what it is made of. */
export function BoardPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const unit = useUnitName();
  const me = useMe();
  const { values, change } = useUrlState(KEYS);
  const group = GROUPS.find((each) => each === values.group);
  const query = useQuery(
    boardQuery({ period: values.period, group, indicator: values.indicator, snapshot: values.snapshot }),
  );
  const board = query.data;
  const periods = useQuery(closedPeriodsQuery).data ?? [];
  // Of closed periods a unit reads the others as totals.
  const own = me?.role === 'officer' && board?.snapshotId === undefined;
  const opened = board?.indicators.find((each) => each.id === values.of);
  return (
    <Page
      title={t('boards.title')}
      lead={own ? t('boards.leadOwn') : t('boards.lead')}
      wide
      actions={
        <LinkButton
          to={wallAddress(values.period, group, values.indicator, values.snapshot)}
          icon={<DesktopOutlined aria-hidden />}
        >
          {t('boards.wall')}
        </LinkButton>
      }
    >
      <div className="filters" role="search" aria-label={t('lists.filters')}>
        <Filter id="board-period" label={t('boards.period')}>
          <Select
            id="board-period"
            showSearch
            popupMatchSelectWidth={false}
            value={values.period ?? (values.snapshot && board ? board.period : '')}
            onChange={(next: string) => change({ period: next || undefined, of: undefined, snapshot: undefined })}
            options={[
              { value: '', label: t('boards.latest') },
              ...boardPeriods().map((each) => ({
                value: each,
                label: periods.some((one) => one.period === each && one.snapshotId)
                  ? t('boards.closedPeriod', { period: each })
                  : each,
              })),
            ]}
          />
        </Filter>
        {!own && (
          <Filter id="board-group" label={t('boards.group')}>
            <Select
              id="board-group"
              popupMatchSelectWidth={false}
              value={group ?? ''}
              onChange={(next: string) => change({ group: next || undefined })}
              options={[
                { value: '', label: t('boards.all') },
                ...GROUPS.map((each) => ({ value: each, label: t(`boards.groupOf.${each}`) })),
              ]}
            />
          </Filter>
        )}
        {!own && board && board.indicators.length > 1 && (
          <Filter id="board-indicator" label={t('boards.sort')}>
            <Select
              id="board-indicator"
              popupMatchSelectWidth={false}
              value={board.indicator}
              onChange={(next: string) => change({ indicator: next })}
              options={board.indicators.map((each) => ({ value: each.id, label: indicatorName(each, language) }))}
            />
          </Filter>
        )}
      </div>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={8} />}
      {board && <Notes board={board} />}
      {board && board.indicators.length === 0 && <Empty title={t('boards.empty')}>{t('boards.emptyHint')}</Empty>}
      {board && board.indicators.length > 0 && (
        <DataTable<BoardRow>
          caption={t('boards.title')}
          rows={[...(board.city ? [board.city] : []), ...board.items]}
          rowKey={(row) => row.unit?.id ?? 'city'}
          busy={query.isPlaceholderData}
          columns={[
            {
              key: 'unit',
              title: t('boards.unit'),
              heading: true,
              render: (row) => (
                <span className="board-unit">{row.unit ? unit(row.unit) : <strong>{t('boards.city')}</strong>}</span>
              ),
            },
            ...(own
              ? []
              : [
                  {
                    key: 'rank',
                    title: t('boards.rank'),
                    align: 'right' as const,
                    render: (row: BoardRow) => row.rank !== undefined && <Place row={row} />,
                  },
                ]),
            ...board.indicators.map((indicator, at) => ({
              key: indicator.id,
              title: indicatorName(indicator, language),
              align: 'right' as const,
              render: (row: BoardRow) =>
                row.figures[at] && (
                  <Cell
                    figure={row.figures[at]}
                    indicator={indicator}
                    label={t('boards.open', {
                      unit: row.unit ? unit(row.unit) : t('boards.city'),
                      indicator: indicatorName(indicator, language),
                    })}
                    period={board.period}
                    onOpen={() => change({ of: indicator.id, unit: row.unit?.id ?? 'city' })}
                  />
                ),
            })),
          ]}
        />
      )}
      {board && opened && values.unit && (
        <Suspense fallback={null}>
          <Explanation
            indicator={opened}
            period={board.period}
            snapshot={board.snapshotId}
            unit={values.unit}
            name={
              values.unit === 'city'
                ? t('boards.city')
                : unit(board.items.find((row) => row.unit?.id === values.unit)?.unit ?? { id: values.unit, name: '' })
            }
            onClose={() => change({ of: undefined, unit: undefined })}
          />
        </Suspense>
      )}
    </Page>
  );
}

function wallAddress(period?: string, group?: Group, indicator?: string, snapshot?: string): string {
  const query = new URLSearchParams(
    Object.entries({ period, group, indicator, snapshot }).filter(
      (pair): pair is [string, string] => pair[1] !== undefined,
    ),
  ).toString();
  return query ? `/boards/wall?${query}` : '/boards/wall';
}

/** What has to be known to read the table rightly. */
export function Notes({ board }: { board: Board }) {
  const { t } = useTranslation();
  const valueText = useValueText();
  const language = useLanguage();
  const doubled = (board.doubleCounted ?? []).flatMap((each) => {
    const indicator = board.indicators.find((one) => one.id === each.indicator);
    return indicator ? [`${indicatorName(indicator, language)} ${valueText(each.value, indicator.unit) ?? ''}`] : [];
  });
  return (
    <>
      <p className="hint">
        <strong className="num">{board.period}</strong> ·{' '}
        {t('boards.months', { count: board.monthsOver, share: percentText(board.monthsOver / 12) })} ·{' '}
        <When at={board.madeAt} />
        {board.snapshotId && ` · ${t('boards.snapshot')}`}
        {board.withoutSecret && ` · ${t('boards.withoutSecret')}`}
      </p>
      {board.incomplete && <p role="status">{t('boards.incomplete')}</p>}
      <ProofLine proof={board.proof} />
      {doubled.length > 0 && (
        <p className="hint">{t('boards.doubleHint', { list: doubled.join(language === 'en' ? '; ' : '；') })}</p>
      )}
    </>
  );
}

/** A place, and how it moved since the last closed month, or the last one that is over. */
export function Place({ row }: { row: Pick<BoardRow, 'rank' | 'movement'> }) {
  const { t } = useTranslation();
  const moved = row.movement ?? 0;
  const words =
    row.movement === undefined
      ? undefined
      : moved > 0
        ? t('boards.movedUp', { count: moved })
        : moved < 0
          ? t('boards.movedDown', { count: -moved })
          : t('boards.stayed');
  return (
    <span className="board-place nowrap">
      <strong className="num">{row.rank}</strong>
      {words && (
        <span className={moved > 0 ? 'board-up' : moved < 0 ? 'board-down' : 'board-same'} title={words}>
          <span aria-hidden>{moved > 0 ? `▲${moved}` : moved < 0 ? `▼${-moved}` : '–'}</span>
          <span className="visually-hidden">{words}</span>
        </span>
      )}
    </span>
  );
}

/** One figure: what was reached, how far that is, and how it stands to the calendar. */
function Cell({
  figure,
  indicator,
  label,
  period,
  onOpen,
}: {
  figure: Figure;
  indicator: FigureIndicator;
  label: string;
  period: string;
  onOpen: () => void;
}) {
  const { t } = useTranslation();
  const valueText = useValueText();
  const value = valueText(figure.cumulative ?? figure.value, indicator.unit);
  const pace = figure.pace === undefined ? null : Number(figure.pace);
  return (
    <div className="board-cell">
      {figure.explain ? (
        <Button type="link" size="small" className="board-open" aria-label={label} onClick={onOpen}>
          <span className="num">{value ?? t('boards.unknown')}</span>
        </Button>
      ) : (
        <span className="num">{value ?? t('boards.unknown')}</span>
      )}
      {period.length > 4 && figure.value !== null && figure.value !== figure.cumulative && (
        <span className="hint num nowrap">
          {t('boards.inPeriod', { value: valueText(figure.value, indicator.unit) ?? '' })}
        </span>
      )}
      {figure.adjusting !== undefined && (
        <span className="hint num nowrap">
          {t('boards.adjusting', { value: valueText(figure.adjusting, indicator.unit) ?? '' })}
        </span>
      )}
      <span className="hint num nowrap">
        {figure.target
          ? t('boards.target', { value: valueText(figure.target.value, indicator.unit) ?? '' })
          : t('boards.noTarget')}
      </span>
      {figure.completion !== undefined && (
        <span className="num nowrap">
          {percentText(figure.completion)}{' '}
          <span className={pace !== null && pace < 0 ? 'board-behind' : 'board-ahead'}>{pointsText(figure.pace)}</span>
        </span>
      )}
      {figure.unknown !== undefined && value !== null && (
        <span className="hint">{t('boards.leftOut', { count: figure.unknown })}</span>
      )}
      {figure.undecided !== undefined && (
        <span className="hint">{t('boards.undecided', { count: figure.undecided })}</span>
      )}
    </div>
  );
}
