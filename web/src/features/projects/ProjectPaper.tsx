import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { PLAIN_FACTS } from '@/api/facts';
import { useFactText } from '@/shared/factText';
import { Industry } from '@/shared/IndustrySelect';
import { projectQuery } from '@/shared/moves/queries';
import { Loading } from '@/shared/Page';
import { Paper } from '@/shared/Paper';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useUnitName } from '@/shared/units';

/** The project's sheet in two columns of label and value, as the form it replaces; what is not known is left to be written in. */
export function ProjectPaper() {
  const { t } = useTranslation();
  const unit = useUnitName();
  const fact = useFactText();
  const { id = '' } = useParams();
  const query = useQuery(projectQuery(id));
  const project = query.data?.value;
  const given = (field: string, value: unknown) =>
    value === undefined || value === null || value === '' ? '' : fact.value(field, value);
  const pairs: [string, React.ReactNode][] = project
    ? [
        [t('project.code'), project.code],
        [t('project.nationalCode'), given('nationalCode', project.nationalCode)],
        [t('project.stage'), t(`stage.${project.stage}`)],
        [t('project.owner'), unit(project.owner)],
        [t('project.firstTalk'), project.firstTalk ? unit(project.firstTalk) : ''],
        [t('project.landingPlace'), project.landingPlace?.text ?? ''],
        [t('project.totalInvestment'), given('totalInvestment', project.totalInvestment)],
        [t('project.industryCode'), project.industryCode ? <Industry key="i" code={project.industryCode} /> : ''],
        [t('project.chain'), project.chain ?? ''],
        [t('project.provincialZone'), given('provincialZone', project.provincialZone)],
        ...PLAIN_FACTS.map((each): [string, React.ReactNode] => [
          fact.label(each.name),
          given(each.name, project[each.name]),
        ]),
        [t('grid.on.in-talks'), project.stageDates?.inTalks ?? ''],
        [t('grid.on.signed'), project.stageDates?.signed ?? ''],
        [t('grid.on.registered'), project.stageDates?.registered ?? ''],
        [t('grid.on.started'), project.stageDates?.started ?? ''],
        [t('grid.on.in-production'), project.stageDates?.inProduction ?? ''],
      ]
    : [];
  const rows = pairs.flatMap((pair, i) => (i % 2 === 0 ? [[pair, pairs[i + 1]] as const] : []));
  return (
    <Paper title={t('paper.project')} ready={project !== undefined}>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={8} />}
      {project && (
        <>
          <table className="paper-form">
            <tbody>
              <tr>
                <th scope="row">{t('project.name')}</th>
                <td colSpan={3}>{project.name}</td>
              </tr>
              {project.investors.map((investor, i) => (
                <tr key={i}>
                  <th scope="row">{t('investor.nth', { n: i + 1 })}</th>
                  <td colSpan={3}>{fact.value('investors', [investor])}</td>
                </tr>
              ))}
              {rows.map(([left, right], i) => (
                <tr key={i}>
                  <th scope="row">{left[0]}</th>
                  <td>{left[1]}</td>
                  <th scope="row">{right?.[0]}</th>
                  <td>{right?.[1]}</td>
                </tr>
              ))}
              {(project.contacts ?? []).map((person, i) => (
                <tr key={`p${i}`}>
                  <th scope="row">{t('person.nth', { n: i + 1 })}</th>
                  <td colSpan={3}>
                    {[person.name, person.title, person.phone, person.email].filter(Boolean).join('  ')}
                  </td>
                </tr>
              ))}
              <tr>
                <th scope="row">{t('project.note')}</th>
                <td colSpan={3} style={{ height: '24mm' }} />
              </tr>
            </tbody>
          </table>
          <div className="paper-signatures">
            <span>{t('paper.filledBy')}</span>
            <span>{t('paper.checkedBy')}</span>
            <span>{t('paper.seal')}</span>
          </div>
        </>
      )}
    </Paper>
  );
}
