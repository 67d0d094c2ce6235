import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { signOut } from '@/api/session';
import { useSession } from '@/shared/queries';
import { SignInForm } from './SignInForm';

/** The session has ended over an open page: sign in again here, and what was being done goes on. */
export function SessionEnded() {
  const { t } = useTranslation();
  const session = useSession();
  if (session.state !== 'expired' || !session.user) return null;
  return (
    <Modal
      open
      title={t('signIn.endedTitle')}
      footer={null}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      zIndex={2000}
    >
      <p>{t('signIn.endedText')}</p>
      <SignInForm username={session.user.username} />
      <p className="sign-in-other">
        <Button type="link" onClick={() => void signOut()}>
          {t('signIn.someoneElse')}
        </Button>
      </p>
    </Modal>
  );
}
