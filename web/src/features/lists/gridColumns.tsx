import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PLAIN_FACTS } from '@/api/facts';
import type { Money, Project } from '@/api/types';
import { Amount, useMoneyText } from '@/shared/Amount';
import { Countdown } from '@/shared/Countdown';
import { formatInstant } from '@/shared/dates';
import { useCountryName } from '@/shared/countryName';
import type { PlainFact } from '@/shared/facts';
import { useCodeText } from '@/shared/i18n';
import { LightTag, StageTag } from '@/shared/tags';
import { useUnitName } from '@/shared/units';
import { When } from '@/shared/When';
import { useYuan } from '@/shared/rates';
import { Industry } from '@/shared/IndustrySelect';
import type { CellValue } from './arrange';
import type { ColumnKey, Layout } from './columns';
import type { SORTS } from './listState';

export interface GridColumn {
  key: ColumnKey;
  pinned: boolean;
  title: string;
  width: number;
  align?: 'right';
  sort?: (typeof SORTS)[number];
  /** What the column orders and filters by here: a figure (amounts in the unit filters are typed in), or the text shown. */
  value: (row: Project) => CellValue;
  /** Of an amount: what is summed. */
  money?: (row: Project) => Money | undefined | null;
  render: (row: Project) => ReactNode;
}

type Kind = Omit<GridColumn, 'key' | 'pinned' | 'title'>;

/** What a project is only now, and was not at a past month's end. */
const PRESENT: readonly ColumnKey[] = ['light', 'claim', 'flags'];

export function useColumnTitle(): (key: ColumnKey) => string {
  const { t } = useTranslation();
  const code = useCodeText();
  const titles: Partial<Record<ColumnKey, string>> = {
    ...Object.fromEntries(PLAIN_FACTS.map((fact) => [fact.column, code('project', fact.name)])),
    name: t('project.name'),
    code: t('project.code'),
    stage: t('project.stage'),
    owner: t('project.owner'),
    'first-talk': t('project.firstTalk'),
    investors: t('project.investors'),
    country: t('investor.country'),
    'total-investment': t('project.totalInvestment'),
    'industry-code': t('project.industryCode'),
    chain: t('project.chain'),
    'landing-place': t('project.landingPlace'),
    'in-talks-on': t('grid.on.in-talks'),
    'signed-on': t('grid.on.signed'),
    'registered-on': t('grid.on.registered'),
    'started-on': t('grid.on.started'),
    'in-production-on': t('grid.on.in-production'),
    light: t('project.light'),
    flags: t('project.flags'),
    claim: t('project.claim'),
    'created-at': t('project.createdAt'),
    'updated-at': t('project.updatedAt'),
  };
  return (key) => titles[key] ?? key;
}

/** The columns chosen, with what each shows of a project. */
export function useGridColumns(layout: Layout, past: boolean): GridColumn[] {
  const { t } = useTranslation();
  const unit = useUnitName();
  const title = useColumnTitle();
  const country = useCountryName();
  const code = useCodeText();
  const yuan = useYuan();
  const { powers } = useMoneyText();
  const unitSize = 10 ** (powers[0] ?? 0);
  const size = (money: Money | undefined | null): CellValue => {
    const cny = yuan(money);
    return cny === undefined ? undefined : cny / unitSize;
  };
  const none = <span className="muted">{t('common.none')}</span>;
  const text = (value: string | undefined | null) => (value ? <span title={value}>{value}</span> : none);
  const day = (value: string | undefined | null) =>
    value ? (
      <time dateTime={value} className="num">
        {value}
      </time>
    ) : (
      none
    );
  const primary = (row: Project) => row.investors.find((each) => each.primary) ?? row.investors[0];
  const plain = (fact: PlainFact): Kind => {
    switch (fact.shape) {
      case 'money':
        return {
          width: 152,
          align: 'right',
          value: (row) => size(row[fact.name]),
          money: (row) => row[fact.name],
          render: (row) => (row[fact.name] ? <Amount money={row[fact.name]} /> : none),
        };
      case 'day':
        return { width: 124, value: (row) => row[fact.name], render: (row) => day(row[fact.name]) };
      case 'choice':
        return {
          width: 120,
          value: (row) => code(fact.name, row[fact.name]),
          render: (row) => text(code(fact.name, row[fact.name])),
        };
      default:
        return {
          width: 104,
          align: 'right',
          value: (row) => row[fact.name],
          render: (row) => (row[fact.name] === undefined ? none : <span className="num">{row[fact.name]}</span>),
        };
    }
  };
  const kinds: Partial<Record<ColumnKey, Kind>> = {
    ...Object.fromEntries(PLAIN_FACTS.map((fact) => [fact.column, plain(fact)])),
    name: {
      width: 300,
      sort: 'name',
      value: (row) => row.name,
      render: (row) => (
        <Link to={`/projects/${row.id}`} title={row.name}>
          {row.name}
        </Link>
      ),
    },
    code: {
      width: 124,
      sort: 'code',
      value: (row) => row.code ?? undefined,
      render: (row) => <span className="num">{row.code}</span>,
    },
    stage: { width: 116, value: (row) => t(`stage.${row.stage}`), render: (row) => <StageTag stage={row.stage} /> },
    owner: { width: 176, value: (row) => unit(row.owner), render: (row) => text(unit(row.owner)) },
    'first-talk': {
      width: 176,
      value: (row) => (row.firstTalk ? unit(row.firstTalk) : undefined),
      render: (row) => text(row.firstTalk && unit(row.firstTalk)),
    },
    investors: {
      width: 240,
      value: (row) => row.investors.map((each) => each.name).join(t('common.listSeparator')),
      render: (row) => text(row.investors.map((each) => each.name).join(t('common.listSeparator'))),
    },
    country: {
      width: 108,
      value: (row) => primary(row)?.country && country(primary(row)?.country ?? ''),
      render: (row) => text(primary(row)?.country && country(primary(row)?.country ?? '')),
    },
    'total-investment': {
      width: 152,
      align: 'right',
      sort: 'totalInvestment',
      value: (row) => size(row.totalInvestment),
      money: (row) => row.totalInvestment,
      render: (row) => (row.totalInvestment ? <Amount money={row.totalInvestment} /> : none),
    },
    'industry-code': {
      width: 200,
      value: (row) => row.industryCode,
      render: (row) => (row.industryCode ? <Industry code={row.industryCode} /> : none),
    },
    chain: { width: 140, value: (row) => row.chain ?? undefined, render: (row) => text(row.chain) },
    'landing-place': {
      width: 160,
      value: (row) => row.landingPlace?.text ?? undefined,
      render: (row) => text(row.landingPlace?.text),
    },
    'in-talks-on': {
      width: 112,
      value: (row) => row.stageDates?.inTalks ?? undefined,
      render: (row) => day(row.stageDates?.inTalks),
    },
    'signed-on': {
      width: 112,
      value: (row) => row.stageDates?.signed ?? undefined,
      render: (row) => day(row.stageDates?.signed),
    },
    'registered-on': {
      width: 112,
      value: (row) => row.stageDates?.registered ?? undefined,
      render: (row) => day(row.stageDates?.registered),
    },
    'started-on': {
      width: 112,
      value: (row) => row.stageDates?.started ?? undefined,
      render: (row) => day(row.stageDates?.started),
    },
    'in-production-on': {
      width: 112,
      value: (row) => row.stageDates?.inProduction ?? undefined,
      render: (row) => day(row.stageDates?.inProduction),
    },
    light: {
      width: 84,
      value: (row) => row.light && t(`light.${row.light}`),
      render: (row) => (row.light ? <LightTag light={row.light} /> : none),
    },
    flags: {
      width: 180,
      value: (row) => row.flags?.map((flag) => code('flag', flag)).join(t('common.listSeparator')),
      render: (row) => text(row.flags?.map((flag) => code('flag', flag)).join(t('common.listSeparator'))),
    },
    claim: {
      width: 160,
      value: (row) =>
        row.claim
          ? row.claim.status === 'active' && row.claim.expiresAt
            ? formatInstant(row.claim.expiresAt, 'day')
            : t(`claimStatus.${row.claim.status}`)
          : undefined,
      render: (row) =>
        row.claim ? (
          row.claim.status === 'active' && row.claim.expiresAt ? (
            <Countdown until={row.claim.expiresAt} />
          ) : (
            t(`claimStatus.${row.claim.status}`)
          )
        ) : (
          none
        ),
    },
    'created-at': {
      width: 124,
      sort: 'createdAt',
      value: (row) => row.createdAt && formatInstant(row.createdAt),
      render: (row) => <When at={row.createdAt} precision="day" />,
    },
    'updated-at': {
      width: 124,
      sort: 'updatedAt',
      value: (row) => row.updatedAt && formatInstant(row.updatedAt),
      render: (row) => <When at={row.updatedAt} precision="day" />,
    },
  };
  return layout
    .filter(({ key }) => !past || !PRESENT.includes(key))
    .flatMap(({ key, pinned }) => {
      const kind = kinds[key];
      return kind ? [{ key, pinned, title: title(key), ...kind }] : [];
    });
}
