import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionEntry } from '@/api/types';
import { clientName } from './clientName';
import { ConfirmDialog } from './ConfirmDialog';
import { useCodeText } from './i18n';
import { When } from './When';

/** The sessions of a person, each of which can be ended. */
export function Sessions({
  sessions,
  onEnd,
}: {
  sessions: SessionEntry[];
  onEnd: (session: SessionEntry) => Promise<unknown>;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const code = useCodeText();
  const [ending, setEnding] = useState<SessionEntry | null>(null);
  const name = (session: SessionEntry) => clientName(session.client) ?? t('session.unknownClient');
  if (sessions.length === 0) return <p className="muted">{t('session.empty')}</p>;
  return (
    <>
      <ul className="plain-list sessions">
        {sessions.map((session) => (
          <li key={session.id} className="session">
            <div>
              <p className="session-head">
                <strong title={session.client}>{name(session)}</strong>
                {session.current && <span className="tag tag-ok">{t('session.current')}</span>}
              </p>
              <dl className="session-facts">
                <div>
                  <dt>{t('session.address')}</dt>
                  <dd className="num">{session.address}</dd>
                </div>
                <div>
                  <dt>{t('session.method')}</dt>
                  <dd>{code('session.methods', session.method)}</dd>
                </div>
                <div>
                  <dt>{t('session.started')}</dt>
                  <dd>
                    <When at={session.startedAt} />
                  </dd>
                </div>
                <div>
                  <dt>{t('session.seen')}</dt>
                  <dd>
                    <When at={session.seenAt} />
                  </dd>
                </div>
              </dl>
            </div>
            <Button
              size="small"
              aria-label={t('session.endOf', { client: name(session) })}
              onClick={() => setEnding(session)}
            >
              {t('session.end')}
            </Button>
          </li>
        ))}
      </ul>
      {ending && (
        <ConfirmDialog
          title={t('session.endOf', { client: name(ending) })}
          confirm={t('session.confirmEnd')}
          danger
          onClose={() => setEnding(null)}
          onConfirm={async () => {
            await onEnd(ending);
            message.success(t('session.ended'));
          }}
        >
          <p>{ending.current ? t('session.endCurrentText') : t('session.endText')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
