import { FilterOutlined } from '@ant-design/icons';
import { useQueries } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMoneyText } from '@/shared/Amount';
import { Filter, TextFilter } from '@/shared/Filter';
import { IndustrySelect } from '@/shared/IndustrySelect';
import { useNarrow } from '@/shared/media';
import { CURRENCIES, fromCents, parseCents, toCents, typedCents } from '@/shared/money';
import {
  countQuery,
  LIGHTS,
  LIST_STAGES,
  filterCount,
  listStageOf,
  monthOf,
  viewOf,
  type ListKey,
  type ListValues,
} from './listState';
import { countOfQuery } from './queries';

export interface ListProps {
  values: ListValues;
  change: (next: Partial<Record<ListKey, string | undefined>>) => void;
  clear: () => void;
}

export function Filters({ values, change, clear }: ListProps) {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const [open, setOpen] = useState(false);
  const past = monthOf(values) !== undefined;
  const table = viewOf(values) === 'table';
  const count = filterCount(values);

  return (
    <div className="filters-box">
      {narrow && (
        <Button icon={<FilterOutlined aria-hidden />} aria-expanded={open} onClick={() => setOpen(!open)}>
          {count > 0 ? t('lists.filtersN', { n: count }) : t('lists.filters')}
        </Button>
      )}
      {(!narrow || open) && (
        <div className="filters" role="search" aria-label={t('lists.filters')}>
          <TextFilter
            id="filter-q"
            label={t('lists.search')}
            placeholder={t('lists.searchPlaceholder')}
            hint={t('lists.searchHint')}
            least={2}
            value={values.q}
            onChange={(q) => change({ q })}
          />
          {table && past && (
            <Filter id="filter-stage" label={t('project.stage')}>
              <Select
                id="filter-stage"
                value={listStageOf(values)}
                options={LIST_STAGES.map((stage) => ({ value: stage, label: t(`stage.${stage}`) }))}
                onChange={(stage: string) => change({ stage })}
              />
            </Filter>
          )}
          <Filter id="filter-industry" label={t('project.industryCode')}>
            <IndustrySelect
              id="filter-industry"
              value={values.industry}
              onChange={(industry) => change({ industry })}
              placeholder={t('lists.allIndustries')}
            />
          </Filter>
          <Filter id="filter-currency" label={t('lists.currency')}>
            <CurrencyFilter value={values.currency} onChange={(currency) => change({ currency })} />
          </Filter>
          <AmountFilter
            key={`min${values.min ?? ''}`}
            id="filter-min"
            label={t('lists.minAmount')}
            value={values.min}
            onChange={(min) => change({ min })}
          />
          <AmountFilter
            key={`max${values.max ?? ''}`}
            id="filter-max"
            label={t('lists.maxAmount')}
            value={values.max}
            onChange={(max) => change({ max })}
          />
          {table && !past && (
            <Filter id="filter-light" label={t('project.light')}>
              <LightFilter values={values} onChange={(light) => change({ light })} />
            </Filter>
          )}
          {count > 0 && (
            <Button className="filters-clear" onClick={clear}>
              {t('lists.clear')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

/** The lights, each with how many projects show it; counted when one looks. */
function LightFilter({ values, onChange }: { values: ListValues; onChange: (light: string | undefined) => void }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const counts = useQueries({
    queries: LIGHTS.map((light) => ({ ...countOfQuery(countQuery(values, { idle: light })), enabled: open })),
  });
  return (
    <Select
      id="filter-light"
      allowClear
      value={values.light}
      placeholder={t('lists.allLights')}
      onOpenChange={setOpen}
      onChange={onChange}
      options={LIGHTS.map((light, i) => ({
        value: light,
        label: counts[i]?.data === undefined ? t(`light.${light}`) : `${t(`light.${light}`)} · ${counts[i].data}`,
      }))}
    />
  );
}

function CurrencyFilter({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  const { t } = useTranslation();
  const money = useMoneyText();
  return (
    <Select
      id="filter-currency"
      allowClear
      value={value}
      placeholder={t('lists.allCurrencies')}
      onChange={onChange}
      options={CURRENCIES.map((currency) => ({
        value: currency,
        label: `${currency} ${money.currencyName(currency)}`,
      }))}
    />
  );
}

/** A bound of the total investment, typed in the largest unit of the language, kept in the address in units. */
function AmountFilter({
  id,
  label,
  value,
  onChange,
}: {
  id: string;
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  const { t } = useTranslation();
  const { powers } = useMoneyText();
  const power = powers[0] ?? 0;
  const shown = value && Number.isFinite(Number(value)) ? typedCents(toCents(Number(value)), power) : '';
  const [text, setText] = useState(shown);
  const cents = parseCents(text, power);
  const wrong = text.trim() !== '' && cents === null;
  const commit = () => {
    if (wrong) return;
    const next = cents === null ? undefined : String(fromCents(cents));
    if (next !== value) onChange(next);
  };
  return (
    <Filter id={id} label={t('lists.inUnit', { label, unit: t(`unit.${power}`, { currency: '' }).trim() })}>
      <Input
        id={id}
        inputMode="decimal"
        className="num"
        value={text}
        status={wrong ? 'error' : undefined}
        aria-invalid={wrong}
        onChange={(event) => setText(event.target.value)}
        onBlur={commit}
        onPressEnter={commit}
      />
    </Filter>
  );
}
