import { FilterOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMoneyText } from '@/shared/Amount';
import { IndustrySelect } from '@/shared/IndustrySelect';
import { useNarrow } from '@/shared/media';
import { CURRENCIES, fromCents, parseCents, toCents, typedCents } from '@/shared/money';
import { ALL_STAGES, LIGHTS, LIST_STAGES, filterCount, monthOf, viewOf, type ListKey, type ListValues } from './listState';

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
          <TextFilter key={values.q ?? ''} value={values.q} onChange={(q) => change({ q })} />
          {table && (
            <Labelled id="filter-stage" label={t('project.stage')}>
              <Select
                id="filter-stage" allowClear={!past} value={values.stage ?? (past ? 'in-talks' : undefined)} placeholder={t('lists.allStages')}
                options={(past ? LIST_STAGES : ALL_STAGES).map((stage) => ({ value: stage, label: t(`stage.${stage}`) }))}
                onChange={(stage: string | undefined) => change({ stage })}
              />
            </Labelled>
          )}
          <Labelled id="filter-industry" label={t('project.industryCode')}>
            <IndustrySelect id="filter-industry" value={values.industry} onChange={(industry) => change({ industry })} placeholder={t('lists.allIndustries')} />
          </Labelled>
          <Labelled id="filter-currency" label={t('lists.currency')}>
            <CurrencyFilter value={values.currency} onChange={(currency) => change({ currency })} />
          </Labelled>
          <AmountFilter key={`min${values.min ?? ''}`} id="filter-min" label={t('lists.minAmount')} value={values.min} onChange={(min) => change({ min })} />
          <AmountFilter key={`max${values.max ?? ''}`} id="filter-max" label={t('lists.maxAmount')} value={values.max} onChange={(max) => change({ max })} />
          {table && !past && (
            <Labelled id="filter-light" label={t('project.light')}>
              <Select
                id="filter-light" allowClear value={values.light} placeholder={t('lists.allLights')}
                options={LIGHTS.map((light) => ({ value: light, label: t(`light.${light}`) }))}
                onChange={(light: string | undefined) => change({ light })}
              />
            </Labelled>
          )}
          {count > 0 && <Button className="filters-clear" onClick={clear}>{t('lists.clear')}</Button>}
        </div>
      )}
    </div>
  );
}

function Labelled({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  return <div className="filter"><label htmlFor={id}>{label}</label>{children}</div>;
}

function CurrencyFilter({ value, onChange }: { value: string | undefined; onChange: (value: string | undefined) => void }) {
  const { t } = useTranslation();
  const money = useMoneyText();
  return (
    <Select
      id="filter-currency" allowClear value={value} placeholder={t('lists.allCurrencies')} onChange={onChange}
      options={CURRENCIES.map((currency) => ({ value: currency, label: `${currency} ${money.currencyName(currency)}` }))}
    />
  );
}

/** Typing does not ask the server at every key: it waits for a pause, Enter or leaving the field. */
function TextFilter({ value, onChange }: { value: string | undefined; onChange: (value: string | undefined) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(value ?? '');
  const commit = () => {
    if (text.trim() !== (value ?? '')) onChange(text.trim() || undefined);
  };
  return (
    <Labelled id="filter-q" label={t('lists.search')}>
      <Input id="filter-q" allowClear value={text} placeholder={t('lists.searchHint')} onChange={(event) => {
        setText(event.target.value);
        if (event.target.value === '' && value) onChange(undefined);
      }} onPressEnter={commit} onBlur={commit} />
    </Labelled>
  );
}

/** A bound of the total investment, typed in the largest unit of the language, kept in the address in units. */
function AmountFilter({ id, label, value, onChange }: { id: string; label: string; value: string | undefined; onChange: (value: string | undefined) => void }) {
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
    <Labelled id={id} label={`${label} (${t(`unit.${power}`, { currency: '' }).trim()})`}>
      <Input
        id={id} inputMode="decimal" className="num" value={text} status={wrong ? 'error' : undefined} aria-invalid={wrong}
        onChange={(event) => setText(event.target.value)} onBlur={commit} onPressEnter={commit}
      />
    </Labelled>
  );
}
