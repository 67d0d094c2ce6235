import { useTranslation } from 'react-i18next';
import type { Bulletin, BulletinContent, BulletinFigure, BulletinProject, BulletinTable } from '@/api/types';
import { Amount } from '@/shared/Amount';
import { DataTable } from '@/shared/DataTable';
import { indicatorName, changeText, percentText, pointsText, useValueText } from '@/shared/figures';
import { useLanguage } from '@/shared/i18n';
import { Panel } from '@/shared/Page';
import { useUnitName } from '@/shared/units';
import { Day } from '@/shared/When';
import { halfOf } from './periods';
import './bulletins.css';

/** What a unit was called when the bulletin was told; in English by its English name, which bulletins do not keep. */
function useNameThen(): (unit: { id: string; name: string }) => string {
  const language = useLanguage();
  const unit = useUnitName();
  return (each) => (language === 'en' ? unit(each) : each.name);
}

/** What a bulletin says, part by part; printed it is the bulletin on paper. */
export function BulletinText({ bulletin, content }: { bulletin: Bulletin; content: BulletinContent }) {
  const { t } = useTranslation();
  const named = useNameThen();
  const language = useLanguage();
  const half = halfOf(bulletin);
  const separator = t('common.listSeparator');
  const honours = (content.tables ?? []).filter((table) => table.honours);
  return (
    <article className="bulletin" aria-labelledby="bulletin-title">
      <header className="bulletin-head">
        <h2 id="bulletin-title">
          {t('bulletins.title', {
            period: half ? t(`bulletins.half.${half.half}`, { year: half.year }) : bulletin.period,
          })}
        </h2>
        <p>
          {bulletin.number === undefined
            ? t('bulletins.notIssued')
            : t('bulletins.numbered', { year: bulletin.year, count: bulletin.number })}
          {bulletin.status === 'superseded' && ` · ${t('bulletins.statusOf.superseded')}`}
        </p>
        <p className="hint">{t('bulletins.basis', { day: content.through, count: content.monthsOver })}</p>
      </header>
      {bulletin.note && <p className="text">{bulletin.note}</p>}
      {content.tables?.map((table) => (
        <FigureTable key={table.indicator} table={table} />
      ))}
      {content.model && (
        <p className="hint">
          {t('bulletins.model', {
            name: indicatorName(content.model, language),
            number: content.model.modelVersion,
          })}
        </p>
      )}
      {content.tables?.length === 0 && <p>{t('bulletins.noFigures')}</p>}
      {content.parts.includes('honours') && (
        <Panel title={t('bulletins.honours')}>
          {honours.length === 0 && <p>{t('bulletins.noHonours')}</p>}
          {honours.map((table) => (
            <Honours key={table.indicator} table={table} separator={separator} />
          ))}
        </Panel>
      )}
      {content.projects && (
        <Panel title={t('bulletins.projects')}>
          <p>
            {t('bulletins.signed', {
              signed: content.projects.signed,
              large: content.projects.items.length,
              talks: content.projects.inTalks,
            })}
          </p>
          {content.projects.unmeasured !== undefined && (
            <p>{t('bulletins.unmeasured', { count: content.projects.unmeasured })}</p>
          )}
          <Projects caption={t('bulletins.projects')} projects={content.projects.items} />
        </Panel>
      )}
      {content.lateNotices && (
        <Panel title={t('bulletins.late')}>
          {content.lateNotices.length === 0 && <p>{t('bulletins.noneLate')}</p>}
          <Projects caption={t('bulletins.late')} projects={content.lateNotices} />
        </Panel>
      )}
      {content.lights && (
        <Panel title={t('bulletins.lights', { day: content.on })}>
          {content.lights.length === 0 ? (
            <p>{t('bulletins.noLights')}</p>
          ) : (
            <DataTable
              caption={t('bulletins.lights', { day: content.on })}
              rows={content.lights}
              rowKey={(row) => row.unit.id}
              columns={[
                { key: 'unit', title: t('bulletins.unit'), heading: true, render: (row) => named(row.unit) },
                ...(['green', 'yellow', 'red'] as const).map((light) => ({
                  key: light,
                  title: t(`bulletins.light.${light}`),
                  align: 'right' as const,
                  render: (row: { green: number; yellow: number; red: number }) => (
                    <span className="num">{row[light]}</span>
                  ),
                })),
              ]}
            />
          )}
        </Panel>
      )}
      {content.problems && (
        <Panel title={t('bulletins.problems', { day: content.on })}>
          {content.problems.items.length === 0 ? (
            <p>{t('bulletins.noProblems')}</p>
          ) : (
            <DataTable
              caption={t('bulletins.problems', { day: content.on })}
              rows={content.problems.items}
              rowKey={(row) => `${row.projectId} ${row.kind} ${row.dueOn}`}
              columns={[
                { key: 'project', title: t('bulletins.project'), heading: true, render: (row) => row.projectName },
                { key: 'unit', title: t('bulletins.unit'), render: (row) => named(row.unit) },
                { key: 'kind', title: t('bulletins.problemKind'), render: (row) => t(`problemKind.${row.kind}`) },
                {
                  key: 'department',
                  title: t('bulletins.department'),
                  render: (row) => (row.department ? named(row.department) : t('bulletins.unassigned')),
                },
                { key: 'due', title: t('bulletins.due'), render: (row) => <Day date={row.dueOn} /> },
                {
                  key: 'overdue',
                  title: t('bulletins.overdue'),
                  align: 'right',
                  render: (row) => t('bulletins.workdays', { count: row.overdueFor }),
                },
              ]}
            />
          )}
          {content.problems.inTalks !== undefined && (
            <p>{t('bulletins.problemsInTalks', { count: content.problems.inTalks })}</p>
          )}
        </Panel>
      )}
      <footer className="hint">
        {content.masked !== undefined && <p>{t('bulletins.masked', { count: content.masked })}</p>}
        <p>
          {t('bulletins.snapshot', { version: bulletin.snapshotVersion })}{' '}
          <code className="num">{bulletin.snapshotId}</code>
        </p>
        {bulletin.hash && (
          <p>
            {t('bulletins.hash')} <code className="num bulletin-hash">{bulletin.hash}</code>
          </p>
        )}
      </footer>
    </article>
  );
}

/** An indicator's figures by unit, with how far each has come drawn behind its share. */
function FigureTable({ table }: { table: BulletinTable }) {
  const { t } = useTranslation();
  const named = useNameThen();
  const language = useLanguage();
  const value = useValueText();
  const name = indicatorName(table, language);
  const told = (each: number | undefined) => <span className="num">{value(each, table.unit) ?? '—'}</span>;
  const most = Math.max(1, ...table.rows.map((row) => Number(row.completion ?? 0)));
  return (
    <Panel title={name}>
      <DataTable<BulletinFigure>
        caption={name}
        rows={[...table.rows, table.city]}
        rowKey={(row) => row.unit?.id ?? 'city'}
        columns={[
          {
            key: 'unit',
            title: t('bulletins.unit'),
            heading: true,
            render: (row) => (row.unit ? named(row.unit) : t('bulletins.city')),
          },
          { key: 'target', title: t('bulletins.target'), align: 'right', render: (row) => told(row.target) },
          { key: 'value', title: t('bulletins.value'), align: 'right', render: (row) => told(row.value) },
          {
            key: 'cumulative',
            title: t('bulletins.cumulative'),
            align: 'right',
            render: (row) => told(row.cumulative),
          },
          {
            key: 'adjusting',
            title: t('bulletins.adjusting'),
            align: 'right',
            render: (row) => row.adjusting !== undefined && told(row.adjusting),
          },
          {
            key: 'completion',
            title: t('bulletins.completion'),
            align: 'right',
            render: (row) => (
              <span className="bulletin-share">
                {row.unit && row.completion !== undefined && (
                  <span
                    className="bulletin-bar"
                    style={{ width: `${(Math.max(0, Number(row.completion)) / most) * 100}%` }}
                    aria-hidden
                  />
                )}
                <span className="num">{percentText(row.completion)}</span>
              </span>
            ),
          },
          {
            key: 'pace',
            title: t('bulletins.pace'),
            align: 'right',
            render: (row) => <span className="num">{pointsText(row.pace)}</span>,
          },
          {
            key: 'rank',
            title: t('bulletins.rank'),
            align: 'right',
            render: (row) => (
              <span className="num nowrap">
                {row.rank ?? '—'}
                {row.movement !== undefined &&
                  row.movement !== 0 &&
                  ` ${t(row.movement > 0 ? 'bulletins.up' : 'bulletins.down', { count: Math.abs(row.movement) })}`}
              </span>
            ),
          },
          {
            key: 'yearOnYear',
            title: t('bulletins.yearOnYear'),
            align: 'right',
            render: (row) => <span className="num">{changeText(row.yearOnYear)}</span>,
          },
        ]}
      />
      {table.doubleCounted !== undefined && (
        <p className="hint">{t('bulletins.double', { value: value(table.doubleCounted, table.unit) })}</p>
      )}
      {table.city.unknown !== undefined && (
        <p className="hint">{t('bulletins.unknown', { count: table.city.unknown })}</p>
      )}
    </Panel>
  );
}

function Honours({ table, separator }: { table: BulletinTable; separator: string }) {
  const { t } = useTranslation();
  const named = useNameThen();
  const language = useLanguage();
  return (
    <>
      <h3>{indicatorName(table, language)}</h3>
      {table.honours?.map((list) => (
        <p key={list.group}>
          <span className="hint">{t(`bulletins.group.${list.group}`)}</span> {t('bulletins.red')}
          {list.red.map(named).join(separator)}
          {list.black.length > 0 && (
            <>
              {' · '}
              {t('bulletins.black')}
              {list.black.map(named).join(separator)}
            </>
          )}
        </p>
      ))}
    </>
  );
}

function Projects({ caption, projects }: { caption: string; projects: BulletinProject[] }) {
  const { t } = useTranslation();
  const named = useNameThen();
  if (projects.length === 0) return null;
  return (
    <DataTable<BulletinProject>
      caption={caption}
      rows={projects}
      rowKey={(row) => row.id}
      columns={[
        {
          key: 'project',
          title: t('bulletins.project'),
          heading: true,
          render: (row) => (
            <>
              {row.name} <span className="hint num">{row.code}</span>
            </>
          ),
        },
        { key: 'unit', title: t('bulletins.unit'), render: (row) => named(row.unit) },
        {
          key: 'investors',
          title: t('bulletins.investors'),
          render: (row) => row.investors.join(t('common.listSeparator')),
        },
        {
          key: 'total',
          title: t('bulletins.total'),
          align: 'right',
          render: (row) => <Amount money={row.totalInvestment} />,
        },
        { key: 'signedOn', title: t('bulletins.signedOn'), render: (row) => <Day date={row.signedOn} /> },
      ]}
    />
  );
}
