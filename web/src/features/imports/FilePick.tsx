import { InboxOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatSize } from '@/shared/fileSize';

/** Choose a register, or drop it here. */
export function FilePick({ file, onPick, label }: { file: File | null; onPick: (file: File) => void; label?: string }) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  return (
    <label
      className={over ? 'drop drop-over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const dropped = event.dataTransfer.files[0];
        if (dropped) onPick(dropped);
      }}
    >
      <InboxOutlined className="drop-icon" aria-hidden />
      {file ? (
        <span>
          <strong>{file.name}</strong> <span className="num">{formatSize(file.size)}</span>
        </span>
      ) : (
        <span>{t('imports.choose')}</span>
      )}
      <span className="hint">{t('imports.formats')}</span>
      <input
        type="file"
        accept=".csv,.txt,.tsv,.xlsx,.xlsm,.xls,.et,.htm,.html,.xml"
        className="visually-hidden"
        aria-label={label ?? t('imports.file')}
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          if (chosen) onPick(chosen);
          event.target.value = '';
        }}
      />
    </label>
  );
}
