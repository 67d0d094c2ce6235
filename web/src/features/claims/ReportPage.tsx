import { App, Button, Form, Radio } from 'antd';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { isProblem, type FieldErrors } from 'pipeline-client';
import type { PastedRow } from '@/api/types';
import { useMoneyText } from '@/shared/Amount';
import { ContactsFields } from '@/shared/ContactsFields';
import { formatInstant } from '@/shared/dates';
import { discardDraft, loadDraft, saveDraft } from '@/shared/draft';
import { ErrorLinks, useErrorLinks } from '@/shared/ErrorLinks';
import { placeFieldErrors } from '@/shared/fieldErrors';
import { PlacedErrors } from '@/shared/PlacedErrors';
import { Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ProjectFields } from '@/shared/ProjectFields';
import { newInvestor, toContacts, toProjectInput, type ContactForm, type ProjectForm } from '@/shared/projectForm';
import { useCan, useMe, useSession } from '@/shared/queries';
import { submissionFor, type Submission } from '@/shared/submission';
import { useUploading } from '@/shared/uploads';
import { pasteInto } from './paste';
import { PastePanel } from './PastePanel';
import { useRegister, useReport } from './queries';

type Way = 'report' | 'register';
interface Values {
  way: Way;
  project: ProjectForm;
  contacts?: ContactForm[];
}
interface ReportDraft {
  values: Values;
  submission?: Submission;
}

const FORM = 'report';
const SAVE_AFTER = 500;

function emptyForm(way: Way): Values {
  return { way, project: { investors: [newInvestor(true)] }, contacts: [{}] };
}

export function ReportPage() {
  const { t } = useTranslation();
  const { user } = useSession();
  const me = useMe();
  const can = useCan();
  const [begun, setBegun] = useState(0);
  const may = { report: can('report-project'), register: can('register-project') };
  if (!me)
    return (
      <Page title={t('report.title')}>
        <Loading rows={8} />
      </Page>
    );
  if (!user || (!may.report && !may.register)) {
    return (
      <Page title={t('report.title')}>
        <p>{t('report.notYours')}</p>
      </Page>
    );
  }
  return <ReportForm key={`${user.id}-${begun}`} userId={user.id} may={may} onDiscard={() => setBegun(begun + 1)} />;
}

function ReportForm({ userId, may, onDiscard }: { userId: string; may: Record<Way, boolean>; onDiscard: () => void }) {
  const { t } = useTranslation();
  const uploading = useUploading();
  const navigate = useNavigate();
  const { powers } = useMoneyText();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const [draft] = useState(() => loadDraft<ReportDraft>(FORM, userId));
  const initial = useMemo(
    () => draft?.content.values ?? emptyForm(may.report ? 'report' : 'register'),
    [draft, may.report],
  );
  const [savedAt, setSavedAt] = useState<string | null>(draft?.savedAt ?? null);
  const way = Form.useWatch('way', form) ?? initial.way;
  const submission = useRef(draft?.content.submission);
  const report = useReport();
  const register = useRegister();
  const busy = report.isPending || register.isPending;
  const [error, setError] = useState<unknown>(null);
  const [left, setLeft] = useState<FieldErrors>({});
  const timer = useRef<number>(undefined);
  const links = useErrorLinks(form, 'report');

  const keep = useCallback(() => {
    window.clearTimeout(timer.current);
    timer.current = undefined;
    const content: ReportDraft = { values: form.getFieldsValue(true) as Values, submission: submission.current };
    setSavedAt(saveDraft(FORM, userId, content));
  }, [form, userId]);

  const keepSoon = useCallback(() => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(keep, SAVE_AFTER);
  }, [keep]);

  // Leaving the page within the pause keeps what was typed in it.
  useEffect(() => {
    const flush = () => {
      if (timer.current !== undefined) keep();
    };
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [keep]);

  function forget() {
    window.clearTimeout(timer.current);
    timer.current = undefined;
    submission.current = undefined;
    discardDraft(FORM, userId);
  }

  function discard() {
    forget();
    onDiscard();
  }

  async function submit() {
    const values = form.getFieldsValue(true) as Values;
    setError(null);
    setLeft({});
    const project = toProjectInput(values.project);
    const contacts = toContacts(values.contacts);
    submission.current = submissionFor(
      submission.current,
      values.way === 'report' ? { way: 'report', project, contacts } : { way: 'register', project },
    );
    const { key } = submission.current;
    keep();
    try {
      if (values.way === 'report') {
        const claim = await report.mutateAsync({ project, contacts, key });
        forget();
        await navigate(`/claims/${claim.id}/outcome`, { replace: true });
      } else {
        const registered = await register.mutateAsync({ project, key });
        forget();
        message.success(t('report.registered'));
        await navigate(`/projects/${registered.id}`, { replace: true });
      }
    } catch (problem) {
      setError(problem);
      setLeft(placeFieldErrors(form, problem, values.way === 'report' ? [] : ['project']));
      links.look();
    }
  }

  function fill(row: PastedRow) {
    form.setFieldsValue(pasteInto(form.getFieldsValue(true) as Values, row, powers));
    keep();
  }

  function otherWay(next: Way) {
    form.setFieldValue('way', next);
    setError(null);
    keep();
    form.submit();
  }

  return (
    <Page title={t('report.title')} lead={t('report.lead')}>
      {draft && (
        <div className="notice" role="status">
          <span>{t('report.restored', { time: formatInstant(draft.savedAt) })}</span>
          <Button size="small" onClick={discard}>
            {t('report.discard')}
          </Button>
        </div>
      )}
      <Form
        form={form}
        name="report"
        layout="vertical"
        initialValues={initial}
        scrollToFirstError={{ block: 'center', focus: true }}
        onFieldsChange={links.look}
        onFinishFailed={links.look}
        onValuesChange={keepSoon}
        onFinish={() => void submit()}
      >
        <PastePanel onFill={fill} />
        <Panel title={t('report.wayTitle')}>
          <Form.Item name="way" noStyle>
            <Radio.Group className="ways" aria-label={t('report.wayTitle')}>
              <Radio value="report" disabled={!may.report}>
                <strong>{t('report.way.report')}</strong>
                <span className="hint">{t('report.wayHint.report')}</span>
              </Radio>
              <Radio value="register" disabled={!may.register}>
                <strong>{t('report.way.register')}</strong>
                <span className="hint">{t('report.wayHint.register')}</span>
              </Radio>
            </Radio.Group>
          </Form.Item>
        </Panel>
        <ProjectFields>
          <div hidden={way !== 'report'}>
            <Panel title={t('report.contactsTitle')}>
              <p className="hint">{t('report.contactsHint')}</p>
              <ContactsFields />
            </Panel>
          </div>
        </ProjectFields>
        <ProblemAlert error={error} fields={left}>
          {isProblem(error, 'report-required') && may.report && (
            <p>
              <Button type="primary" onClick={() => otherWay('report')}>
                {t('report.switchToReport')}
              </Button>
            </p>
          )}
          {isProblem(error, 'below-threshold') && may.register && (
            <p>
              <Button type="primary" onClick={() => otherWay('register')}>
                {t('report.switchToRegister')}
              </Button>
            </p>
          )}
        </ProblemAlert>
        <div className="submit-bar">
          <ErrorLinks form={form} wrong={links.wrong} />
          <span className="hint" aria-live="polite">
            {savedAt ? t('report.saved', { time: formatInstant(savedAt, 'second').slice(11) }) : t('report.notSaved')}
          </span>
          <Button type="primary" size="large" htmlType="submit" loading={busy} disabled={uploading}>
            {way === 'report' ? t('report.submitReport') : t('report.submitRegister')}
          </Button>
        </div>
        <PlacedErrors form={form} />
      </Form>
    </Page>
  );
}
