import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Jurisdiction, SummaryRow } from '@/api/types';
import { TotalsText, useMoneyText } from './Amount';
import { DataTable } from './DataTable';
import { useCodeText, useLanguage } from './i18n';
import { PLACES, VIEW_BOX, WATER } from './jiaxing';
import { jurisdictionsQuery } from './queries';
import { unitName } from './units';

interface Area {
  code: string;
  id: string;
  name: string;
  short: string;
  count: number;
  cny: number;
  row?: SummaryRow;
}

/** A name as it fits on a tile: without what stands in brackets. */
export function shortName(name: string): string {
  return name.replace(/\s*[(（].*[)）]/u, '').trim();
}

/** How many shades there are, and which one a value gets: the greatest the darkest, nothing none. */
export function shade(value: number, greatest: number): number {
  return value <= 0 || greatest <= 0 ? 0 : Math.max(1, Math.ceil((value / greatest) * 5));
}

/** The city's jurisdictions as they lie, shaded by how many projects they have or how much these come to; each leads to its list. The same as a table is one click away. */
export function JurisdictionMap({ rows, withoutTalks }: { rows: SummaryRow[]; withoutTalks?: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const code = useCodeText();
  const money = useMoneyText();
  const [by, setBy] = useState<'count' | 'cny' | 'table'>('count');
  const { data: units } = useQuery(jurisdictionsQuery);

  const nameOf = (unit: Jurisdiction) => unitName(unit, language);
  const areas: Area[] = (units ?? [])
    .filter((unit) => (unit.reports && unit.active) || rows.some((row) => row.key === unit.code))
    .map((unit) => {
      const row = rows.find((each) => each.key === unit.code);
      return {
        code: unit.code,
        id: unit.id,
        name: nameOf(unit),
        short: PLACES[unit.code]?.short[language] ?? shortName(nameOf(unit)),
        count: row?.count ?? 0,
        cny: row?.totals.cny ?? 0,
        row,
      };
    });
  const placed = areas.filter((area) => PLACES[area.code]);
  const lying = new Set(
    (units ?? []).filter((unit) => unit.active && unit.reports && unit.kind !== 'office').map((unit) => unit.code),
  );
  const drawn = placed.length > 0 && [...lying].every((each) => PLACES[each]);
  const apart = areas.filter((area) => !drawn || !PLACES[area.code]).filter((area) => !drawn || area.count > 0);
  const measure = by === 'cny' ? 'cny' : 'count';
  const greatest = Math.max(0, ...areas.filter((area) => lying.has(area.code)).map((area) => area[measure]));
  const amount = (area: Area) => money.format({ amount: area.cny, currency: 'CNY' }, area.cny >= 1e9 ? 0 : 1);
  const figure = (area: Area) => (by === 'cny' ? amount(area) : String(area.count));
  const label = (area: Area) =>
    t('map.area', { name: area.name, n: area.count, amount: money.format({ amount: area.cny, currency: 'CNY' }, 2) });
  const to = (area: Area) => `/lists?view=table&jurisdiction=${area.id}`;

  return (
    <div className="map-box">
      {withoutTalks && <p className="hint">{t('map.withoutTalks')}</p>}
      <div className="switch" role="group" aria-label={t('map.by')}>
        {(['count', 'cny', 'table'] as const).map((each) => (
          <button
            key={each}
            type="button"
            className="switch-item"
            aria-pressed={by === each}
            onClick={() => setBy(each)}
          >
            {t(`map.${each}`)}
          </button>
        ))}
      </div>
      {by === 'table' ? (
        <DataTable
          caption={t('map.title')}
          rows={rows}
          rowKey={(row) => row.key}
          columns={[
            {
              key: 'label',
              title: t('project.jurisdiction'),
              heading: true,
              render: (row) => {
                const area = areas.find((each) => each.code === row.key);
                return area ? <Link to={to(area)}>{area.name}</Link> : row.label || code('jurisdictionKind', row.key);
              },
            },
            {
              key: 'count',
              title: t('home.count'),
              align: 'right',
              render: (row) => <span className="num">{row.count}</span>,
            },
            {
              key: 'totals',
              title: t('project.totalInvestment'),
              align: 'right',
              render: (row) => <TotalsText totals={row.totals} inline />,
            },
          ]}
        />
      ) : (
        <>
          {drawn && (
            <svg className="map" viewBox={VIEW_BOX} role="group" aria-label={t('map.title')}>
              <polygon className="map-water" points={WATER.points} />
              <text className="map-water-name" x={WATER.at[0]} y={WATER.at[1]} aria-hidden>
                {t('map.water')}
              </text>
              {placed.map((area) => {
                const place = PLACES[area.code];
                if (!place) return null;
                const [x, y] = place.at;
                return (
                  <Link
                    key={area.code}
                    to={to(area)}
                    className={`map-area shade-${shade(area[measure], greatest)}`}
                    aria-label={`${area.short} ${figure(area)} · ${label(area)}`}
                  >
                    <title>{label(area)}</title>
                    <polygon points={place.points} />
                    <text x={x} y={y - 4} className="map-name">
                      {area.short}
                    </text>
                    <text x={x} y={y + 18} className={by === 'cny' ? 'map-figure map-amount' : 'map-figure'}>
                      {figure(area)}
                    </text>
                  </Link>
                );
              })}
            </svg>
          )}
          {apart.length > 0 && (
            <ul className="map-tiles" aria-label={drawn ? t('map.apart') : t('map.title')}>
              {apart.map((area) => (
                <li key={area.code}>
                  <Link
                    to={to(area)}
                    className={`map-tile shade-${drawn ? 0 : shade(area[measure], greatest)}`}
                    aria-label={`${area.short} ${figure(area)} · ${label(area)}`}
                  >
                    <span>{area.short}</span>
                    <strong className="num">{figure(area)}</strong>
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </div>
  );
}
