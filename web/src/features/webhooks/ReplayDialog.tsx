import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import { ConfirmDialog } from '@/shared/ConfirmDialog';
import { DateInput } from '@/shared/DateInput';

interface Props {
  webhookId: string;
  onClose: () => void;
  onReplayed: () => void;
}

/** Sends once more what the key sees of the changes since a day. */
export function ReplayDialog({ webhookId, onClose, onReplayed }: Props) {
  const { t } = useTranslation();
  const [since, setSince] = useState<string | undefined>();
  const replay = async () => {
    await body(
      client.POST('/api/v1/webhooks/{id}/replay', {
        params: { path: { id: webhookId } },
        body: { since: since ? `${since}T00:00:00+08:00` : undefined },
      }),
    );
    onReplayed();
  };
  return (
    <ConfirmDialog title={t('webhooks.replay')} confirm={t('webhooks.replay')} onConfirm={replay} onClose={onClose}>
      <p>{t('webhooks.replayText')}</p>
      <label htmlFor="replay-since">{t('webhooks.since')}</label>
      <DateInput id="replay-since" value={since} onChange={(day) => setSince(day ?? undefined)} />
    </ConfirmDialog>
  );
}
