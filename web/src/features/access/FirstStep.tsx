import { useTranslation } from 'react-i18next';
import type { Me } from '@/api/types';
import { Page, Panel } from '@/shared/Page';
import { PasswordForm } from './PasswordForm';
import { SecondFactorSetUp } from './SecondFactorSetUp';

const KNOWN = ['password-change-required', 'second-factor-set-up-required'] as const;

/** What the server wants done before it answers anything else. */
export function FirstStep({ step, me, onDone }: { step: string; me: Me; onDone: () => unknown }) {
  const { t } = useTranslation();
  const known = KNOWN.find((each) => each === step);
  if (!known)
    return (
      <Page title={t('firstStep.other.title')}>
        <p>{t('firstStep.other.text', { step })}</p>
      </Page>
    );
  return (
    <Page title={t(`firstStep.${known}.title`)} lead={t(`firstStep.${known}.text`)}>
      <Panel>
        {known === 'password-change-required' ? (
          <PasswordForm me={me} onChanged={onDone} />
        ) : (
          <SecondFactorSetUp me={me} onDone={onDone} />
        )}
      </Panel>
    </Page>
  );
}
