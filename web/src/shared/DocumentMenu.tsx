import { DownloadOutlined } from '@ant-design/icons';
import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { download } from '@/api/client';

const FORMATS = ['docx', 'pdf'] as const;

/** An official document as a file: to go on writing, or to print and to file. */
export function DocumentMenu({
  address,
  title,
  label,
}: {
  /** Where it is, without the ending: `bulletins/…`. */
  address: string;
  /** What the file is called, without the ending. */
  title: string;
  label: string;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const save = (format: string) => {
    setBusy(true);
    download(`/api/v1/${address}.${format}`, `${title}.${format}`)
      .catch(() => message.error(t('document.failed')))
      .finally(() => setBusy(false));
  };
  return (
    <Dropdown
      trigger={['click']}
      disabled={busy}
      menu={{
        items: FORMATS.map((format) => ({ key: format, label: t(`document.as.${format}`) })),
        onClick: ({ key }) => save(key),
      }}
    >
      <Button icon={<DownloadOutlined aria-hidden />} loading={busy}>
        {label}
      </Button>
    </Dropdown>
  );
}
