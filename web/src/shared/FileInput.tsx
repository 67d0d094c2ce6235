import { CloseOutlined, PaperClipOutlined, UploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body, client, multipart } from '@/api/client';
import type { FileRef } from '@/api/types';
import { ProblemAlert } from './ProblemAlert';
import { whileUploading } from './uploads';

interface Props {
  id?: string;
  value?: FileRef[];
  onChange?: (files: FileRef[]) => void;
  label: string;
  accept?: string;
}

/** Uploads files at once, unattached, and keeps their ids for the request that will name them. */
export function FileInput({ id, value = [], onChange, label, accept }: Props) {
  const { t } = useTranslation();
  const [uploading, setUploading] = useState<string[]>([]);
  const [error, setError] = useState<unknown>(null);

  async function add(files: File[]) {
    setError(null);
    setUploading(files.map((file) => file.name));
    const done = [...value];
    try {
      for (const file of files) {
        const stored = await body(client.POST('/api/v1/files', { ...multipart({ file }) }));
        done.push({ id: stored.id, name: stored.name });
        onChange?.([...done]);
      }
    } catch (problem) {
      setError(problem);
    } finally {
      setUploading([]);
    }
  }

  return (
    <div className="files">
      {(value.length > 0 || uploading.length > 0) && (
        <ul className="file-list">
          {value.map((file) => (
            <li key={file.id}>
              <PaperClipOutlined aria-hidden /> <span className="file-name">{file.name}</span>
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined aria-hidden />}
                aria-label={t('files.remove', { name: file.name })}
                onClick={() => onChange?.(value.filter((each) => each.id !== file.id))}
              />
            </li>
          ))}
          {uploading.map((name) => (
            <li key={name} className="muted" role="status">
              {t('files.uploading', { name })}
            </li>
          ))}
        </ul>
      )}
      <label className="file-button">
        <UploadOutlined aria-hidden /> {t('files.choose')}
        <input
          id={id}
          type="file"
          multiple
          accept={accept}
          className="visually-hidden"
          aria-label={label}
          disabled={uploading.length > 0}
          onChange={(event) => {
            const files = [...(event.target.files ?? [])];
            event.target.value = '';
            if (files.length) void whileUploading(() => add(files));
          }}
        />
      </label>
      <span className="hint">{t('files.kinds')}</span>
      <ProblemAlert error={error} />
    </div>
  );
}
