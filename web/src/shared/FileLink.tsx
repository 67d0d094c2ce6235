import { DownloadOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { download } from '@/api/client';

/** A stored file: fetched as the person signed in, then saved. */
export function FileLink({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  return (
    <Button
      type="link"
      size="small"
      className="file-link"
      icon={<DownloadOutlined aria-hidden />}
      loading={busy}
      onClick={() => {
        setBusy(true);
        download(`/api/v1/files/${encodeURIComponent(id)}`, name)
          .catch((error: unknown) =>
            message.error(t('files.failed', { reason: error instanceof Error ? error.message : '' })),
          )
          .finally(() => setBusy(false));
      }}
    >
      {name}
    </Button>
  );
}
