import { useQuery } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import { Loading } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { When } from '@/shared/When';
import { deliveryQuery } from './queries';

interface Props {
  webhookId: string;
  deliveryId: string;
  onClose: () => void;
  onSent: () => void;
}

/** A delivery with every try: what was sent and what was answered. */
export function DeliveryDialog({ webhookId, deliveryId, onClose, onSent }: Props) {
  const { t } = useTranslation();
  const query = useQuery(deliveryQuery(webhookId, deliveryId));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  async function redeliver() {
    setBusy(true);
    setError(null);
    try {
      await body(
        client.POST('/api/v1/webhooks/{id}/deliveries/{deliveryId}/redeliver', {
          params: { path: { id: webhookId, deliveryId } },
        }),
      );
      onSent();
      onClose();
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  }

  const attempts = query.data?.attempts ?? [];
  return (
    <Modal
      open
      title={query.data ? `${query.data.type} · ${query.data.subject}` : t('webhooks.delivery')}
      width={720}
      onCancel={onClose}
      footer={[
        <Button key="close" onClick={onClose}>
          {t('common.close')}
        </Button>,
        <Button key="again" type="primary" loading={busy} disabled={!query.data} onClick={() => void redeliver()}>
          {t('webhooks.redeliver')}
        </Button>,
      ]}
    >
      <ProblemAlert error={error ?? query.error} />
      {query.isPending && <Loading rows={3} />}
      {query.data && attempts.length === 0 && <p className="muted">{t('webhooks.notTried')}</p>}
      {attempts.map((tried, at) => (
        <section key={tried.at}>
          <h3>
            {t('webhooks.try', { count: at + 1 })} · <When at={tried.at} />
          </h3>
          <p>
            {tried.status !== undefined
              ? t('webhooks.answered', { status: tried.status, ms: tried.milliseconds })
              : t('webhooks.unanswered', { error: t(`webhooks.errorOf.${tried.error ?? 'unreachable'}` as never) })}
          </p>
          {tried.answer && (
            <>
              <h4>{t('webhooks.answer')}</h4>
              <pre className="text">{tried.answer}</pre>
            </>
          )}
          <h4>{t('webhooks.request')}</h4>
          <pre className="text">
            {[
              `POST ${tried.request.url}`,
              ...Object.entries(tried.request.headers).map(([name, value]) => `${name}: ${value}`),
              '',
              JSON.stringify(tried.request.body, null, 2),
            ].join('\n')}
          </pre>
        </section>
      ))}
    </Modal>
  );
}
