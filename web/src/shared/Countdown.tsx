import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { remaining, useNow } from './remaining';

/** What is left of an exclusivity window, ticking; `onOver` once when it runs out while shown. */
export function Countdown({ until, large, onOver }: { until: string; large?: boolean; onOver?: () => void }) {
  const { t } = useTranslation();
  const left = remaining(until, useNow());
  const wasOver = useRef(left.over);
  useEffect(() => {
    if (left.over && !wasOver.current) onOver?.();
    wasOver.current = left.over;
  }, [left.over, onOver]);

  return (
    <time
      role="timer"
      dateTime={until}
      className={`countdown countdown-${left.urgency}${large ? ' countdown-large' : ''}`}
    >
      {left.over ? (
        t('countdown.over')
      ) : (
        <>
          {left.days > 0 && <span className="countdown-days">{t('countdown.days', { n: left.days })} </span>}
          <span className="num">{left.clock}</span>
        </>
      )}
    </time>
  );
}
