import { Tour } from 'antd';
import { useTranslation } from 'react-i18next';

const STOPS = [
  ['lists', '.pipeline'],
  ['search', '.bar-search'],
  ['work', '.side a[href="/lists"], .bar-button'],
  ['figures', '.side a[href="/figures"], .bar-button'],
  ['person', '.person'],
] as const;

export function GuidedTour({ onEnd }: { onEnd: () => void }) {
  const { t } = useTranslation();
  return (
    <Tour
      open
      onClose={onEnd}
      onFinish={onEnd}
      getPopupContainer={() => document.querySelector('main') ?? document.body}
      steps={STOPS.map(([name, selector], index) => ({
        title: t(`tour.stop.${name}.title`),
        description: t(`tour.stop.${name}.text`),
        target: () => document.querySelector<HTMLElement>(selector) ?? document.body,
        nextButtonProps: { children: t(index === STOPS.length - 1 ? 'tour.done' : 'tour.next') },
        prevButtonProps: { children: t('tour.back') },
      }))}
    />
  );
}
