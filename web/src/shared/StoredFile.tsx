import { queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { fileHeaders } from '@/api/client';
import { FileLink } from './FileLink';
import { FilePreview } from './FilePreview';

const headersQuery = (id: string) =>
  queryOptions({
    queryKey: ['files', id, 'headers'],
    queryFn: () => fileHeaders(id),
    staleTime: Infinity,
    retry: false,
  });

/** A stored file that only its id is known of: by its own name, to look at where it stands or to download. */
export function StoredFile({ id, nth }: { id: string; nth: number }) {
  const { t } = useTranslation();
  const { data } = useQuery(headersQuery(id));
  const name = data?.name ?? t('files.nth', { n: nth });
  return (
    <span className="stored-file">
      <FileLink id={id} name={name} />
      {data && <FilePreview id={id} name={name} contentType={data.contentType} />}
    </span>
  );
}
