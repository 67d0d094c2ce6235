import { useTranslation } from 'react-i18next';
import type { Webhook } from '@/api/types';
import { formatInstant } from '@/shared/dates';

/** Whether changes are sent, and if not, why. */
export function WebhookState({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  if (webhook.status === 'disabled')
    return (
      <span className="tag tag-bad">
        {t(webhook.disabledReason ? `webhooks.disabledOf.${webhook.disabledReason}` : 'webhooks.statusOf.disabled')}
      </span>
    );
  return (
    <span className="tags">
      <span className="tag tag-ok">{t('webhooks.statusOf.enabled')}</span>
      {webhook.failingSince && (
        <span className="tag tag-pending num">
          {t('webhooks.failingSince', { time: formatInstant(webhook.failingSince) })}
        </span>
      )}
    </span>
  );
}
