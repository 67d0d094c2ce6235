import { useTranslation } from 'react-i18next';
import type { RecordKind } from '@/api/types';
import { LinkButton } from '@/shared/LinkButton';
import { useCan } from '@/shared/queries';

/** The way to the import of a sheet of records, for whoever may enter such records. */
export function ImportLink({ kind, act }: { kind: RecordKind; act: string }) {
  const { t } = useTranslation();
  const can = useCan();
  if (!can('import-records') || !can(act)) return null;
  return <LinkButton to={`/imports/records?kind=${kind}`}>{t('lists.importSheet')}</LinkButton>;
}
