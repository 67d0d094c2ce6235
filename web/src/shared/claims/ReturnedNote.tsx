import { useTranslation } from 'react-i18next';
import type { Claim } from '@/api/types';
import { Countdown } from '@/shared/Countdown';
import { Panel } from '@/shared/Page';
import { When } from '@/shared/When';

/** That a report was returned for completion: why, what is lacking, until when, and what came of it (R14b). */
export function ReturnedNote({ claim, onOver }: { claim: Claim; onOver: () => void }) {
  const { t } = useTranslation();
  const returned = claim.returned;
  if (!returned) return null;
  const open = !returned.completedAt && (claim.status === 'under-review' || claim.status === 'queued');
  return (
    <Panel title={t('returned.title')}>
      <p>
        <When at={returned.at} precision="second" /> {returned.reason}
      </p>
      {returned.missing.length > 0 && (
        <ul>
          {returned.missing.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
      )}
      {open ? (
        <p className="notice notice-warn">
          <span>
            {t('returned.until')} <When at={returned.until} precision="second" />{' '}
            <Countdown until={returned.until} onOver={onOver} />
            <span className="hint">{t('returned.keepsPlace')}</span>
          </span>
        </p>
      ) : returned.completedAt ? (
        <p>
          {t('returned.completedAt')} <When at={returned.completedAt} precision="second" />
        </p>
      ) : (
        claim.status === 'withdrawn' && claim.endedAt === returned.until && <p>{t('returned.lapsed')}</p>
      )}
    </Panel>
  );
}
