import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Board } from '@/api/types';
import { Headline } from '@/shared/Headline';
import { useLanguage } from '@/shared/i18n';
import { Modal } from '@/shared/Modal';
import { Loading } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useUnitName } from '@/shared/units';
import { useUrlState } from '@/shared/urlState';
import { When } from '@/shared/When';
import { Place } from './BoardPage';
import { indicatorName, percentText, pointsText, useValueText } from '@/shared/figures';
import { boardQuery, GROUPS } from './queries';
import './boards.css';

const EVERY_MINUTE = 60_000;

/** So long each screen stands before the next one comes by itself, in milliseconds. */
export const EACH_SCREEN = 20_000;

const KEYS = ['period', 'group', 'indicator', 'snapshot'] as const;

/** The year on the wall, to be read from five metres: its headline, then the league table of each indicator. Screens follow each other by themselves; arrows go on or back, the space bar pauses. */
export function BoardWall() {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const { values, change } = useUrlState(KEYS);
  const group = GROUPS.find((each) => each === values.group);
  const query = useQuery({
    ...boardQuery({ period: values.period, group, indicator: values.indicator, snapshot: values.snapshot }),
    refetchInterval: EVERY_MINUTE,
    refetchIntervalInBackground: true,
  });
  const board = query.data;
  const [paused, setPaused] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  // The headline is of the running year: a wall of another time or of a state that was kept has the tables alone.
  const headed = values.period === undefined && values.snapshot === undefined;
  const indicators = board?.indicators ?? [];
  const tables = indicators.map((each) => each.id);
  const screens = headed ? ['', ...tables] : tables;
  const at = Math.max(0, screens.indexOf(values.indicator ?? (headed ? '' : (board?.indicator ?? ''))));
  const column = indicators.findIndex((each) => each.id === screens[at]);
  const indicator = indicators[column];
  const leave = useCallback(() => void navigate('/boards'), [navigate]);
  const next = screens[(at + 1) % screens.length];
  const before = screens[(at + screens.length - 1) % screens.length];
  const show = useCallback(
    (screen: string | undefined) => change({ indicator: screen || undefined }, { replace: true }),
    [change],
  );
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'ArrowRight' || event.key === 'PageDown') show(next);
      else if (event.key === 'ArrowLeft' || event.key === 'PageUp') show(before);
      else if (event.key === ' ' && !(event.target instanceof HTMLButtonElement)) setPaused((now) => !now);
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [show, next, before]);
  useEffect(() => {
    if (paused || screens.length < 2) return;
    const turn = window.setTimeout(() => show(next), EACH_SCREEN);
    return () => window.clearTimeout(turn);
  }, [paused, screens.length, show, next]);
  useEffect(() => {
    box.current?.focus();
  }, []);
  return (
    <Modal label={t('boards.title')} className="board-wall" onClose={leave}>
      <div ref={box} tabIndex={-1} className="board-wall-box">
        <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
        {query.isPending && <Loading rows={8} />}
        {board && (
          <>
            <header>
              <h1>
                {indicator ? indicatorName(indicator, language) : headed ? t('boards.city') : t('boards.empty')}{' '}
                <span className="num">{board.period}</span>
              </h1>
              <p>
                {t('boards.months', { count: board.monthsOver, share: percentText(board.monthsOver / 12) })} ·{' '}
                {t('boards.refreshed')} · <When at={board.madeAt} />
                {board.withoutSecret && ` · ${t('boards.withoutSecret')}`}
              </p>
              <div className="board-wall-bar">
                <span className="num">{t('boards.slide', { at: at + 1, of: screens.length })}</span>
                <Button onClick={() => setPaused(!paused)}>{t(paused ? 'boards.resume' : 'boards.pause')}</Button>
                {document.fullscreenEnabled && (
                  <Button onClick={() => void document.documentElement.requestFullscreen()}>
                    {t('boards.fullScreen')}
                  </Button>
                )}
                <Button onClick={leave}>{t('boards.leaveWall')}</Button>
              </div>
            </header>
            {board.incomplete && <p role="status">{t('boards.incomplete')}</p>}
            {indicator ? <Table board={board} column={column} /> : headed && <Headline onWall />}
          </>
        )}
      </div>
    </Modal>
  );
}

function Table({ board, column }: { board: Board; column: number }) {
  const { t } = useTranslation();
  const valueText = useValueText();
  const language = useLanguage();
  const unit = useUnitName();
  const indicator = board.indicators[column];
  if (!indicator) return null;
  return (
    <table>
      <caption className="visually-hidden">{indicatorName(indicator, language)}</caption>
      <thead>
        <tr>
          <th scope="col">{t('boards.rank')}</th>
          <th scope="col">{t('boards.unit')}</th>
          <th scope="col">{t('boards.value')}</th>
          <th scope="col">{t('targets.value')}</th>
          <th scope="col">{t('boards.completion')}</th>
          <th scope="col">{t('boards.pace')}</th>
        </tr>
      </thead>
      <tbody>
        {[...(board.city ? [board.city] : []), ...board.items].map((row) => {
          const figure = row.figures[column];
          const behind = figure?.pace !== undefined && Number(figure.pace) < 0;
          return (
            <tr key={row.unit?.id ?? 'city'} className={row.unit ? undefined : 'board-wall-city'}>
              <td>{row.rank !== undefined ? <Place row={row} /> : '—'}</td>
              <th scope="row">{row.unit ? unit(row.unit) : t('boards.city')}</th>
              <td className="num">
                {valueText(figure?.cumulative ?? figure?.value, indicator.unit) ?? t('boards.unknown')}
              </td>
              <td className="num">{valueText(figure?.target?.value, indicator.unit) ?? '—'}</td>
              <td className="num">{percentText(figure?.completion)}</td>
              <td className={figure?.pace === undefined ? 'num' : behind ? 'num board-behind' : 'num board-ahead'}>
                {pointsText(figure?.pace)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
