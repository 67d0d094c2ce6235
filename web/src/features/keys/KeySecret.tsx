import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ApiKey } from '@/api/types';
import { CopyField } from '@/shared/CopyField';
import { OnceFoot } from '@/shared/OnceFoot';

/** The secret, shown this once, and how it is used. */
export function KeySecret({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const { t } = useTranslation();
  const path = apiKey.scopes.includes('projects:read') ? 'projects' : 'me';
  return (
    <Modal
      open
      title={t('keys.secretTitle')}
      width={640}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={<OnceFoot value={apiKey.secret ?? ''} finish={t('keys.finish')} onClose={onClose} />}
    >
      <p role="status">{t('keys.secretOnce')}</p>
      {apiKey.waiting && <p>{t('keys.secretWaits')}</p>}
      <CopyField label={t('keys.secret')} value={apiKey.secret ?? ''} rows={2} />
      <CopyField
        label={t('keys.example')}
        value={`curl -s ${window.location.origin}/api/v1/${path} \\\n  -H 'Authorization: Bearer ${apiKey.secret ?? ''}'`}
        rows={4}
      />
    </Modal>
  );
}
