import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DueItem } from '@/api/types';
import { LightTag, StageTag } from '@/shared/tags';
import { useUnitName } from '@/shared/units';
import { Day, When } from '@/shared/When';

/** What comes due, each with its day and the page on which it is done. */
export function DueList({ items, withUnit }: { items: DueItem[]; withUnit?: boolean }) {
  const { t } = useTranslation();
  const unit = useUnitName();
  return (
    <ul className="plain-list">
      {items.map((item) => (
        <li
          key={`${item.kind} ${item.subject.id} ${item.light ?? ''}`}
          className={item.overdue ? 'due due-over' : 'due'}
        >
          <div className="split">
            <Link to={item.link}>{item.project.name ?? item.title ?? t('due.unnamed')}</Link>
            <span className={item.overdue ? 'due-what' : undefined}>
              {item.waits && `${t('due.since')} `}
              {item.at && !item.waits ? <When at={item.at} precision="day" /> : <Day date={item.on} />}
            </span>
          </div>
          <p className="row-notes">
            <strong className="due-what">{t(`due.kind.${item.kind}`)}</strong>{' '}
            {item.stage && (
              <>
                <StageTag stage={item.stage} />{' '}
              </>
            )}
            {item.light && (
              <>
                <LightTag light={item.light} />{' '}
              </>
            )}
            {item.title && item.project.name && <span>{item.title} </span>}
            {item.overdue && <span className="tag flag">{t('due.overdue')}</span>}{' '}
            {item.escalatesOn && item.overdue && (
              <span>
                {t('due.escalatesOn')} <Day date={item.escalatesOn} />{' '}
              </span>
            )}
            {item.plannedOn && item.plannedOn !== item.on && (
              <span>
                {t('due.plannedOn')} <Day date={item.plannedOn} />{' '}
              </span>
            )}
            {withUnit && item.jurisdiction && <span className="muted">{unit(item.jurisdiction)}</span>}
          </p>
        </li>
      ))}
    </ul>
  );
}
