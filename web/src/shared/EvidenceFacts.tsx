import { useTranslation } from 'react-i18next';
import type { Evidence } from '@/api/types';
import { useFactText } from './factText';
import { Facts } from './Page';
import { StoredFile } from './StoredFile';

/** The evidence of a move, member by member, its files to download. */
export function EvidenceFacts({ evidence }: { evidence: Evidence }) {
  const { t } = useTranslation();
  const fact = useFactText();
  const { files, ...rest } = evidence;
  const entries = Object.entries(rest).filter(([, value]) => value !== undefined && value !== null);
  if (entries.length === 0 && !files?.length) return <p className="muted">{t('evidence.none')}</p>;
  return (
    <Facts
      items={[
        ...entries.map(([key, value]) => ({
          label: fact.label(key),
          value: <span className="text">{fact.value(key, value)}</span>,
        })),
        files?.length
          ? {
              label: t('evidence.files'),
              wide: true,
              value: (
                <>
                  {files.map((file, i) => (
                    <StoredFile key={file} id={file} nth={i + 1} />
                  ))}
                </>
              ),
            }
          : null,
      ]}
    />
  );
}
