import { DownloadOutlined, DownOutlined } from '@ant-design/icons';
import { App, Button, Dropdown, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { download } from '@/api/client';
import { ProblemError } from 'pipeline-client';
import { formatSize } from '@/shared/fileSize';

const FORMATS = ['xlsx', 'csv'] as const;

/** What a list finds as a file: one click for a workbook, as shown where it can be, the arrow for the other formats; while it comes, how much has. */
export function ExportMenu({
  name,
  query,
  label,
  shown,
}: {
  /** The export, as its address calls it: `projects`, `capital`. */
  name: string;
  query: () => URLSearchParams;
  label?: string;
  /** Whether the file can tell its figures as the page shows them. */
  shown?: boolean;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [bytes, setBytes] = useState<number>();
  const busy = bytes !== undefined;
  const save = (choice: string) => {
    const format = choice === 'shown' ? 'xlsx' : choice;
    const asked = query();
    if (choice === 'shown') asked.set('figures', 'shown');
    setBytes(0);
    download(`/api/v1/exports/${name}.${format}?${asked.toString()}`, `${name}.${format}`, setBytes)
      .catch((error: unknown) =>
        message.error(
          t('lists.exportFailed', {
            reason:
              error instanceof ProblemError && error.status !== 0 ? error.problem.title : t('problem.networkTitle'),
          }),
        ),
      )
      .finally(() => setBytes(undefined));
  };
  const formats = [...(shown ? (['shown'] as const) : []), ...FORMATS];
  const text = label ?? t('lists.export');
  return (
    <Space.Compact>
      <Button
        icon={<DownloadOutlined aria-hidden />}
        loading={busy}
        title={t(`lists.exportAs.${formats[0] ?? 'xlsx'}`)}
        onClick={() => save(formats[0] ?? 'xlsx')}
      >
        {busy ? <span className="num">{t('lists.exporting', { size: formatSize(bytes) })}</span> : text}
      </Button>
      <Dropdown
        trigger={['click']}
        placement="bottomRight"
        disabled={busy}
        menu={{
          items: formats.map((format) => ({ key: format, label: t(`lists.exportAs.${format}`) })),
          onClick: ({ key }) => save(key),
        }}
      >
        <Button icon={<DownOutlined aria-hidden />} aria-label={t('lists.exportFormats', { text })} />
      </Dropdown>
    </Space.Compact>
  );
}
