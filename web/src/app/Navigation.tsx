import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useMe } from '@/shared/queries';
import { navigationFor } from './navigation';

export function Navigation({ onFollow, folded }: { onFollow?: () => void; folded?: boolean }) {
  const { t } = useTranslation();
  const me = useMe();
  if (!me) return null;
  return (
    <nav aria-label={t('nav.main')} className="navigation">
      {navigationFor(me).map((group) => (
        <div key={group.name} className="nav-section">
          <h2 className="nav-group" id={`nav-${group.name}`}>
            {t(`nav.group.${group.name}`)}
          </h2>
          <ul className="nav" aria-labelledby={`nav-${group.name}`}>
            {group.entries.map((entry) => (
              <li key={entry.to}>
                <NavLink
                  to={entry.to}
                  title={folded ? t(`nav.${entry.label}`) : undefined}
                  end={entry.to === '/'}
                  onClick={onFollow}
                >
                  <entry.icon aria-hidden /> <span className="nav-text">{t(`nav.${entry.label}`)}</span>
                </NavLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
