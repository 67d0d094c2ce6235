import { DownloadOutlined } from '@ant-design/icons';
import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { download } from '@/api/client';
import { ProblemError } from '@/api/problem';
import { formatSize } from '@/shared/fileSize';
import { exportColumns, type Layout } from './columns';
import { exportQuery, type ListValues } from './listState';

const FORMATS = ['xlsx', 'csv'] as const;

/** The projects of the table as a file, all of them in its order and columns, or those picked; while it comes, how much has. */
export function ExportButton({
  values,
  layout,
  ids,
  label,
}: {
  values: ListValues;
  layout: Layout;
  ids?: string[];
  label?: string;
}) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [bytes, setBytes] = useState<number>();
  const busy = bytes !== undefined;
  const save = (format: string) => {
    const query = new URLSearchParams(
      Object.entries(exportQuery(values)).map(([name, value]) => [name, String(value)]),
    );
    query.set('columns', exportColumns(layout));
    if (ids) query.set('ids', ids.join());
    setBytes(0);
    download(`/api/v1/exports/projects.${format}?${query.toString()}`, `projects.${format}`, setBytes)
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
  return (
    <Dropdown
      trigger={['click']}
      disabled={busy}
      menu={{
        items: FORMATS.map((format) => ({ key: format, label: t(`lists.exportAs.${format}`) })),
        onClick: ({ key }) => save(key),
      }}
    >
      <Button icon={<DownloadOutlined aria-hidden />} loading={busy}>
        {busy ? (
          <span className="num">{t('lists.exporting', { size: formatSize(bytes) })}</span>
        ) : (
          (label ?? t('lists.export'))
        )}
      </Button>
    </Dropdown>
  );
}
