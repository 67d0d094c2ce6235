import { useTranslation } from 'react-i18next';
import type { RuleSetNumbers } from '@/api/types';
import { Amount } from '@/shared/Amount';
import { DurationText } from './DurationText';

/** By what referrers are rewarded (R136), band by band. */
export function Referral({ scheme }: { scheme: NonNullable<RuleSetNumbers['referral']> }) {
  const { t } = useTranslation();
  const yuan = (amount: number) => <Amount money={{ amount, currency: 'CNY' }} />;
  return (
    <>
      {t(`rules.referralBaseOf.${scheme.base}`)} · {t(`rules.referralModeOf.${scheme.mode}`)}
      <ul>
        {scheme.bands.map((band, at) => (
          <li key={band.upTo ?? 'open'} className="num">
            {band.upTo !== undefined
              ? `≤ ${yuan(band.upTo)}`
              : at === 0
                ? t('rules.referralAny')
                : `> ${yuan(scheme.bands[at - 1]?.upTo ?? 0)}`}
            : {band.perMille} ‰
          </li>
        ))}
      </ul>
      {scheme.cap !== undefined && (
        <>
          {t('rules.referralCap')} {yuan(scheme.cap)} ·{' '}
        </>
      )}
      {t('rules.referralClaim')} <DurationText value={scheme.claimWithin} />
    </>
  );
}
