import { LogoutOutlined, MenuOutlined, QuestionCircleOutlined, SearchOutlined, UserOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useNavigate } from 'react-router';
import { signOut } from '@/api/session';
import { LanguageSwitch } from '@/shared/LanguageSwitch';
import { Menu } from '@/shared/Menu';
import { useMe, useSession } from '@/shared/queries';
import { chooseTheme, THEMES, useThemeChoice } from '@/shared/theme';

export const IS_MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);

interface Props { onMenu?: () => void; onSearch: () => void; onHelp: () => void; /** What has happened: notices find their place here. */ notices?: ReactNode }

export function TopBar({ onMenu, onSearch, onHelp, notices }: Props) {
  const { t } = useTranslation();
  return (
    <header className="topbar">
      {onMenu && <button type="button" className="bar-button" aria-label={t('nav.open')} aria-haspopup="dialog" onClick={onMenu}><MenuOutlined aria-hidden /></button>}
      <NavLink to="/" className="brand"><Mark /><span>{t('app.name')}</span></NavLink>
      <div className="topbar-end">
        <button type="button" className="bar-search" onClick={onSearch} aria-haspopup="dialog" aria-label={t('palette.open')} aria-keyshortcuts={IS_MAC ? 'Meta+K' : 'Control+K'}>
          <SearchOutlined aria-hidden /><span className="bar-search-text">{t('palette.button')}</span><kbd aria-hidden>{IS_MAC ? '⌘K' : 'Ctrl K'}</kbd>
        </button>
        {notices}
        <LanguageSwitch />
        <Person onHelp={onHelp} />
      </div>
    </header>
  );
}

/** Of the frame without navigation: what is to be done first. */
export function BareTopBar() {
  const { t } = useTranslation();
  return (
    <header className="topbar">
      <span className="brand"><Mark /><span>{t('app.name')}</span></span>
      <div className="topbar-end">
        <LanguageSwitch />
        <button type="button" className="bar-button" onClick={() => void signOut()}><LogoutOutlined aria-hidden /> {t('nav.signOut')}</button>
      </div>
    </header>
  );
}

export function Mark() {
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

function Person({ onHelp }: { onHelp: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const { user } = useSession();
  const chosen = useThemeChoice();
  return (
    <Menu
      className="bar-button person" label={`${t('account.menu')} ${user?.displayName ?? ''}`}
      items={[
        { key: 'account', icon: <UserOutlined aria-hidden />, label: t('account.title'), onSelect: () => void navigate('/account') },
        { key: 'keys', icon: <QuestionCircleOutlined aria-hidden />, label: t('shortcuts.title'), onSelect: onHelp },
        ...THEMES.map((theme) => ({ key: theme, group: theme === 'system' ? t('theme.title') : undefined, checked: theme === chosen, label: t(`theme.${theme}`), onSelect: () => chooseTheme(theme) })),
        { key: 'sign-out', group: ' ', icon: <LogoutOutlined aria-hidden />, label: t('nav.signOut'), onSelect: () => void signOut() },
      ]}
    >
      <span className="person-name">
        <strong>{user?.displayName}</strong>
        {me && <small>{me.jurisdiction?.name ?? t(`role.${me.role}`)}</small>}
      </span>
      <UserOutlined aria-hidden className="person-icon" />
    </Menu>
  );
}
