import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { aboutQuery } from '@/shared/about';
import { useCodeText } from '@/shared/i18n';
import { Facts, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useMe } from '@/shared/queries';

const STEPS = ['s1', 's2', 's3', 's4'] as const;
const TERMS = [
  'report',
  'claim',
  'window',
  'queue',
  'contact',
  'review',
  'verify',
  'move',
  'evidence',
  'dispute',
  'firstTalk',
  'landing',
  'transfer',
  'notice',
  'light',
  'removal',
  'leaderLink',
  'policy',
  'receipt',
  'credit',
  'closing',
  'dryRun',
] as const;

/** What one's role does and how, what the words mean, whom to ask. */
export function HelpPage() {
  const { t } = useTranslation();
  const code = useCodeText();
  const me = useMe();
  const about = useQuery(aboutQuery);
  // A step that a role does not have is told by its own key.
  const steps = me ? STEPS.map((step) => ({ step, text: code(`help.of.${me.role}`, step) })) : [];
  return (
    <Page title={t('help.title')} lead={t('help.lead')}>
      {me && (
        <Panel title={`${t('help.steps')} · ${t(`role.${me.role}`)}`}>
          <ol>
            {steps
              .filter(({ step, text }) => text !== step)
              .map(({ step, text }) => (
                <li key={step}>{text}</li>
              ))}
          </ol>
        </Panel>
      )}
      <Panel title={t('help.contact')}>
        <ProblemAlert error={about.error} onRetry={() => void about.refetch()} />
        {about.data && (
          <>
            {!about.data.phone && !about.data.email && <p>{t('help.none')}</p>}
            <Facts
              items={[
                Boolean(about.data.organisation) && { label: t('help.organisation'), value: about.data.organisation },
                Boolean(about.data.phone) && { label: t('help.phone'), value: about.data.phone },
                Boolean(about.data.email) && {
                  label: t('help.email'),
                  value: <a href={`mailto:${about.data.email}`}>{about.data.email}</a>,
                },
                Boolean(about.data.hours) && { label: t('help.hours'), value: about.data.hours },
                { label: t('help.version'), value: <code>{about.data.version.slice(0, 24)}</code> },
              ]}
            />
          </>
        )}
      </Panel>
      <Panel title={t('help.glossary')} id="glossary">
        <dl className="glossary">
          {TERMS.map((term) => (
            <div key={term} id={`term-${term}`}>
              <dt>{t(`term.${term}.word`)}</dt>
              <dd>{t(`term.${term}.rule`)}</dd>
            </div>
          ))}
        </dl>
      </Panel>
    </Page>
  );
}
