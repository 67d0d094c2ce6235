import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { body, client } from '@/api/client';
import type { CourseStep } from '@/api/types';
import { DocumentMenu } from '@/shared/DocumentMenu';
import { useCodeText } from '@/shared/i18n';
import { Loading, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { When } from '@/shared/When';

/** What happened to a report from its receipt on: when, what, by whom and why; and the paper that says so. */
export function Course({ claimId, title }: { claimId: string; title: string }) {
  const { t } = useTranslation();
  const course = useQuery({
    queryKey: ['claims', claimId, 'course'],
    queryFn: () => body(client.GET('/api/v1/claims/{id}/course', { params: { path: { id: claimId } } })),
  });
  return (
    <Panel
      title={t('course.title')}
      extra={<DocumentMenu address={`claims/${claimId}/decision`} title={title} label={t('course.paper')} />}
    >
      <ProblemAlert error={course.error} onRetry={() => void course.refetch()} />
      {course.isPending && <Loading rows={3} />}
      <CourseSteps steps={course.data?.items ?? []} />
    </Panel>
  );
}

/** What happened, step by step. */
export function CourseSteps({ steps }: { steps: readonly CourseStep[] }) {
  const { t } = useTranslation();
  const code = useCodeText();
  return (
    <ol className="plain-list course">
      {steps.map((step, at) => (
        <li key={at}>
          <strong>{code('timelineKind', step.kind)}</strong>{' '}
          <span className="muted">
            <When at={step.at} precision="second" /> {step.by ?? t('timeline.system')}
          </span>
          {step.note && <p className="text">{step.note}</p>}
          {step.missing && step.missing.length > 0 && (
            <ul>
              {step.missing.map((point) => (
                <li key={point}>{point}</li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  );
}
