import { MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons';
import { useIsFetching, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Outlet, ScrollRestoration, useLocation, useNavigate, useNavigation } from 'react-router';
import { useKeys } from '@/shared/keys';
import { useNarrow, useTight } from '@/shared/media';
import { Modal } from '@/shared/Modal';
import { useOnline } from '@/shared/online';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { meQuery, useSession } from '@/shared/queries';
import { tourSeen } from '@/shared/tour';
import { Navigation } from './Navigation';
import { isBarred, navigationFor } from './navigation';
import { BarredPage } from './BarredPage';
import { Away, Offline } from './Offline';
import { queryClient } from './queryClient';
import { signInAddress } from './signInAddress';
import { Splash } from './Splash';
import { BareTopBar, TopBar } from './TopBar';

const FOLDED = 'pipeline.nav.folded';

const SessionEnded = lazy(async () => ({ default: (await import('./WithMessages')).SessionEndedWithMessages }));
const FirstStep = lazy(async () => ({ default: (await import('./WithMessages')).FirstStepWithMessages }));
const Palette = lazy(async () => ({ default: (await import('@/features/palette/Palette')).Palette }));
const KeyList = lazy(async () => ({ default: (await import('@/features/help/KeyList')).KeyList }));
/** Whose work the tour shows. */
const TOURED = ['officer', 'coordinator'] as const;
const Invitation = lazy(async () => ({ default: (await import('@/features/help/Invitation')).Invitation }));

/** Fetched once the page has nothing else to do, so that it opens at the key that asks for it. */
const prepare = () => void import('@/features/palette/Palette').catch(() => undefined);

/** The frame of every page for someone signed in; anyone else is sent to sign in and back again. */
export function Shell() {
  const session = useSession();
  const online = useOnline();
  const location = useLocation();
  const user = session.user?.id;
  const last = useRef(user);
  useEffect(() => {
    if (last.current && user && last.current !== user) queryClient.clear();
    if (user) last.current = user;
  }, [user]);

  if (session.state === 'unknown') return online ? <Splash /> : <Away />;
  if (session.state === 'anonymous') {
    queryClient.clear();
    return <Navigate to={signInAddress(location.pathname + location.search)} replace />;
  }
  return <Frame />;
}

function Frame() {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const { pathname } = useLocation();
  const home = pathname === '/';
  const tight = useTight();
  const [chosen, setChosen] = useState(() => localStorage.getItem(FOLDED));
  const folded = chosen === null ? tight : chosen === 'yes';
  const fold = () => {
    const next = folded ? 'no' : 'yes';
    localStorage.setItem(FOLDED, next);
    setChosen(next);
  };
  // The keyboard goes on in the page that came, unless this has put the cursor somewhere itself.
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    const main = document.getElementById('main');
    if (main && !main.contains(document.activeElement) && !document.querySelector('dialog[open]'))
      main.focus({ preventScroll: true });
  }, [pathname]);
  const [open, setOpen] = useState<'menu' | 'palette' | 'keys' | null>(null);
  const [typed, setTyped] = useState('');
  const close = () => setOpen(null);
  const search = () => {
    setTyped('');
    setOpen('palette');
  };
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
        <BareTopBar />
        <div className="body">
          <main id="main">
            <Suspense fallback={<Splash />}>
              <FirstStep key={first} step={first} me={me.data} onDone={done} />
            </Suspense>
          </main>
        </div>
        <Ended />
      </div>
    );
  }

  const pages = me.data ? navigationFor(me.data).flatMap((group) => group.entries) : [];
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {t('nav.skip')}
      </a>
      <TopBar onMenu={narrow ? () => setOpen('menu') : undefined} onSearch={search} onHelp={() => setOpen('keys')} />
      <Offline />
      <Activity />
      <div className="body">
        {!narrow && (
          <div className={folded ? 'side side-folded' : 'side'}>
            <button type="button" className="side-fold" aria-expanded={!folded} onClick={fold} title={t('nav.fold')}>
              {folded ? <MenuUnfoldOutlined aria-hidden /> : <MenuFoldOutlined aria-hidden />}
              <span className="visually-hidden">{t('nav.fold')}</span>
            </button>
            <Navigation folded={folded} />
          </div>
        )}
        <main id="main" tabIndex={-1}>
          {me.data && home && TOURED.some((role) => role === me.data.role) && !tourSeen() && (
            <Suspense fallback={null}>
              <Invitation />
            </Suspense>
          )}
          {me.data && isBarred(me.data, pathname) ? (
            <BarredPage />
          ) : me.data ? (
            <Outlet />
          ) : me.error ? (
            <ProblemAlert error={me.error} onRetry={() => void me.refetch()} />
          ) : (
            <Splash />
          )}
        </main>
      </div>
      <Shortcuts pages={pages} onSearch={search} onHelp={() => setOpen('keys')} />
      {open === 'menu' && narrow && (
        <Modal className="nav-drawer" label={t('nav.main')} onClose={close}>
          <button type="button" className="modal-close" onClick={close}>
            {t('common.close')}
          </button>
          <Navigation onFollow={close} />
        </Modal>
      )}
      <Suspense fallback={open === 'palette' && <PaletteToCome typed={typed} onType={setTyped} onClose={close} />}>
        {open === 'palette' && me.data && (
          <Palette
            me={me.data}
            begun={typed}
            pages={pages.map(({ to, label, key }) => ({ to, key, title: t(`nav.${label}`) }))}
            onClose={close}
            onHelp={() => setOpen('keys')}
          />
        )}
        {open === 'keys' && (
          <KeyList
            pages={pages.flatMap(({ key, label }) => (key ? [{ key, title: t(`nav.${label}`) }] : []))}
            onClose={close}
          />
        )}
      </Suspense>
      <Ended />
      <ScrollRestoration />
    </div>
  );
}

/** Takes what is typed while the palette comes. */
function PaletteToCome({
  typed,
  onType,
  onClose,
}: {
  typed: string;
  onType: (typed: string) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Modal className="palette" label={t('palette.title')} onClose={onClose}>
      <input
        className="palette-input"
        autoComplete="off"
        autoFocus
        aria-label={t('palette.title')}
        placeholder={t('palette.placeholder')}
        value={typed}
        onChange={(event) => onType(event.target.value)}
      />
    </Modal>
  );
}

function Shortcuts({
  pages,
  onSearch,
  onHelp,
}: {
  pages: { to: string; key?: string }[];
  onSearch: () => void;
  onHelp: () => void;
}) {
  const navigate = useNavigate();
  useKeys({
    '?': onHelp,
    '/': onSearch,
    ...Object.fromEntries(
      pages.filter((page) => page.key).map((page) => [`g ${page.key}`, () => void navigate(page.to)]),
    ),
  });
  useEffect(() => {
    const timer = window.setTimeout(prepare, 2500);
    return () => window.clearTimeout(timer);
  }, []);
  const search = useRef(onSearch);
  useEffect(() => {
    search.current = onSearch;
  });
  useEffect(() => {
    // From anywhere, fields included; but what is being composed is not cut off.
    const press = (event: KeyboardEvent) => {
      if (
        event.isComposing ||
        event.altKey ||
        event.shiftKey ||
        !(event.ctrlKey || event.metaKey) ||
        event.key.toLowerCase() !== 'k'
      )
        return;
      event.preventDefault();
      search.current();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return null;
}

/** Asked for only once a session has ended: few ever see it. */
function Ended() {
  const { state } = useSession();
  return state === 'expired' ? (
    <Suspense fallback={null}>
      <SessionEnded />
    </Suspense>
  ) : null;
}

/** A thin line while anything takes longer than 400 ms. */
function Activity() {
  const fetching = useIsFetching() > 0;
  const navigating = useNavigation().state !== 'idle';
  return <div className={fetching || navigating ? 'activity activity-on' : 'activity'} aria-hidden />;
}
