import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from '@/shared/LanguageSwitch';

/** The frame of the pages that anyone may open: what the system is, and a card to fill in. */
export function Welcome({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="sign-in">
      <header className="sign-in-top">
        <LanguageSwitch />
      </header>
      <main className="sign-in-main">
        <div className="sign-in-intro">
          <p className="sign-in-eyebrow">{t('app.name')}</p>
          <h1>{t('signIn.heading')}</h1>
          <p>{t('signIn.intro')}</p>
          <ol className="sign-in-stages" aria-label={t('signIn.stages')}>
            {(['in-talks', 'signed', 'registered', 'started'] as const).map((stage) => (
              <li key={stage}>{t(`stage.${stage}`)}</li>
            ))}
          </ol>
        </div>
        <div className="sign-in-card">{children}</div>
      </main>
    </div>
  );
}
