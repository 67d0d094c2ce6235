import { EyeOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { loadFile } from '@/api/client';
import { FileLink } from '@/shared/FileLink';
import { Loading } from '@/shared/Page';

const PdfPages = lazy(async () => ({ default: (await import('./PdfPages')).PdfPages }));

/** What is shown in the page. The kind is one of these and never what a file says of itself: nothing else than a picture or a PDF is ever made of it. */
const SHOWN = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf'];

interface Props {
  id: string;
  name: string;
  contentType: string;
}

/** A button that shows a picture or a PDF without saving it; none for other files. */
export function FilePreview(file: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (!SHOWN.includes(file.contentType)) return null;
  return (
    <>
      <Button
        type="text"
        size="small"
        icon={<EyeOutlined aria-hidden />}
        aria-label={t('preview.open', { name: file.name })}
        title={t('preview.open', { name: file.name })}
        onClick={() => setOpen(true)}
      />
      {open && (
        <Modal
          open
          centered
          width="min(1100px, 94vw)"
          title={file.name}
          footer={[
            <FileLink key="save" id={file.id} name={t('preview.save')} />,
            <Button key="close" onClick={() => setOpen(false)}>
              {t('preview.close')}
            </Button>,
          ]}
          onCancel={() => setOpen(false)}
        >
          <Shown {...file} />
        </Modal>
      )}
    </>
  );
}

function Shown({ id, name, contentType }: Props) {
  const { t } = useTranslation();
  const { data, error } = useQuery({
    queryKey: ['files', id, 'content'],
    queryFn: () => loadFile(`/api/v1/files/${encodeURIComponent(id)}`),
    gcTime: 0,
    staleTime: Infinity,
  });
  const pdf = contentType === 'application/pdf';
  const url = useMemo(
    () => data && !pdf && URL.createObjectURL(new Blob([data], { type: contentType })),
    [data, contentType, pdf],
  );
  useEffect(
    () => () => {
      if (url) URL.revokeObjectURL(url);
    },
    [url],
  );
  if (error) return <p role="alert">{t('preview.failed', { reason: error.message })}</p>;
  if (!data) return <Loading />;
  if (pdf)
    return (
      <Suspense fallback={<Loading />}>
        <PdfPages file={data} name={name} />
      </Suspense>
    );
  return url && <img className="preview-image" src={url} alt={name} />;
}
