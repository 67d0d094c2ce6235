import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { FieldErrors } from 'pipeline-client';
import { body, client } from '@/api/client';
import type { Claim, Project } from '@/api/types';
import { useMoneyText } from '@/shared/Amount';
import { ReturnedNote } from '@/shared/claims/ReturnedNote';
import { ContactsFields } from '@/shared/ContactsFields';
import { ErrorLinks, useErrorLinks } from '@/shared/ErrorLinks';
import { placeFieldErrors } from '@/shared/fieldErrors';
import { PlacedErrors } from '@/shared/PlacedErrors';
import { LinkButton } from '@/shared/LinkButton';
import { Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ProjectFields } from '@/shared/ProjectFields';
import { fromProject, toContacts, toProjectInput, type ContactForm, type ProjectForm } from '@/shared/projectForm';
import { useIdempotencyKey } from '@/shared/submission';
import { useUploading } from '@/shared/uploads';
import { claimQuery } from './queries';

interface Values {
  project: ProjectForm;
  contacts?: ContactForm[];
}

/** A report that was returned, to be completed by its unit (R14b). */
export function CompletePage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery({ ...claimQuery(id), refetchOnWindowFocus: false });
  const claim = query.data?.value;
  return (
    <Page title={t('returned.complete')} lead={claim?.report?.name}>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={8} />}
      {claim && query.data && (
        <>
          <ReturnedNote claim={claim} onOver={() => void query.refetch()} />
          {claim.allowedActions.includes('resubmit') ? (
            <CompleteForm claim={claim} etag={query.data.etag} />
          ) : (
            <p className="notice">{t('returned.nothing')}</p>
          )}
        </>
      )}
    </Page>
  );
}

function CompleteForm({ claim, etag }: { claim: Claim; etag: string }) {
  const { t } = useTranslation();
  const { powers } = useMoneyText();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const uploading = useUploading();
  const [form] = Form.useForm<Values>();
  const [error, setError] = useState<unknown>(null);
  const [left, setLeft] = useState<FieldErrors>({});
  const links = useErrorLinks(form, 'complete');
  const key = useIdempotencyKey();
  const send = useMutation({
    mutationFn: (values: Values) => {
      const said = { project: toProjectInput(values.project), contacts: toContacts(values.contacts) };
      return body(
        client.POST('/api/v1/claims/{id}/resubmit', {
          params: {
            path: { id: claim.id },
            header: { 'If-Match': etag, 'Idempotency-Key': key.keyFor({ said, etag }) },
          },
          body: said,
        }),
      );
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['claims'] }),
  });

  async function submit() {
    setError(null);
    setLeft({});
    try {
      await send.mutateAsync(form.getFieldsValue(true) as Values);
      message.success(t('returned.completed'));
      await navigate(`/claims/${claim.id}`, { replace: true });
    } catch (problem) {
      setError(problem);
      setLeft(placeFieldErrors(form, problem));
      links.look();
    }
  }

  return (
    <Form
      form={form}
      name="complete"
      layout="vertical"
      initialValues={{ project: fromProject(claim.report as unknown as Project, powers), contacts: [] }}
      scrollToFirstError={{ block: 'center', focus: true }}
      onFieldsChange={links.look}
      onFinishFailed={links.look}
      onFinish={() => void submit()}
    >
      <ProjectFields>
        <Panel title={t('returned.contacts')}>
          <p className="hint">{t('returned.contactsHint', { count: claim.contacts.length })}</p>
          <ContactsFields />
        </Panel>
      </ProjectFields>
      <ProblemAlert error={error} fields={left} />
      <div className="submit-bar">
        <ErrorLinks form={form} wrong={links.wrong} />
        <LinkButton to={`/claims/${claim.id}`}>{t('common.cancel')}</LinkButton>
        <Button type="primary" size="large" htmlType="submit" loading={send.isPending} disabled={uploading}>
          {t('returned.submit')}
        </Button>
      </div>
      <PlacedErrors form={form} />
    </Form>
  );
}
