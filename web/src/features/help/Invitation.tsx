import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { anonymous } from '@/api/client';
import type { Demo } from '@/api/types';
import { rememberTour } from '@/shared/tour';

const GuidedTour = lazy(async () => ({ default: (await import('./GuidedTour')).GuidedTour }));

/** To whoever opens the demo city for the first time: a short tour, taken or declined once. */
export function Invitation() {
  const { t } = useTranslation();
  const [state, setState] = useState<'offered' | 'taken' | 'over'>('offered');
  const demo = useQuery({
    queryKey: ['demo'],
    queryFn: () => anonymous<Demo>('/api/v1/demo').catch(() => null),
    staleTime: Infinity,
  });
  if (!demo.data || state === 'over') return null;
  const end = () => {
    rememberTour();
    setState('over');
  };
  if (state === 'taken')
    return (
      <Suspense fallback={null}>
        <GuidedTour onEnd={end} />
      </Suspense>
    );
  return (
    <aside className="invitation page page-wide" aria-label={t('tour.title')}>
      <p>
        <strong>{t('tour.title')}</strong> {t('tour.text')}
      </p>
      <div className="invitation-acts">
        <button type="button" className="plain-button plain-button-strong" onClick={() => setState('taken')}>
          {t('tour.start')}
        </button>
        <button type="button" className="plain-button" onClick={end}>
          {t('tour.no')}
        </button>
      </div>
    </aside>
  );
}
