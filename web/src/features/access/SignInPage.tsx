import { useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation, useSearchParams } from 'react-router';
import { refresh } from '@/api/session';
import type { Demo } from '@/api/types';
import { useCodeText, useLanguage } from '@/shared/i18n';
import { useSession } from '@/shared/queries';
import { demoQuery, methodsQuery } from './queries';
import { SignInForm } from './SignInForm';
import { Welcome } from './Welcome';
import { aboutQuery } from '@/shared/about';

/** Only addresses of this system: `next` and `returnTo` come from the address bar. */
export function safeNext(next: string | null): string {
  return next && /^\/(?![/\\])[^\\\s]*$/.test(next) ? next : '/';
}

export function SignInPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const session = useSession();
  const [params] = useSearchParams();
  const location = useLocation();
  const { data: demo } = useQuery(demoQuery);
  const { data: methods } = useQuery(methodsQuery);
  const setUpFor = (location.state as { username?: string } | null)?.username;
  const [filled, setFilled] = useState<{ username: string; password?: string } | null>(
    setUpFor ? { username: setUpFor } : null,
  );
  const next = safeNext(params.get('returnTo') ?? params.get('next'));
  const signedOn = params.get('sso') === 'done';
  const [signOnFailed, setSignOnFailed] = useState(false);
  useEffect(() => {
    document.title = `${t('signIn.title')} · ${t('app.name')}`;
  }, [t]);
  useEffect(() => {
    // The issuer's answer has set the cookie; nothing in this browser has told so yet.
    if (signedOn)
      void refresh()
        .catch(() => false)
        .then((taken) => setSignOnFailed(!taken));
  }, [signedOn]);

  const nameOf = (account: Demo['accounts'][number]) => {
    if (language === 'en')
      return account.role === 'officer' ? (account.jurisdictionEn ?? account.username) : t(`role.${account.role}`);
    return account.role === 'officer' ? (account.jurisdiction ?? account.displayName) : account.displayName;
  };
  if (session.state === 'signed-in') return <Navigate to={next} replace />;
  const problem = params.get('problem') ?? (signOnFailed ? 'sign-on-expired' : null);

  return (
    <Welcome>
      <h2>{t('signIn.title')}</h2>
      {signedOn && !signOnFailed ? (
        <p role="status">{t('access.signingOn')}</p>
      ) : (
        <>
          {problem && <SignOnProblem slug={problem} />}
          {setUpFor && <Alert className="sign-in-note" type="success" showIcon title={t('access.passwordSet')} />}
          <SignInForm filled={filled} />
          {methods?.singleSignOn && (
            <>
              <p className="sign-in-or">
                <span>{t('access.or')}</span>
              </p>
              <Button block size="large" href={`/api/v1/auth/oidc/start?returnTo=${encodeURIComponent(next)}`}>
                {methods.singleSignOn.displayName ?? t('access.singleSignOn')}
              </Button>
            </>
          )}
          {demo && (
            <section className="demo" aria-labelledby="demo-title">
              <h3 id="demo-title">{t('signIn.demoTitle')}</h3>
              <p>
                {t('signIn.demoText')} <code>{demo.password}</code>
              </p>
              <ul>
                {demo.accounts.map((account) => (
                  <li key={account.username}>
                    <Button
                      size="small"
                      title={t('signIn.fill', { username: account.username })}
                      onClick={() => setFilled({ username: account.username, password: demo.password })}
                    >
                      {nameOf(account)}
                    </Button>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </>
      )}
      <Contact />
    </Welcome>
  );
}

/** Whom to ask who cannot sign in, as configured. */
function Contact() {
  const { t } = useTranslation();
  const { data } = useQuery(aboutQuery);
  const ways = [data?.organisation, data?.phone, data?.email, data?.hours].filter(Boolean);
  return ways.length > 0 ? (
    <p className="hint contact">
      {t('signIn.forgotten')} {ways.join(' · ')}
    </p>
  ) : null;
}

function SignOnProblem({ slug }: { slug: string }) {
  const code = useCodeText();
  const known = code('access.signOnProblem', `${slug}.title`) !== `${slug}.title` ? slug : 'sign-on-refused';
  return (
    <Alert
      className="sign-in-note"
      type="error"
      showIcon
      role="alert"
      title={code('access.signOnProblem', `${known}.title`)}
      description={code('access.signOnProblem', `${known}.text`)}
    />
  );
}
