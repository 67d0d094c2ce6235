import { PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { formatInstant } from '@/shared/dates';
import { Empty, Loading, Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useUnitName } from '@/shared/units';
import { Day } from '@/shared/When';
import { projectQuery } from '@/shared/moves/queries';
import { toleranceQuery } from './regime/queries';

/** The fault-tolerance file of a terminated project, made to be printed on A4: what is there, what is missing, and no judgement. */
export function TolerancePage() {
  const { t } = useTranslation();
  const unit = useUnitName();
  const { id = '' } = useParams();
  const query = useQuery(toleranceQuery(id));
  const project = useQuery(projectQuery(id)).data?.value;
  const file = query.data;
  const [opened] = useState(() => formatInstant(Date.now()));
  return (
    <Page
      title={t('tolerance.title')}
      actions={
        <Button type="primary" icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
          {t('tolerance.print')}
        </Button>
      }
    >
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={8} />}
      {file && !file.applies && <Empty title={t('tolerance.notApplicable')}>{t('tolerance.notApplicableHint')}</Empty>}
      {file?.applies && project && (
        <article className="sheet">
          <header className="sheet-head">
            <p>{t('app.name')}</p>
            <h2>{t('tolerance.sheet')}</h2>
            <p className="num">{project.code}</p>
          </header>
          <dl className="facts">
            <div>
              <dt>{t('tolerance.project')}</dt>
              <dd>{project.name}</dd>
            </div>
            <div>
              <dt>{t('tolerance.unit')}</dt>
              <dd>{unit(project.owner)}</dd>
            </div>
            <div>
              <dt>{t('tolerance.termination')}</dt>
              <dd>
                <Day date={file.terminatedOn} />
              </dd>
            </div>
            <div>
              <dt>{t('tolerance.because')}</dt>
              <dd>{file.reasonCode && t(`reasonCode.${file.reasonCode}`)}</dd>
            </div>
          </dl>
          <h3>{t('tolerance.papers')}</h3>
          {file.papers.length === 0 ? (
            <p>{t('tolerance.noPapers')}</p>
          ) : (
            <table className="sheet-table">
              <thead>
                <tr>
                  <th scope="col">{t('tolerance.kind')}</th>
                  <th scope="col">{t('tolerance.datedOn')}</th>
                  <th scope="col">{t('tolerance.step')}</th>
                  <th scope="col">{t('tolerance.stepDay')}</th>
                  <th scope="col">{t('tolerance.files')}</th>
                  <th scope="col">{t('tolerance.attachedBy')}</th>
                </tr>
              </thead>
              <tbody>
                {file.papers.map((paper) => (
                  <tr key={paper.id}>
                    <td>{t(`tolerance.paper.${paper.kind}`)}</td>
                    <td className="num">
                      <Day date={paper.datedOn} />
                    </td>
                    <td>{t(`stage.${paper.supports}`)}</td>
                    <td className="num">
                      <Day date={paper.stepOn} />
                    </td>
                    <td>
                      {paper.files.map((each) => (
                        <p key={each.id}>{each.name}</p>
                      ))}
                      {paper.note && <p>{paper.note}</p>}
                    </td>
                    <td>
                      {paper.attachedBy.name}
                      <br />
                      <span className="num">{formatInstant(paper.attachedAt, 'day')}</span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          <h3>{t('tolerance.missingTitle')}</h3>
          <p>
            {file.missing.length === 0
              ? t('tolerance.nothingMissing')
              : file.missing.map((kind) => t(`tolerance.paper.${kind}`)).join(t('common.listSeparator'))}
          </p>
          <p className="hint">{t('tolerance.hint')}</p>
          <footer className="sheet-foot">
            <span>{t('tolerance.printedAt', { time: opened })}</span>
          </footer>
        </article>
      )}
      <p className="no-print">
        <Link to={`/projects/${id}`}>{t('tolerance.back')}</Link>
      </p>
    </Page>
  );
}
