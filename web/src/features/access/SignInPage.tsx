import { queryOptions, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useSearchParams } from 'react-router';
import { isProblem } from '@/api/problem';
import { anonymous } from '@/api/client';
import type { Demo } from '@/api/types';
import { LanguageSwitch } from '@/shared/LanguageSwitch';
import { useSession } from '@/shared/queries';
import { SignInForm } from './SignInForm';

const demoQuery = queryOptions({
  queryKey: ['demo'],
  queryFn: (): Promise<Demo | null> => anonymous<Demo>('/api/v1/demo').catch((error: unknown) => {
    if (isProblem(error)) return null;
    throw error;
  }),
  staleTime: Infinity,
});

/** Only addresses of this system: `next` comes from the address bar. */
export function safeNext(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : '/';
}

export function SignInPage() {
  const { t } = useTranslation();
  const session = useSession();
  const [params] = useSearchParams();
  const { data: demo } = useQuery(demoQuery);
  const [filled, setFilled] = useState<{ username: string; password: string } | null>(null);
  useEffect(() => {
    document.title = `${t('signIn.title')} · ${t('app.name')}`;
  }, [t]);

  if (session.state === 'signed-in') return <Navigate to={safeNext(params.get('next'))} replace />;

  return (
    <div className="sign-in">
      <header className="sign-in-top"><LanguageSwitch /></header>
      <main className="sign-in-main">
        <div className="sign-in-intro">
          <p className="sign-in-eyebrow">{t('app.name')}</p>
          <h1>{t('signIn.heading')}</h1>
          <p>{t('signIn.intro')}</p>
          <ol className="sign-in-stages" aria-label={t('signIn.stages')}>
            {(['in-talks', 'signed', 'registered', 'started'] as const).map((stage) => <li key={stage}>{t(`stage.${stage}`)}</li>)}
          </ol>
        </div>
        <div className="sign-in-card">
          <h2>{t('signIn.title')}</h2>
          <SignInForm filled={filled} />
          {demo && (
            <section className="demo" aria-labelledby="demo-title">
              <h3 id="demo-title">{t('signIn.demoTitle')}</h3>
              <p>{t('signIn.demoText')} <code>{demo.password}</code></p>
              <ul>
                {demo.accounts.map((account) => (
                  <li key={account.username}>
                    <Button size="small" title={t('signIn.fill', { username: account.username })} onClick={() => setFilled({ username: account.username, password: demo.password })}>
                      {account.role === 'officer' ? (account.jurisdiction ?? account.displayName) : account.displayName}
                    </Button>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
      </main>
    </div>
  );
}
