import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import { isProblem } from 'pipeline-client';
import type { ApiKey } from '@/api/types';
import { ReasonDialog } from '@/shared/ReasonDialog';
import { keyQuery } from './queries';

export function RevokeDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const current = useQuery(keyQuery(apiKey.id));
  async function revoke(reason: string) {
    const { etag } = current.data ?? (await queries.fetchQuery(keyQuery(apiKey.id)));
    try {
      await body(
        client.POST('/api/v1/api-keys/{id}/revoke', {
          params: { path: { id: apiKey.id }, header: { 'If-Match': etag } },
          body: { reason },
        }),
      );
    } catch (problem) {
      if (isProblem(problem, 'precondition-failed')) await current.refetch();
      throw problem;
    }
    await queries.invalidateQueries({ queryKey: ['api-keys'] });
    message.success(t('keys.revokeDone'));
  }
  return (
    <ReasonDialog
      open
      title={t('keys.revokeOf', { name: apiKey.name })}
      confirm={t('keys.revokeConfirm')}
      danger
      onConfirm={revoke}
      onClose={onClose}
    >
      <p>{t('keys.revokeText')}</p>
    </ReasonDialog>
  );
}
