import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { loadTexts } from '@/shared/i18n';
import { unreadQuery } from './queries';

const LatestNotices = lazy(async () => ({
  default: (await Promise.all([import('./LatestNotices'), loadTexts('notices')]))[0].LatestNotices,
}));

/** Says how many notices are unread, and shows the newest; what it shows is loaded when somebody looks. */
export function Bell() {
  const { t } = useTranslation();
  const unread = useQuery(unreadQuery).data ?? 0;
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return;
    const outside = (event: PointerEvent) => {
      if (!place.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);

  function close() {
    setOpen(false);
    button.current?.focus();
  }
  return (
    <div ref={place} className="bell" onKeyDown={(event) => event.key === 'Escape' && open && close()}>
      <button
        ref={button}
        type="button"
        className="bar-button"
        aria-label={t('nav.notices', { n: unread })}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <svg viewBox="0 0 20 20" width="18" height="18" fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden>
          <path d="M3.5 14.5h13l-1.6-2.4V8.6a4.9 4.9 0 0 0-9.8 0v3.5zM8.2 17.2a2 2 0 0 0 3.6 0" />
        </svg>
        {unread > 0 && (
          <span className="bell-count num" aria-hidden>
            {unread > 99 ? '99+' : unread}
          </span>
        )}
      </button>
      {open && (
        <Suspense fallback={null}>
          <LatestNotices onFollow={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}
