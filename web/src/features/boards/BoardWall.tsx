import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useLanguage } from '@/shared/i18n';
import { Modal } from '@/shared/Modal';
import { Loading } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useUnitName } from '@/shared/units';
import { useUrlState } from '@/shared/urlState';
import { When } from '@/shared/When';
import { Place } from './BoardPage';
import { indicatorName, percentText, pointsText, useValueText } from './numbers';
import { boardQuery, GROUPS } from './queries';
import './boards.css';

const EVERY_MINUTE = 60_000;
const KEYS = ['period', 'group', 'indicator', 'snapshot'] as const;

/** The league table on the wall: one indicator, to be read from five metres; it refreshes itself, and arrows go to the next indicator. */
export function BoardWall() {
  const { t } = useTranslation();
  const valueText = useValueText();
  const language = useLanguage();
  const unit = useUnitName();
  const navigate = useNavigate();
  const { values, change } = useUrlState(KEYS);
  const group = GROUPS.find((each) => each === values.group);
  const query = useQuery({
    ...boardQuery({ period: values.period, group, indicator: values.indicator, snapshot: values.snapshot }),
    refetchInterval: EVERY_MINUTE,
    refetchIntervalInBackground: true,
  });
  const board = query.data;
  const box = useRef<HTMLDivElement>(null);
  const at = board?.indicators.findIndex((each) => each.id === board.indicator) ?? -1;
  const indicator = board?.indicators[at];
  const leave = useCallback(() => void navigate('/boards'), [navigate]);
  const go = useCallback(
    (step: number) => {
      const all = board?.indicators ?? [];
      const next = all[(at + step + all.length) % all.length];
      if (next) change({ indicator: next.id }, { replace: true });
    },
    [board, at, change],
  );
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'ArrowRight' || event.key === 'PageDown') go(1);
      else if (event.key === 'ArrowLeft' || event.key === 'PageUp') go(-1);
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [go]);
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
                {indicator ? indicatorName(indicator, language) : t('boards.empty')}{' '}
                <span className="num">{board.period}</span>
              </h1>
              <p>
                {t('boards.months', { count: board.monthsOver, share: percentText(board.monthsOver / 12) })} ·{' '}
                {t('boards.refreshed')} · <When at={board.madeAt} />
                {board.withoutSecret && ` · ${t('boards.withoutSecret')}`}
              </p>
              <Button onClick={leave}>{t('boards.leaveWall')}</Button>
            </header>
            {board.incomplete && <p role="status">{t('boards.incomplete')}</p>}
            {indicator && (
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
                    const figure = row.figures[at];
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
                        <td
                          className={
                            figure?.pace === undefined ? 'num' : behind ? 'num board-behind' : 'num board-ahead'
                          }
                        >
                          {pointsText(figure?.pace)}
                        </td>
                      </tr>
                    );
                  })}
                </tbody>
              </table>
            )}
          </>
        )}
      </div>
    </Modal>
  );
}
