import { useQuery } from '@tanstack/react-query';
import { Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Project } from '@/api/types';
import { today } from '@/shared/dates';
import { Facts } from '@/shared/Page';
import { projectProblemsQuery } from '@/shared/problems/queries';
import { useCan } from '@/shared/queries';
import { Day } from '@/shared/When';
import { Section } from './Section';
import { capitalSummaryQuery } from './queries';
import { scheduleOf } from './schedule';

const points = (value: number) => value.toFixed(2);

/** What a landed project still has before it until it produces: its days, what should be paid in by now, what holds it up. */
export function ProductionSection({ project }: { project: Project }) {
  const { t } = useTranslation();
  const can = useCan();
  const landed = project.stage === 'registered' || project.stage === 'started';
  const { data: capital } = useQuery({
    ...capitalSummaryQuery(project.id),
    enabled: landed && can('read-capital'),
  });
  const { data: problems } = useQuery({
    ...projectProblemsQuery(project.id),
    enabled: landed && can('read-problems'),
  });
  if (!landed) return null;
  const { plannedStartOn, plannedProductionOn } = project;
  const started = project.stageDates?.started;
  const paidIn = capital?.onPlan === undefined ? undefined : Number(capital.onPlan);
  const schedule =
    started && plannedProductionOn ? scheduleOf(started, plannedProductionOn, today(), paidIn) : undefined;
  const blocking = problems?.filter((problem) => problem.status !== 'closed');
  const unknown = <span className="muted">{t('production.unknown')}</span>;
  return (
    <Section
      title={t('production.title')}
      state={
        !plannedProductionOn
          ? t('production.noPlan')
          : schedule
            ? t(schedule.left < 0 ? 'production.late' : 'production.left', { count: Math.abs(schedule.left) })
            : t('production.notStarted')
      }
    >
      <Facts
        items={[
          started
            ? { label: t('production.started'), value: <Day date={started} /> }
            : {
                label: t('production.plannedStart'),
                value: plannedStartOn ? <Day date={plannedStartOn} /> : unknown,
              },
          {
            label: t('production.planned'),
            value: plannedProductionOn ? <Day date={plannedProductionOn} /> : unknown,
          },
          schedule
            ? {
                label: t('production.expected'),
                value: (
                  <>
                    <Progress
                      percent={Number(points(schedule.expected * 100))}
                      size="small"
                      aria-label={t('production.expected')}
                    />
                    <p className="hint">{t('production.days', { count: schedule.days })}</p>
                  </>
                ),
              }
            : null,
          {
            label: t('production.paidIn'),
            value:
              paidIn === undefined ? (
                unknown
              ) : (
                <>
                  <Progress
                    percent={Number(points(paidIn * 100))}
                    size="small"
                    status="normal"
                    aria-label={t('production.paidIn')}
                  />
                  {schedule?.behind !== undefined && schedule.behind > 0 && (
                    <p className="hint">{t('production.behind', { points: points(schedule.behind) })}</p>
                  )}
                </>
              ),
          },
          blocking
            ? {
                label: t('production.problems'),
                value:
                  blocking.length === 0
                    ? t('production.noProblems')
                    : blocking.map((problem) => problem.title).join('；'),
              }
            : null,
        ]}
      />
      <p className="hint">{t(started ? 'production.next' : 'production.nextStart')}</p>
    </Section>
  );
}
