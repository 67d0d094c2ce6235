import { useTranslation } from 'react-i18next';
import type { LandReason, Parcel, ParcelStatus } from '@/api/types';
import { useMoneyText } from '@/shared/Amount';

export const PARCEL_STATUSES: readonly ParcelStatus[] = ['reserve', 'offered', 'negotiating', 'sold', 'withdrawn'];

/** How large a parcel is, in mu and m². */
export function LandSize({ parcel }: { parcel: Parcel }) {
  const { t } = useTranslation();
  return (
    <span className="num">
      <span className="nowrap">{t('land.mu', { mu: parcel.mu.toFixed(2) })}</span>{' '}
      <span className="muted nowrap">{t('land.m2', { area: parcel.areaM2.toLocaleString('en') })}</span>
    </span>
  );
}

/** Where a parcel stands, and on which lists. */
export function ParcelState({ parcel }: { parcel: Parcel }) {
  const { t } = useTranslation();
  return (
    <>
      <span className="tag">{t(`parcelStatus.${parcel.status}`)}</span>{' '}
      {parcel.lists.map((list) => (
        <span key={list} className="tag">
          {t(`landList.${list}`)}
        </span>
      ))}
    </>
  );
}

/** What speaks for a fit or against it, each with its figures. */
export function LandReasons({ of }: { of: readonly LandReason[] }) {
  const { t } = useTranslation();
  const money = useMoneyText();
  // Two decimals, unless what is needed and what is there would look the same.
  const yuan = (needed: number | undefined, there: number | undefined) => {
    const told = (digits?: number) =>
      [needed, there].map((amount) => money.format({ amount: amount ?? 0, currency: 'CNY' }, digits));
    const [least = '', most = ''] = told(2);
    const [needs = '', has = ''] = least === most && needed !== there ? told() : [least, most];
    return { needed: needs, there: has };
  };
  const figures = (reason: LandReason): string | null => {
    switch (reason.by) {
      case 'area':
        return t(reason.withGroup ? 'landReason.areaGroup' : 'landReason.area', {
          needed: reason.needed,
          there: reason.there?.toFixed(2),
        });
      case 'intensity':
      case 'output':
      case 'tax':
        return t('landReason.money', yuan(reason.needed, reason.there));
      case 'price':
        return t('landReason.price', yuan(reason.needed, reason.there));
      case 'date':
        return t('landReason.date', { thereOn: reason.thereOn, neededOn: reason.neededOn });
      default:
        return null;
    }
  };
  return (
    <ul className="plain-list">
      {of.map((reason) => {
        const told = figures(reason);
        return (
          <li key={reason.by}>
            {t(`landFitBy.${reason.by}`)}
            {told && <span className="hint"> {told}</span>}
          </li>
        );
      })}
    </ul>
  );
}

/** Whether it fits, in a word. */
export function Verdict({ fits }: { fits: boolean | undefined }) {
  const { t } = useTranslation();
  const word = fits === undefined ? 'unknown' : fits ? 'yes' : 'no';
  return <span className={`tag ${word === 'yes' ? 'tag-good' : ''}`}>{t(`land.verdict.${word}`)}</span>;
}
