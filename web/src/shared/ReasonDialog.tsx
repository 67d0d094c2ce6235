import { Form, Modal } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FieldErrors } from 'pipeline-client';
import { placeFieldErrors } from './fieldErrors';
import { HeldNote } from './HeldNote';
import { ProblemAlert } from './ProblemAlert';
import { ReasonField } from './ReasonField';
import { useHold } from './useHold';
import type { ReasonKind } from '@/api/types';

interface Props {
  open: boolean;
  title: string;
  children?: ReactNode;
  confirm: string;
  danger?: boolean;
  /** Whether what is confirmed is held back for ten seconds, in which it can still be dropped. */
  held?: boolean;
  /** For which decisions the texts are that may be chosen from. */
  kind?: ReasonKind;
  onConfirm: (reason: string) => Promise<unknown>;
  onClose: () => void;
}

/** Asks for the reason that a decision is recorded with. What was typed stays when the decision is refused. */
export function ReasonDialog({ open, title, children, confirm, danger, held, kind, onConfirm, onClose }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ reason: string }>();
  // Several may be on a page: each needs a field, and a label, of its own.
  const name = useId();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [left, setLeft] = useState<FieldErrors>({});
  const hold = useHold();
  const isHeld = hold.left !== null;

  async function decide({ reason }: { reason: string }) {
    setBusy(true);
    setError(null);
    try {
      await onConfirm(reason);
      form.resetFields();
      onClose();
    } catch (problem) {
      setLeft(placeFieldErrors(form, problem));
      setError(problem);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal
      open={open}
      title={title}
      okText={confirm}
      cancelText={t('common.cancel')}
      onOk={form.submit}
      confirmLoading={busy}
      okButtonProps={{ danger, disabled: isHeld }}
      forceRender
      onCancel={() => {
        hold.drop();
        setError(null);
        onClose();
      }}
    >
      {children}
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name={name}
        layout="vertical"
        disabled={isHeld}
        onFinish={(values) => (held ? hold.hold(() => void decide(values)) : void decide(values))}
      >
        <ReasonField kind={kind} />
      </Form>
      {hold.left !== null && <HeldNote left={hold.left} onNow={hold.now} onDrop={hold.drop} />}
    </Modal>
  );
}
