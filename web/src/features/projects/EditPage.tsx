import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Radio } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import type { Tagged } from '@/api/client';
import { isProblem, type FieldErrors } from 'pipeline-client';
import type { Project } from '@/api/types';
import { useMoneyText } from '@/shared/Amount';
import { useFactText } from '@/shared/factText';
import { ErrorLinks, useErrorLinks } from '@/shared/ErrorLinks';
import { placeFieldErrors } from '@/shared/fieldErrors';
import { PlacedErrors } from '@/shared/PlacedErrors';
import { LinkButton } from '@/shared/LinkButton';
import { Empty, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ProjectFields } from '@/shared/ProjectFields';
import { fromProject, mergePatch, toProjectInput, type ProjectForm } from '@/shared/projectForm';
import { mergeVersions, type FactField, type Merge } from './merge';
import { projectQuery } from '@/shared/moves/queries';
import { useEditProject } from './queries';

export function EditPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery({ ...projectQuery(id), staleTime: Infinity });
  // The form begins with what was read once; later versions come in by merging only.
  const [begun, setBegun] = useState<Tagged<Project> | null>(null);
  if (!begun && query.data && !query.isFetching) setBegun(query.data);
  return (
    <Page title={begun ? t('edit.title', { name: begun.value.name }) : t('projectAct.edit')}>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {!begun && query.isPending && <Loading rows={8} />}
      {begun && (begun.value.allowedActions?.includes('edit') ?? false) && <EditForm key={id} begun={begun} />}
      {begun && !begun.value.allowedActions?.includes('edit') && (
        <Empty title={t('edit.barred')}>
          <Link to={`/projects/${id}`}>{t('edit.back')}</Link>
        </Empty>
      )}
    </Page>
  );
}

function EditForm({ begun }: { begun: Tagged<Project> }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { powers } = useMoneyText();
  const { id } = begun.value;
  const [form] = Form.useForm<{ project: ProjectForm }>();
  const [base, setBase] = useState(begun);
  const [merge, setMerge] = useState<{ merge: Merge; theirs: Tagged<Project> } | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [left, setLeft] = useState<FieldErrors>({});
  const edit = useEditProject(id);
  const links = useErrorLinks(form, 'edit');
  const facts = (project: Project) => toProjectInput(fromProject(project, powers));

  async function save() {
    setBusy(true);
    setError(null);
    setLeft({});
    const mine = toProjectInput((form.getFieldsValue(true) as { project: ProjectForm }).project);
    try {
      const patch = mergePatch(facts(base.value), mine);
      if (Object.keys(patch).length > 0) await edit.mutateAsync({ patch, etag: base.etag });
      message.success(t('edit.done'));
      await navigate(`/projects/${id}`);
    } catch (problem) {
      if (isProblem(problem, 'precondition-failed')) await meet();
      else {
        setError(problem);
        setLeft(placeFieldErrors(form, problem, ['project']));
        links.look();
      }
    } finally {
      setBusy(false);
    }
  }

  /** Someone else has saved meanwhile: what only they changed is taken, what both changed is put to the person. */
  async function meet() {
    try {
      const theirs = await queries.fetchQuery({ ...projectQuery(id), staleTime: 0 });
      const mine = toProjectInput((form.getFieldsValue(true) as { project: ProjectForm }).project);
      setMerge({ merge: mergeVersions(facts(base.value), mine, facts(theirs.value)), theirs });
    } catch (problem) {
      setError(problem);
    }
  }

  function settle(choices: Partial<Record<FactField, 'mine' | 'theirs'>>) {
    if (!merge) return;
    const stored = fromProject(merge.theirs.value, powers) as Record<string, unknown>;
    const fields = [
      ...merge.merge.taken,
      ...merge.merge.conflicts.filter(({ field }) => choices[field] === 'theirs'),
    ].map(({ field }) => field);
    for (const field of fields) form.setFieldValue(['project', field], stored[field]);
    setBase(merge.theirs);
    setMerge(null);
    message.info(t('edit.merged'));
  }

  return (
    <>
      {merge && <MergePanel merge={merge.merge} onSettle={settle} />}
      <Form
        form={form}
        name="edit"
        layout="vertical"
        initialValues={{ project: fromProject(begun.value, powers) }}
        scrollToFirstError={{ block: 'center', focus: true }}
        onFieldsChange={links.look}
        onFinishFailed={links.look}
        onFinish={() => void save()}
      >
        <ProjectFields relaxed />
        <ProblemAlert error={error} fields={left} />
        <div className="submit-bar">
          <ErrorLinks form={form} wrong={links.wrong} />
          <LinkButton to={`/projects/${id}`}>{t('common.cancel')}</LinkButton>
          <Button type="primary" size="large" htmlType="submit" loading={busy} disabled={merge !== null}>
            {t('edit.save')}
          </Button>
        </div>
        <PlacedErrors form={form} />
      </Form>
    </>
  );
}

function MergePanel({
  merge,
  onSettle,
}: {
  merge: Merge;
  onSettle: (choices: Partial<Record<FactField, 'mine' | 'theirs'>>) => void;
}) {
  const { t } = useTranslation();
  const fact = useFactText();
  const head = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    head.current?.scrollIntoView?.({ block: 'center' });
  }, []);
  const [choices, setChoices] = useState<Partial<Record<FactField, 'mine' | 'theirs'>>>({});
  const open = merge.conflicts.some(({ field }) => !choices[field]);
  return (
    <Panel title={t('edit.staleTitle')} className="merge">
      <p role="alert" ref={head}>
        {t('edit.staleText')}
      </p>
      {merge.taken.length > 0 && (
        <>
          <h3>{t('edit.takenTitle')}</h3>
          <dl className="changes">
            {merge.taken.map(({ field, base, theirs }) => (
              <div key={field}>
                <dt>{fact.label(field)}</dt>
                <dd>
                  <del>{fact.value(field, base)}</del> → <ins>{fact.value(field, theirs)}</ins>
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {merge.conflicts.length > 0 && <h3>{t('edit.conflictsTitle')}</h3>}
      {merge.conflicts.map(({ field, mine, theirs }) => (
        <fieldset key={field} className="row-group">
          <legend>{fact.label(field)}</legend>
          <Radio.Group
            className="ways"
            aria-label={fact.label(field)}
            value={choices[field]}
            onChange={(event) => setChoices({ ...choices, [field]: event.target.value as 'mine' | 'theirs' })}
          >
            <Radio value="mine">
              <strong>{t('edit.mine')}</strong>
              <span className="hint">{fact.value(field, mine)}</span>
            </Radio>
            <Radio value="theirs">
              <strong>{t('edit.theirs')}</strong>
              <span className="hint">{fact.value(field, theirs)}</span>
            </Radio>
          </Radio.Group>
        </fieldset>
      ))}
      <Button type="primary" disabled={open} onClick={() => onSettle(choices)}>
        {t('edit.settle')}
      </Button>
    </Panel>
  );
}
