import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useKeys } from '@/shared/keys';
import { Empty, Loading } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useUnitName } from '@/shared/units';
import { useUrlState } from '@/shared/urlState';
import { Day } from '@/shared/When';
import { daysSince, inboxQuery, SECOND, WAITING, type InboxItem, type InboxKind } from './inbox';

const KEYS = ['kind'] as const;
const KINDS: readonly InboxKind[] = [...WAITING, ...SECOND];

/** Everything that waits for the centre in one list, the oldest first. With the keyboard: j and k step, Enter opens. */
export function Inbox() {
  const { t } = useTranslation();
  const { values, change } = useUrlState(KEYS);
  const query = useQuery(inboxQuery);
  const all = query.data ?? [];
  const present = KINDS.filter((kind) => all.some((item) => item.kind === kind));
  const kind = present.find((each) => each === values.kind);
  const items = kind ? all.filter((item) => item.kind === kind) : all;
  const list = useRef<HTMLOListElement>(null);

  function step(by: number) {
    const links = [...(list.current?.querySelectorAll<HTMLAnchorElement>('a[data-item]') ?? [])];
    const at = links.findIndex((link) => link === document.activeElement);
    links[Math.max(0, Math.min(links.length - 1, at + by))]?.focus();
  }
  useKeys({ j: () => step(1), k: () => step(-1) });

  return (
    <>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={8} />}
      {query.data && all.length === 0 && <Empty title={t('inbox.empty')}>{t('inbox.emptyHint')}</Empty>}
      {all.length > 0 && (
        <>
          {present.length > 1 && (
            <div className="toolbar">
              <Segmented
                aria-label={t('inbox.filter')}
                value={kind ?? 'all'}
                onChange={(next) => change({ kind: next === 'all' ? undefined : next })}
                options={[
                  { value: 'all', label: t('desk.tabN', { text: t('inbox.all'), count: all.length }) },
                  ...present.map((each) => ({
                    value: each,
                    label: t('desk.tabN', {
                      text: t(`inbox.kind.${each}`),
                      count: all.filter((item) => item.kind === each).length,
                    }),
                  })),
                ]}
              />
            </div>
          )}
          <p className="hint desk-keys">{t('inbox.keys')}</p>
          <ol className="plain-list inbox" ref={list}>
            {items.map((item) => (
              <Waiting key={item.key} item={item} />
            ))}
          </ol>
        </>
      )}
    </>
  );
}

function Waiting({ item }: { item: InboxItem }) {
  const { t } = useTranslation();
  const unit = useUnitName();
  return (
    <li className={item.overdue ? 'due due-over' : 'due'}>
      <div className="split">
        <Link to={item.link} data-item>
          {item.title ?? t('due.unnamed')}
        </Link>
        <span className="num">
          {item.since &&
            (daysSince(item.since) === 0 ? t('inbox.today') : t('inbox.waits', { count: daysSince(item.since) }))}
          {item.until && (
            <>
              {t('inbox.until')} <Day date={item.until} />
            </>
          )}
        </span>
      </div>
      <p className="row-notes">
        <strong className="due-what">{t(`inbox.kind.${item.kind}`)}</strong>{' '}
        {item.unit && <span className="muted">{unit(item.unit)}</span>}{' '}
        {item.overdue && <span className="tag flag">{t('due.overdue')}</span>}
      </p>
    </li>
  );
}
