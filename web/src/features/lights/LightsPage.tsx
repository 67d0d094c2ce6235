import { useInfiniteQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Light, LightTotal, ListStage, LitProject } from '@/api/types';
import { Amount } from '@/shared/Amount';
import { DataTable } from '@/shared/DataTable';
import { Filter } from '@/shared/Filter';
import { JurisdictionSelect } from '@/shared/JurisdictionSelect';
import { lightsQuery } from '@/shared/lights/queries';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useMe } from '@/shared/queries';
import { LightTag, StageTag } from '@/shared/tags';
import { useUnitName } from '@/shared/units';
import { useUrlState } from '@/shared/urlState';
import { Day } from '@/shared/When';

const KEYS = ['show', 'stage', 'unit'] as const;
const SHOWS = ['red', 'yellow', 'turning'] as const;
const STAGES: readonly ListStage[] = ['in-talks', 'signed', 'registered', 'started'];
const LIGHTS: readonly Light[] = ['green', 'yellow', 'red'];

/** What stands still, has not started as planned or is behind; and what turns within a week. */
export function LightsPage() {
  const { t } = useTranslation();
  const unit = useUnitName();
  const officer = useMe()?.role === 'officer';
  const { values, change } = useUrlState(KEYS);
  const show = SHOWS.find((each) => each === values.show) ?? 'red';
  const query = useInfiniteQuery(
    lightsQuery({
      light: show === 'turning' ? undefined : show,
      turnsWithin: show === 'turning' ? 'P7D' : undefined,
      stage: STAGES.find((stage) => stage === values.stage),
      jurisdictionId: values.unit,
    }),
  );
  const first = query.data?.pages[0];
  const projects = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t('nav.lights')} lead={officer ? t('lights.leadUnit') : t('lights.lead')} wide>
      {first && (
        <Panel title={t('lights.totals')}>
          {!first.complete && <p className="notice">{t('lights.judging')}</p>}
          <DataTable<LightTotal>
            caption={t('lights.totals')}
            rows={first.totals}
            rowKey={(total) => total.stage}
            columns={[
              {
                key: 'stage',
                title: t('lights.stage'),
                heading: true,
                render: (total) => <StageTag stage={total.stage} />,
              },
              ...LIGHTS.map((light) => ({
                key: light,
                title: t(`light.${light}`),
                align: 'right' as const,
                render: (total: LightTotal) => total[light],
              })),
            ]}
          />
        </Panel>
      )}
      <div className="filters" role="search" aria-label={t('lists.filters')}>
        <Filter id="lights-show" label={t('lights.show')}>
          <Select
            id="lights-show"
            value={show}
            onChange={(next) => change({ show: next === 'red' ? undefined : next })}
            options={SHOWS.map((each) => ({ value: each, label: t(`lights.shows.${each}`) }))}
          />
        </Filter>
        <Filter id="lights-stage" label={t('lights.stage')}>
          <Select
            id="lights-stage"
            allowClear
            value={values.stage}
            placeholder={t('lights.anyStage')}
            onChange={(stage: string | undefined) => change({ stage })}
            options={STAGES.map((stage) => ({ value: stage, label: t(`stage.${stage}`) }))}
          />
        </Filter>
        {!officer && (
          <Filter id="lights-unit" label={t('lights.unit')}>
            <JurisdictionSelect
              id="lights-unit"
              value={values.unit}
              reportingOnly
              onChange={(id) => change({ unit: id })}
            />
          </Filter>
        )}
      </div>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {query.data && projects.length === 0 && <Empty title={t('lights.empty')}>{t('lights.emptyHint')}</Empty>}
      {projects.length > 0 && (
        <DataTable<LitProject>
          caption={t(`lights.shows.${show}`)}
          rows={projects}
          rowKey={(project) => project.projectId}
          busy={query.isPlaceholderData}
          columns={[
            {
              key: 'name',
              title: t('signings.project'),
              heading: true,
              render: (project) => <Link to={`/projects/${project.projectId}`}>{project.name}</Link>,
            },
            { key: 'unit', title: t('lights.unit'), render: (project) => unit(project.owner) },
            { key: 'stage', title: t('lights.stage'), render: (project) => <StageTag stage={project.stage} /> },
            {
              key: 'amount',
              title: t('transfers.amount'),
              align: 'right',
              render: (project) => <Amount money={project.totalInvestment} digits={2} />,
            },
            { key: 'light', title: t('lights.light'), render: (project) => <LightTag light={project.light} /> },
            {
              key: 'turns',
              title: t('lights.turnsOn'),
              render: (project) =>
                project.turnsOn && project.next ? (
                  <>
                    <Day date={project.turnsOn} /> {t(`lights.turnsTo.${project.next as 'yellow' | 'red'}`)}
                  </>
                ) : (
                  t('common.none')
                ),
            },
            {
              key: 'removal',
              title: t('lights.removalOn'),
              render: (project) => (project.removalOn ? <Day date={project.removalOn} /> : t('common.none')),
            },
          ]}
        />
      )}
      <LoadMore {...query} />
    </Page>
  );
}
