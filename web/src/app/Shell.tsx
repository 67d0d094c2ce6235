import { LogoutOutlined, MenuOutlined, UserOutlined } from '@ant-design/icons';
import { App, Button, Drawer, Dropdown } from 'antd';
import { useIsFetching, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, NavLink, Outlet, ScrollRestoration, useLocation, useNavigate, useNavigation } from 'react-router';
import { signOut } from '@/api/session';
import { Bell } from '@/features/notices/Bell';
import { useNarrow } from '@/shared/media';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { meQuery, useMe, useSession } from '@/shared/queries';
import { LanguageSwitch } from '@/shared/LanguageSwitch';
import { navigationFor, systemNavigationFor, type Entry } from './navigation';
import { queryClient } from './queryClient';
import { signInAddress } from './signInAddress';
import { Splash } from './Splash';

const SessionEnded = lazy(async () => ({ default: (await import('@/features/access/SessionEnded')).SessionEnded }));
const FirstStep = lazy(async () => ({ default: (await import('@/features/access/FirstStep')).FirstStep }));

/** The frame of every page for someone signed in; anyone else is sent to sign in and back again. */
export function Shell() {
  const session = useSession();
  const location = useLocation();
  const user = session.user?.id;
  const last = useRef(user);
  useEffect(() => {
    if (last.current && user && last.current !== user) queryClient.clear();
    if (user) last.current = user;
  }, [user]);

  if (session.state === 'unknown') return <Splash />;
  if (session.state === 'anonymous') {
    queryClient.clear();
    return <Navigate to={signInAddress(location.pathname + location.search)} replace />;
  }
  return <App component={false}><Frame /></App>;
}

function Frame() {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const [open, setOpen] = useState(false);
  const me = useQuery(meQuery);
  // Kept until it is done: what it shows once must not vanish when the server no longer asks for it.
  const [first, setFirst] = useState<string | null>(null);
  if (me.data?.firstStep && !first) setFirst(me.data.firstStep);
  if (first && me.data) {
    const done = async () => {
      await me.refetch();
      setFirst(null);
    };
    return (
      <div className="shell">
        <header className="topbar">
          <span className="brand"><Mark /><span>{t('app.name')}</span></span>
          <div className="topbar-end">
            <LanguageSwitch />
            <Button type="text" icon={<LogoutOutlined aria-hidden />} onClick={() => void signOut()}>{t('nav.signOut')}</Button>
          </div>
        </header>
        <div className="body"><main id="main"><Suspense fallback={<Splash />}><FirstStep key={first} step={first} me={me.data} onDone={done} /></Suspense></main></div>
        <Ended />
      </div>
    );
  }

  return (
    <div className="shell">
      <a className="skip" href="#main">{t('nav.skip')}</a>
      <header className="topbar">
        {narrow && <Button type="text" className="topbar-menu" icon={<MenuOutlined aria-hidden />} aria-label={t('nav.open')} onClick={() => setOpen(true)} />}
        <NavLink to="/" className="brand"><Mark /><span>{t('app.name')}</span></NavLink>
        <div className="topbar-end">
          <LanguageSwitch />
          <Bell />
          <Person />
        </div>
      </header>
      <Activity />
      <div className="body">
        {narrow ? (
          <Drawer open={open} onClose={() => setOpen(false)} placement="left" size={280} title={t('app.name')} rootClassName="nav-drawer">
            <Navigation onFollow={() => setOpen(false)} />
          </Drawer>
        ) : <div className="side"><Navigation /></div>}
        <main id="main" tabIndex={-1}>
          {me.data ? <Outlet /> : me.error ? <ProblemAlert error={me.error} onRetry={() => void me.refetch()} /> : <Splash />}
        </main>
      </div>
      <Ended />
      <ScrollRestoration />
    </div>
  );
}

/** Asked for only once a session has ended: few ever see it. */
function Ended() {
  const { state } = useSession();
  return state === 'expired' ? <Suspense fallback={null}><SessionEnded /></Suspense> : null;
}

function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden>
      <rect width="32" height="32" rx="7" fill="currentColor" />
      <rect x="6" y="8" width="4" height="16" rx="2" fill="#fff" />
      <rect x="12" y="11" width="4" height="13" rx="2" fill="#fff" opacity=".85" />
      <rect x="18" y="15" width="4" height="9" rx="2" fill="#fff" opacity=".7" />
      <rect x="24" y="19" width="3" height="5" rx="1.5" fill="#e2624a" />
    </svg>
  );
}

/** A thin line while anything takes longer than 400 ms. */
function Activity() {
  const fetching = useIsFetching() > 0;
  const navigating = useNavigation().state !== 'idle';
  return <div className={fetching || navigating ? 'activity activity-on' : 'activity'} aria-hidden />;
}

function Navigation({ onFollow }: { onFollow?: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  if (!me) return null;
  return (
    <nav aria-label={t('nav.main')}>
      <NavList entries={navigationFor(me)} onFollow={onFollow} />
      <h2 className="nav-group" id="nav-system">{t('nav.system')}</h2>
      <NavList entries={systemNavigationFor(me)} onFollow={onFollow} labelledBy="nav-system" />
    </nav>
  );
}

function NavList({ entries, onFollow, labelledBy }: { entries: Entry[]; onFollow?: () => void; labelledBy?: string }) {
  const { t } = useTranslation();
  return (
    <ul className="nav" aria-labelledby={labelledBy}>
      {entries.map((entry) => (
        <li key={entry.to}>
          <NavLink to={entry.to} end={entry.to === '/'} onClick={onFollow}><entry.icon aria-hidden /> {t(`nav.${entry.label}`)}</NavLink>
        </li>
      ))}
    </ul>
  );
}

function Person() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const { user } = useSession();
  const items = [
    { key: 'account', icon: <UserOutlined aria-hidden />, label: t('account.title') },
    { key: 'sign-out', icon: <LogoutOutlined aria-hidden />, label: t('nav.signOut') },
  ];
  return (
    <Dropdown
      trigger={['click']} placement="bottomRight" getPopupContainer={(trigger) => trigger.parentElement ?? document.body}
      menu={{ items, onClick: ({ key }) => void (key === 'account' ? navigate('/account') : signOut()) }}
    >
      <Button type="text" className="person" aria-label={`${t('account.menu')} ${user?.displayName ?? ''}`}>
        <span className="person-name">
          <strong>{user?.displayName}</strong>
          {me && <small>{me.jurisdiction?.name ?? t(`role.${me.role}`)}</small>}
        </span>
        <UserOutlined aria-hidden className="person-icon" />
      </Button>
    </Dropdown>
  );
}
