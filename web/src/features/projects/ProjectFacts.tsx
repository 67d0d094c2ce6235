import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Tagged } from '@/api/client';
import { PLAIN_FACTS } from '@/api/facts';
import type { Project } from '@/api/types';
import { Amount } from '@/shared/Amount';
import type { PlainFact, PlainName } from '@/shared/facts';
import { useCodeText } from '@/shared/i18n';
import { Industry } from '@/shared/IndustrySelect';
import { Facts, Panel, type Fact } from '@/shared/Page';
import { useUnitName } from '@/shared/units';
import { Day, When } from '@/shared/When';
import { EDITORS, type InlineField } from './inline';
import { InlineFact } from './InlineFact';
import { isReferred } from './regime/queries';

/** The facts of a project; who may edit them does so where they stand. */
export function ProjectFacts({ read }: { read: Tagged<Project> }) {
  const { t } = useTranslation();
  const unit = useUnitName();
  const code = useCodeText();
  const project = read.value;
  const editable = project.allowedActions?.includes('edit') ?? false;
  // Once somebody was named with a declaration, no edit exchanges him (R136).
  const isFixed = (field: InlineField) => field === 'referrer' && isReferred(project);
  const yesNo = (value: boolean | undefined) => (value ? t('common.yes') : t('common.no'));
  const given = (value: unknown) => value !== undefined && value !== null && value !== '';
  const figure = (value: unknown) => <span className="num">{String(value)}</span>;

  const plain = (fact: PlainFact): ReactNode => {
    switch (fact.shape) {
      case 'money':
        return <Amount money={project[fact.name]} />;
      case 'day':
        return <Day date={project[fact.name]} />;
      case 'choice':
        return code(fact.name, project[fact.name]);
      default:
        return figure(project[fact.name]);
    }
  };
  const values: Record<Exclude<InlineField, 'name'>, ReactNode> = {
    totalInvestment: (
      <strong>
        <Amount money={project.totalInvestment} />
      </strong>
    ),
    industryCode: <Industry code={project.industryCode} />,
    landingPlace: project.landingPlace?.text,
    chain: project.chain,
    ...(Object.fromEntries(PLAIN_FACTS.map((fact) => [fact.name, plain(fact)])) as Record<PlainName, ReactNode>),
    nationalCode: figure(project.nationalCode),
    referrer: project.referrer,
  };
  const fields = Object.keys(values) as Exclude<InlineField, 'name'>[];
  const has = (field: InlineField) =>
    field === 'landingPlace' ? given(project.landingPlace?.text) : given(project[field]);
  const shown = (field: Exclude<InlineField, 'name'>): Fact => {
    const value = has(field) ? values[field] : <span className="muted">{t('common.notGiven')}</span>;
    return {
      label: code('project', field),
      value:
        editable && field in EDITORS && !isFixed(field) ? (
          <InlineFact read={read} field={field}>
            {value}
          </InlineFact>
        ) : (
          value
        ),
    };
  };
  const always: InlineField[] = ['totalInvestment', 'industryCode'];
  const open = editable ? fields.filter((field) => !has(field) && !always.includes(field) && !isFixed(field)) : [];

  return (
    <Panel title={t('project.factsTitle')}>
      <Facts
        items={[
          editable && {
            label: t('project.name'),
            value: (
              <InlineFact read={read} field="name">
                {project.name}
              </InlineFact>
            ),
            wide: true,
          },
          ...fields.filter((field) => has(field) || always.includes(field)).map(shown),
          { label: t('project.owner'), value: unit(project.owner) },
          given(project.firstTalk) && {
            label: t('project.firstTalk'),
            value: project.firstTalk && unit(project.firstTalk),
          },
          given(project.manufacturing) && { label: t('project.manufacturing'), value: yesNo(project.manufacturing) },
          given(project.foreign) && {
            label: t('project.foreign'),
            value: project.foreign ? t('project.foreignYes') : t('project.foreignNo'),
          },
          given(project.provincialZone) && { label: t('project.provincialZone'), value: yesNo(project.provincialZone) },
          given(project.secret) && { label: t('project.secret'), value: yesNo(project.secret) },
          project.createdAt !== undefined && { label: t('project.createdAt'), value: <When at={project.createdAt} /> },
          { label: t('project.updatedAt'), value: <When at={project.updatedAt} /> },
        ]}
      />
      {open.length > 0 && (
        <details className="facts-open">
          <summary>{t('inline.more', { n: open.length })}</summary>
          <Facts items={open.map(shown)} />
        </details>
      )}
    </Panel>
  );
}
