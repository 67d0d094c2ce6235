import { useTranslation } from 'react-i18next';
import type { Proof } from '@/api/types';
import { formatInstant } from './dates';

/** What the daily proof that the books balance found, beside a table; its texts are those of boards. */
export function ProofLine({ proof }: { proof: Proof | undefined }) {
  const { t } = useTranslation();
  if (!proof) return null;
  const at = formatInstant(proof.provedAt);
  if (proof.holds) return <p className="hint">{t('proof.holds', { at })}</p>;
  return (
    <div role="alert" className="proof-fails">
      <p>{t('proof.fails', { at })}</p>
      {proof.differences && (
        <ul>
          {proof.differences.map((difference) => (
            <li key={difference} className="num">
              {difference}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
