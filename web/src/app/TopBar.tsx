import { LogoutOutlined, MenuOutlined, QuestionCircleOutlined, SearchOutlined, UserOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { NavLink, useNavigate } from 'react-router';
import { signOut } from '@/api/session';
import { Bell } from '@/features/notices/Bell';
import { LanguageSwitch } from '@/shared/LanguageSwitch';
import { Menu } from '@/shared/Menu';
import { useMe, useSession } from '@/shared/queries';
import { chooseTheme, THEMES, useThemeChoice } from '@/shared/theme';
import { useUnitName } from '@/shared/units';
import { Mark } from './Mark';

export const IS_MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);

interface Props {
  onMenu?: () => void;
  onSearch: () => void;
  onHelp: () => void;
}

export function TopBar({ onMenu, onSearch, onHelp }: Props) {
  const { t } = useTranslation();
  return (
    <header className="topbar">
      {onMenu && (
        <button type="button" className="bar-button" aria-label={t('nav.open')} aria-haspopup="dialog" onClick={onMenu}>
          <MenuOutlined aria-hidden />
        </button>
      )}
      <NavLink to="/" className="brand">
        <Mark />
        <span className="brand-name">{t('app.name')}</span>
        <span className="brand-short" aria-hidden>
          {t('app.short')}
        </span>
      </NavLink>
      <div className="topbar-end">
        <button
          type="button"
          className="bar-search"
          onClick={onSearch}
          aria-haspopup="dialog"
          aria-label={`${t('palette.button')} ${IS_MAC ? '⌘K' : 'Ctrl K'}`}
          aria-keyshortcuts={IS_MAC ? 'Meta+K' : 'Control+K'}
        >
          <SearchOutlined aria-hidden />
          <span className="bar-search-text">{t('palette.button')}</span>
          <kbd aria-hidden>{IS_MAC ? '⌘K' : 'Ctrl K'}</kbd>
        </button>
        <Bell />
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
      <span className="brand">
        <Mark />
        <span>{t('app.name')}</span>
      </span>
      <div className="topbar-end">
        <LanguageSwitch />
        <button type="button" className="bar-button" onClick={() => void signOut()}>
          <LogoutOutlined aria-hidden /> {t('nav.signOut')}
        </button>
      </div>
    </header>
  );
}

function Person({ onHelp }: { onHelp: () => void }) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const navigate = useNavigate();
  const me = useMe();
  const { user } = useSession();
  const chosen = useThemeChoice();
  return (
    <Menu
      className="bar-button person"
      label={[
        user?.displayName,
        me && (me.jurisdiction ? unit(me.jurisdiction) : t(`role.${me.role}`)),
        t('account.menu'),
      ]
        .filter(Boolean)
        .join(' ')}
      items={[
        {
          key: 'account',
          icon: <UserOutlined aria-hidden />,
          label: t('account.title'),
          onSelect: () => void navigate('/account'),
        },
        {
          key: 'help',
          icon: <QuestionCircleOutlined aria-hidden />,
          label: t('nav.help'),
          onSelect: () => void navigate('/help'),
        },
        { key: 'keys', icon: <QuestionCircleOutlined aria-hidden />, label: t('shortcuts.title'), onSelect: onHelp },
        ...THEMES.map((theme) => ({
          key: theme,
          group: theme === 'system' ? t('theme.title') : undefined,
          checked: theme === chosen,
          label: t(`theme.${theme}`),
          onSelect: () => chooseTheme(theme),
        })),
        {
          key: 'sign-out',
          group: ' ',
          icon: <LogoutOutlined aria-hidden />,
          label: t('nav.signOut'),
          onSelect: () => void signOut(),
        },
      ]}
    >
      <span className="person-name">
        <strong>{user?.displayName}</strong>
        {me && <small>{me.jurisdiction ? unit(me.jurisdiction) : t(`role.${me.role}`)}</small>}
      </span>
      <UserOutlined aria-hidden className="person-icon" />
    </Menu>
  );
}
