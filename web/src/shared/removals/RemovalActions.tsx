import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Removal } from '@/api/types';
import { ReasonDialog } from '@/shared/ReasonDialog';
import { useIdempotencyKey } from '@/shared/submission';
import { useRemovalStep, type RemovalStep } from './queries';

const STEPS: readonly RemovalStep[] = ['confirm', 'keep'];

/** What the server says this person may decide about a removal now. */
export function RemovalActions({ removal }: { removal: Removal }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const take = useRemovalStep();
  const key = useIdempotencyKey();
  const [asking, setAsking] = useState<RemovalStep | null>(null);
  const steps = STEPS.filter((step) => removal.allowedActions.includes(step));
  if (steps.length === 0) return null;
  return (
    <div className="actions">
      {steps.map((step) => (
        <Button
          key={step}
          size="small"
          danger={step === 'confirm'}
          aria-label={t('removals.stepOf', { step: t(`removals.step.${step}`), name: removal.projectName })}
          onClick={() => setAsking(step)}
        >
          {t(`removals.step.${step}`)}
        </Button>
      ))}
      {asking && (
        <ReasonDialog
          kind="removal"
          open
          held
          danger={asking === 'confirm'}
          title={t('removals.stepOf', { step: t(`removals.step.${asking}`), name: removal.projectName })}
          confirm={t(`removals.step.${asking}`)}
          onClose={() => setAsking(null)}
          onConfirm={async (reason) => {
            await take.mutateAsync({
              id: removal.id,
              version: removal.version,
              step: asking,
              reason,
              key: key.keyFor({ asking, reason }),
            });
            message.success(t(`removals.done.${asking}`));
          }}
        >
          <p>{t(`removals.ask.${asking}`)}</p>
        </ReasonDialog>
      )}
    </div>
  );
}
