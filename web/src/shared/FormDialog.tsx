import { Modal, type FormInstance } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PlacedErrors } from './PlacedErrors';
import { useUploading } from './uploads';

/** A dialog around a form, which its button sends. A click beside it closes nothing: what was typed stays. */
export function FormDialog<T>({
  form,
  title,
  action = title,
  busy,
  width,
  danger = false,
  disabled = false,
  onClose,
  children,
}: {
  form: FormInstance<T>;
  title: string;
  /** What the button says; without it the title. */
  action?: string;
  busy: boolean;
  width?: number;
  danger?: boolean;
  disabled?: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const uploading = useUploading();
  return (
    <Modal
      open
      width={width}
      title={title}
      okText={action}
      cancelText={t('common.cancel')}
      okButtonProps={{ danger, disabled: disabled || uploading }}
      onOk={form.submit}
      onCancel={onClose}
      confirmLoading={busy}
      mask={{ closable: false }}
    >
      {children}
      <PlacedErrors form={form as FormInstance} />
    </Modal>
  );
}
