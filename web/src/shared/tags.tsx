import { useTranslation } from 'react-i18next';
import type { ClaimStatus, Light, MatchLevel, Stage } from '@/api/types';
import { useCodeText } from './i18n';

export function StageTag({ stage }: { stage: Stage }) {
  const { t } = useTranslation();
  return <span className={`tag stage stage-${stage}`}>{t(`stage.${stage}`)}</span>;
}

export function LightTag({ light }: { light: Light | undefined }) {
  const { t } = useTranslation();
  if (!light) return null;
  return <span className={`light light-${light}`}>{t(`light.${light}`)}</span>;
}

export function ClaimStatusTag({ status }: { status: ClaimStatus }) {
  const { t } = useTranslation();
  return <span className={`tag claim claim-${status}`}>{t(`claimStatus.${status}`)}</span>;
}

export function LevelTag({ level }: { level: MatchLevel }) {
  const { t } = useTranslation();
  return <span className={`tag level level-${level}`}>{t(`level.${level}`)}</span>;
}

export function FlagTags({ flags }: { flags: string[] | undefined }) {
  const code = useCodeText();
  if (!flags?.length) return null;
  return (
    <ul className="flags">
      {flags.map((flag) => (
        <li key={flag} className="tag flag">
          {code('flag', flag)}
        </li>
      ))}
    </ul>
  );
}
