import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ALL_STAGES, countQuery, type ListValues } from './listState';
import { countOfQuery } from './queries';

/** The stages as a filter, each with how many projects of it the other filters leave. */
export function StageTabs({ values, onChange }: { values: ListValues; onChange: (stage: string | undefined) => void }) {
  const { t } = useTranslation();
  const options = [undefined, ...ALL_STAGES];
  const rest = { ...values, stage: undefined };
  const counts = useQueries({
    queries: options.map((stage) => countOfQuery(countQuery(rest, stage && { stage: [stage] }))),
  });
  return (
    <div className="stage-tabs" role="group" aria-label={t('grid.stages')}>
      {options.map((stage, i) => (
        <button
          key={stage ?? 'all'}
          type="button"
          aria-pressed={values.stage === stage}
          onClick={() => onChange(stage)}
        >
          {stage ? t(`stage.${stage}`) : t('grid.allStages')} <span className="num">{counts[i]?.data ?? ''}</span>
        </button>
      ))}
    </div>
  );
}
