import { Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Project } from '@/api/types';
import { ContactsFields } from '@/shared/ContactsFields';
import { FormDialog } from '@/shared/FormDialog';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { toContacts, type ContactForm } from '@/shared/projectForm';
import { useIdempotencyKey } from '@/shared/submission';
import { useClaimOwn } from './queries';
import { useDialogForm } from '@/shared/useDialogForm';

/** Reports a project that is in the library already: its facts are there, the contacts are asked for. */
export function ClaimDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [form] = Form.useForm<{ contacts?: ContactForm[] }>();
  const claim = useClaimOwn(project.id);
  const key = useIdempotencyKey();
  const { busy, error, left, send } = useDialogForm(form);

  const submit = () =>
    send(async () => {
      const contacts = toContacts((form.getFieldsValue(true) as { contacts?: ContactForm[] }).contacts);
      const made = await claim.mutateAsync({ contacts, key: key.keyFor(contacts) });
      await navigate(`/claims/${made.id}/outcome`);
    });

  return (
    <FormDialog
      form={form}
      title={t('projectAct.claim')}
      action={t('report.submitReport')}
      busy={busy}
      width={720}
      onClose={onClose}
    >
      <p>{t('report.contactsHint')}</p>
      <ProblemAlert error={error} fields={left} />
      <Form
        form={form}
        name="claim"
        layout="vertical"
        initialValues={{ contacts: [{}] }}
        onFinish={() => void submit()}
      >
        <ContactsFields />
      </Form>
    </FormDialog>
  );
}
