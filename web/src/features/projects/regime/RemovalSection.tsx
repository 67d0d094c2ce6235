import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Project } from '@/api/types';
import { formatInstant } from '@/shared/dates';
import { useCan } from '@/shared/queries';
import { openRemovalQuery } from '@/shared/removals/queries';
import { RemovalActions } from '@/shared/removals/RemovalActions';
import { Day } from '@/shared/When';
import { Section } from './Section';

/** That the project is proposed for removal: until when its owner can contest it, and what the centre may decide. */
export function RemovalSection({ project }: { project: Project }) {
  const { t } = useTranslation();
  const can = useCan();
  const query = useQuery({
    ...openRemovalQuery(project.id),
    enabled: can('read-removals') && project.stage === 'in-talks',
  });
  const removal = query.data;
  if (!removal) return null;
  const until = formatInstant(removal.contestUntil, 'day');
  return (
    <Section title={t('removals.section')} state={<span className="tag flag">{until}</span>} open>
      <p>
        {t('removals.idleSince')} <Day date={removal.idleSince} />
      </p>
      <p>{t('removals.contestText', { until })}</p>
      <RemovalActions removal={removal} />
    </Section>
  );
}
