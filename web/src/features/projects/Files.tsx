import { UploadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Project } from '@/api/types';
import { FileLink } from '@/shared/FileLink';
import { formatSize } from '@/shared/fileSize';
import { Loading, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { When } from '@/shared/When';
import { FilePreview } from '@/shared/FilePreview';
import { projectFilesQuery, useAddFile } from './queries';

export function Files({ project }: { project: Project }) {
  const { t } = useTranslation();
  const query = useQuery(projectFilesQuery(project.id));
  const add = useAddFile(project.id);
  return (
    <Panel title={t('files.title')}>
      <ProblemAlert error={query.error ?? add.error} />
      {query.isPending && <Loading rows={2} />}
      {query.data?.length === 0 && <p className="muted">{t('files.empty')}</p>}
      <ul className="plain-list">
        {query.data?.map((file) => (
          <li key={file.id}>
            <FileLink id={file.id} name={file.name} /> <FilePreview {...file} />{' '}
            <span className="hint num">
              {formatSize(file.size)} · <When at={file.uploadedAt} />
            </span>
          </li>
        ))}
      </ul>
      {project.allowedActions?.includes('add-file') && (
        <label className={add.isPending ? 'file-button busy' : 'file-button'}>
          <UploadOutlined aria-hidden />{' '}
          {add.isPending ? t('files.uploading', { name: add.variables.name }) : t('files.add')}
          <input
            type="file"
            className="visually-hidden"
            aria-label={t('files.add')}
            disabled={add.isPending}
            onChange={(event) => {
              const file = event.target.files?.[0];
              if (file) add.mutate(file);
              event.target.value = '';
            }}
          />
        </label>
      )}
      {project.allowedActions?.includes('add-file') && <span className="hint">{t('files.kinds')}</span>}
    </Panel>
  );
}
