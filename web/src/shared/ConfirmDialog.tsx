import { Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { HeldNote } from './HeldNote';
import { ProblemAlert } from './ProblemAlert';
import { useHold } from './useHold';

interface Props {
  title: string;
  confirm: string;
  danger?: boolean;
  /** Whether what is confirmed is held back for ten seconds, in which it can still be dropped. */
  held?: boolean;
  children: ReactNode;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
}

/** Asks before something is done that others will feel. A refusal is shown where it was asked. */
export function ConfirmDialog({ title, confirm, danger, held, children, onConfirm, onClose }: Props) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { left, hold, now, drop } = useHold();

  async function go() {
    setBusy(true);
    setError(null);
    try {
      await onConfirm();
      onClose();
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  }

  return (
    <Modal
      open
      title={title}
      okText={confirm}
      cancelText={t('common.cancel')}
      onOk={() => (held ? hold(() => void go()) : void go())}
      onCancel={onClose}
      confirmLoading={busy}
      okButtonProps={{ danger, disabled: left !== null }}
      mask={{ closable: false }}
    >
      {children}
      {left !== null && <HeldNote left={left} onNow={now} onDrop={drop} />}
      <ProblemAlert error={error} />
    </Modal>
  );
}
